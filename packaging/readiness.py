"""What only the maintainer can give a release: the publisher's key, a name to write to, a commit.

Without them everything is built all the same, for trying out, and says so: the Debian package in the name of
its maintainer, the release notes in their first line, `run.py build` at its end. `build release` stops.
"""

from __future__ import annotations

import subprocess
import tomllib
from typing import Final

from environment import ROOT

PUBLIC: Final = ROOT / "resources" / "publisher.pem"
TRIAL: Final = "Trial build not for handing out <nobody@localhost>"
"""Stands in the place of a package's maintainer where there is none; a comma would part two names."""
TRIAL_NOTES: Final = {
    "vi": "> **Bản chạy thử, không dùng để phát hành.**\n\n",
    "en": "> **A trial build, not for handing out.**\n\n",
}


def maintainer() -> str:
    """Return whom people can write to, as pyproject.toml names them; empty where it names nobody."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for each in project.get("maintainers", ()):
        if each.get("name") and "@" in each.get("email", ""):
            return f"{each['name']} <{each['email']}>"
    return ""


def missing() -> list[str]:
    """Return what a release still needs, each a sentence with what to do."""
    found: list[str] = []
    if not PUBLIC.is_file():
        found.append(
            "resources/publisher.pem is not there, so programs could take no update file. Make it once:\n"
            '  python3 packaging/run.py build update key FOLDER "NAME"'
        )
    if not maintainer():
        found.append(
            "pyproject.toml names nobody whom people can write to. Put below [project]:\n"
            '  maintainers = [{ name = "NAME", email = "ADDRESS" }]'
        )
    if changed := uncommitted():
        found.append(f"What is not committed, nobody could build again:\n{changed}")
    return found


def uncommitted() -> str:
    """Return the files that differ from the commit, as git lists them."""
    command = ("git", "status", "--short")
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.rstrip()
