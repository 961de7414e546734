"""Prove that the program needs no network and opens no connection.

Run by `packaging/run.py check offline`. First the main paths run where there is no network at all: a
namespace of the kernel without a single interface. Then strace listens to the demo and to the self-test, its
window included, and every socket they ask the kernel for is counted.
"""

from __future__ import annotations

import collections
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import build_sources
from environment import ROOT
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN_PATHS: Final = (
    "tests/commands/test_path.py",
    "tests/commands/test_self_test.py",
    "tests/book/test_jury.py",
)
INET: Final = frozenset({"AF_INET", "AF_INET6", "AF_PACKET", "AF_NETLINK"})
TOOLS: Final = {"unshare": "util-linux", "strace": "strace"}


def without_interfaces(*command: str) -> bool:
    """Run Python where there is no interface, not even the PC's own; tell whether it ended well."""
    isolated = ("unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",)))
    probe = ("-c", "import socket; socket.create_connection(('127.0.0.1', 9), 1)")
    told = subprocess.run((*isolated, sys.executable, *probe), capture_output=True, text=True, check=False)
    if "Network is unreachable" not in told.stderr:
        raise SetupFailed(f"This machine makes no namespace without a network:\n{told.stderr}")
    done = subprocess.run((*isolated, sys.executable, *command), cwd=ROOT, env=_environment(), check=False)
    return done.returncode == 0


def sockets(*command: str) -> Mapping[str, int]:
    """Run Python under strace and count the sockets that it and its children ask for, by family."""
    with tempfile.TemporaryDirectory() as folder:
        heard = Path(folder) / "heard"
        listening = ("strace", "-f", "-qq", "-e", "trace=network", "-o", str(heard))
        done = subprocess.run(
            (*listening, sys.executable, *command), cwd=ROOT, env=_environment(), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise SetupFailed(
                f"✗ {' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        calls = heard.read_text("utf-8", "replace")
    return collections.Counter(re.findall(r"socket(?:pair)?\((AF_\w+)", calls))


def main() -> int:
    """Print the result; 0 where nothing asked for a network."""
    build_sources.require(TOOLS)
    whole = without_interfaces("-m", "pytest", "-q", "-p", "no:cacheprovider", *MAIN_PATHS)
    print(f"{'✓' if whole else '✗'} the main paths without any network interface", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        programs = {
            "the demo": ("-m", "sochibo", "demo", "--out", folder + "/demo"),
            "the self-test with its window": ("-m", "sochibo", "--self-test", "--language", "en"),
        }
        for name, command in programs.items():
            found = sockets(*command)
            asked = {family: count for family, count in found.items() if family in INET}
            whole &= not asked
            told = ", ".join(f"{family} {count}" for family, count in sorted(found.items())) or "none at all"
            print(f"{'✗' if asked else '✓'} sockets of {name}: {told}", flush=True)
    return 0 if whole else 1


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupFailed as failure:
        sys.exit(str(failure))
