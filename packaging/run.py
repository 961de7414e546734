"""The one entry for whoever builds Sổ Chi bộ: set up, then run the demo, the tests, the window.

Standard library only; needs Python 3.11 or newer, nothing else. `python3 packaging/run.py --help`.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - run.py is what tells a person with an older Python so
    sys.exit("Sổ Chi bộ needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import system
from environment import ROOT, Environment
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PACKAGING = ROOT / "packaging"
SPOILT = "(đã bị sửa)"
"""The name of the copy that the demo damages on purpose."""
QT_PROVEN = "6.8.3"
"""The newest Qt that also ran in the Windows build; 6.12 fails there, 6.9 to 6.11 are untried."""


def demo(extra: Sequence[str]) -> int:
    """Run the main job without a screen; what it made lies in build/demo/."""
    return ready().run("-m", "sochibo", "demo", "--out", ROOT / "build" / "demo", *extra)


def app(extra: Sequence[str]) -> int:
    """Open the window, on a book if one is named."""
    environment = ready(qt=True)
    if not has_screen():
        raise SetupFailed(
            "There is no screen here to open a window on. Try: python3 packaging/run.py screens"
        )
    return environment.run("-m", "sochibo", *extra)


def screens(extra: Sequence[str]) -> int:
    """Draw every window and dialog to build/screens/, in both languages, at 100 % and 200 %."""
    return ready(qt=True).run(PACKAGING / "screens.py", *extra, QT_QPA_PLATFORM="offscreen")


def test(extra: Sequence[str]) -> int:
    """Check everything that CI checks; more words are passed on to pytest."""
    environment = ready(qt=True, tools=True)
    failed = [name for name, command in checks(environment).items() if not passes(name, command)]
    if failed:
        print(f"\nNot in order: {', '.join(failed)}. The tests follow.\n", flush=True)
    tests = pytest(environment, extra)
    return 1 if failed else tests


def checks(environment: Environment) -> dict[str, tuple[str | Path, ...]]:
    """Return the checks before the tests, by name."""
    return {
        "style": (environment.program("ruff"), "check", "--quiet"),
        "format": (environment.program("ruff"), "format", "--check", "--quiet"),
        "types": (environment.program("mypy"), "--no-error-summary"),
        "layers": (environment.program("lint-imports"), "--no-logo"),
        "words": (environment.python, PACKAGING / "catalogue.py", "check"),
        "wheel": (environment.python, PACKAGING / "check_wheel.py"),
    }


def passes(name: str, command: tuple[str | Path, ...]) -> bool:
    """Run one check; what it says is shown only where it says no."""
    start = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    print(
        f"{name:8}{'ok' if done.returncode == 0 else 'FAILED'}  {time.monotonic() - start:.1f} s", flush=True
    )
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def pytest(environment: Environment, extra: Sequence[str]) -> int:
    """Run the tests on two processes, more where the machine has them, without a screen."""
    workers = min(4, os.cpu_count() or 1)
    return environment.run(
        "-m", "pytest", "-q", "-n", str(workers), "--dist", "worksteal", *extra, QT_QPA_PLATFORM="offscreen"
    )


def bench(extra: Sequence[str]) -> int:
    """Run benchmarks of packaging/bench/ by name, or all; `kill --rounds 1000`: options are passed on."""
    found = {path.stem: path for path in sorted((PACKAGING / "bench").glob("*.py"))}
    split = next((place for place, word in enumerate(extra) if word.startswith("-")), len(extra))
    names, options = extra[:split] or tuple(found), extra[split:]
    if unknown := [name for name in names if name not in found]:
        raise SetupFailed(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(found)}.")
    environment = ready(qt=True)
    return max(environment.run(found[name], *options, QT_QPA_PLATFORM="offscreen") for name in names)


def check(extra: Sequence[str]) -> int:
    """Ask others: `check pdf|qt` (veraPDF, the newest Qt), `check wheel|deb|windows|offline`."""
    match list(extra):
        case ["pdf", *more]:
            environment = ready(tools=True)
            demo_folder = ROOT / "build" / "demo"
            # What lies deeper is what a committee's book keeps of received files.
            found = [*demo_folder.glob("*.pdf"), *demo_folder.glob("[a-z]*/*.pdf")]
            files = more or sorted(str(path) for path in found if SPOILT not in path.name)
            if not files:
                raise SetupFailed("There is no PDF in build/demo yet. First: python3 packaging/run.py demo")
            return environment.run(PACKAGING / "check_pdf.py", *files)
        case ["qt", *more]:
            system.provide(tools=True)
            newest = Environment(".venv-qt", newest_qt=True)
            newest.provide()
            return pytest(newest, more)
        case ["wheel" | "deb" | "windows" | "offline" | "same" as what, *more]:
            import builds

            return builds.check(ready(qt=True), what, more)
        case _:
            raise SetupFailed("Say what to check: pdf, qt, wheel, deb, windows, offline or same.")


def words(extra: Sequence[str]) -> int:
    """Collect the messages of the code into i18n/, where translations are then written."""
    return ready().run(PACKAGING / "catalogue.py", "update", *extra)


def lock(extra: Sequence[str]) -> int:
    """Write packaging/requirements.lock anew with uv, for every system at once; Qt stays as proven."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        system.provide_venv()
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        options = (
            "--quiet --extra dev --universal --generate-hashes --python-version 3.11 --no-emit-index-url "
            f"--no-emit-find-links -o packaging/requirements.lock -P pyside6-essentials=={QT_PROVEN}"
        )
        command = (str(python), "-m", "uv", "pip", "compile", "pyproject.toml", *options.split(), *extra)
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def wheel(extra: Sequence[str]) -> int:
    """Build the wheel; the same as `build wheel`."""
    return build(["wheel", *extra])


def build(extra: Sequence[str]) -> int:
    """Make what is handed out: `build wheel|wheelhouse|sbom|deb|windows|update|release`."""
    import builds

    # Before the environment is made, which takes minutes.
    if not extra or extra[0] not in builds.WHAT:
        raise SetupFailed(f"Say what to build: {', '.join(builds.WHAT)}.")
    return builds.build(ready(qt=True), extra)


def ready(*, qt: bool = False, tools: bool = False) -> Environment:
    """Return the environment, made or mended where it must be."""
    if qt or tools:
        system.provide(tools=tools)
    environment = Environment()
    environment.provide()
    return environment


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


JOBS: dict[str, Callable[[Sequence[str]], int]] = {
    job.__name__: job for job in (demo, app, test, screens, bench, build, check, words, wheel, lock)
}


def main() -> int:
    """Do one job."""
    lines = "\n".join(f"  {name:9}{(job.__doc__ or '').splitlines()[0]}" for name, job in JOBS.items())
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Sets up .venv once, then does one job.",
        epilog=f"jobs:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("job", choices=JOBS, metavar="job")
    parser.add_argument("more", nargs=argparse.REMAINDER, help="passed on to the job")
    chosen = parser.parse_args()
    try:
        return JOBS[chosen.job](chosen.more)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from here.", file=sys.stderr)
    except OSError as failure:
        # A full disk, a folder of somebody else's: no fault of this program's, so no traceback.
        print(f"{failure.strerror}: {failure.filename}", file=sys.stderr)
    except subprocess.CalledProcessError as failure:
        print(f"This step did not work: {failure.cmd}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
