"""The Windows program, made on Linux: a folder, an installer, a package for administrators, a zip.

Python's runtime is the one that the Python Software Foundation signed (see sources.toml). What it lacks, a
`python3.dll` that hands every call on to `python311.dll`, and our launcher are made by MinGW.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import build_bill
import build_folder
import build_msi
import build_sources
import notices
from environment import ROOT
from system import SetupFailed

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment

SOURCES: Final = ROOT / "packaging" / "windows"
OUT: Final = ROOT / "build" / "windows"
TOOLS: Final = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
    "x86_64-w64-mingw32-objdump": "binutils-mingw-w64-x86-64",
    "wixl": "wixl",
}
GCC: Final = "x86_64-w64-mingw32-gcc"
STRIPPED: Final = ("-Os", "-s", "-Wl,--no-insert-timestamp")
RUNTIME: Final = ("python311.dll", "VCRUNTIME140.dll")
RUNTIME_LEFT_OUT: Final = ("api-ms-win", "tcl", "tk", "_tkinter", "_msi", "python", "VCRUNTIME", "winsound")


def build(environment: Environment, *, quick: bool = False) -> list[Path]:
    """Make everything for Windows; returns what goes to people. `quick` packs nothing, for checks."""
    build_sources.require(TOOLS)
    version = build_sources.version()
    program = OUT / "SoChiBo"
    make_folder(environment, program, version)
    made = [make_setup(program, version, OUT, quick=quick)]
    if not quick:
        made += [make_zip(program, version), build_msi.build(program, version, OUT)]
    for file in made:
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB", flush=True)
    print(f"the folder: {build_folder.size_of(program) / 1e6:.1f} MB, "
          f"{len(build_folder.files_of(program))} files", flush=True)  # fmt: skip
    return made


def make_folder(environment: Environment, program: Path, version: str) -> None:
    """Make the folder program: two launchers, and one folder that holds this version."""
    shutil.rmtree(OUT, ignore_errors=True)
    inside = program / version
    (inside / "DLLs").mkdir(parents=True)
    work = OUT / "work"
    work.mkdir()
    debian = build_sources.debian_python()
    python = debian / "usr" / "bin" / "python3.11"
    put_runtime(build_sources.windows_python(environment), inside)
    library = debian / "usr" / "lib" / "python3.11"
    build_folder.standard_library(library, work / "Lib", inside / "python311.zip", python)
    put_libraries(environment, inside / "site-packages", python, "windows")
    for name in ("VCRUNTIME140_1.dll", "msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll"):
        found = next(
            (inside / "site-packages" / "PySide6").glob(f"[{name[0].lower()}{name[0].upper()}]{name[1:]}"),
            None,
        )
        if found is not None:
            shutil.copyfile(found, inside / name)
    # Isolated: no variable, registry entry or folder of the PC's own Python reaches the program.
    (inside / "python311._pth").write_text("python311.zip\n.\nDLLs\nsite-packages\n", "ascii")
    make_forwarder(inside / "python311.dll", work)
    shutil.copyfile(work / "python3.dll", inside / "python3.dll")
    make_launchers(environment, program, version, work)
    licences = notices.compose(build_bill.parts(environment, "windows"))
    (inside / "LICENCES.txt").write_text(licences, "utf-8")
    (program / "current").write_text(version, "ascii")
    build_folder.level_times(program)


def put_runtime(runtime: Path, inside: Path) -> None:
    """Put Python's own libraries where `python311._pth` says."""
    for name in RUNTIME:
        shutil.copyfile(runtime / name, inside / name)
    for file in sorted(runtime.glob("*")):
        if file.suffix in {".pyd", ".dll"} and not file.name.startswith(RUNTIME_LEFT_OUT):
            shutil.copyfile(file, inside / "DLLs" / file.name)


def put_libraries(environment: Environment, folder: Path, python: Path, target: str) -> None:
    """Put our own wheel and all it needs, compiled."""
    own = build_sources.own_wheel(environment, ROOT / "build" / "wheel")
    build_folder.unpack([*build_sources.wheels(environment, target), own], folder)
    build_folder.compile_folder(folder, python)


def make_forwarder(dll: Path, work: Path) -> None:
    """Make `python3.dll`, which libraries for every Python 3 ask for: each name leads to the real one's."""
    listed = build_sources.run("x86_64-w64-mingw32-objdump", "-p", dll)
    names = re.findall(r"^\s+\[\s*\d+\]\s+(\w*Py\w+)$", listed, re.MULTILINE)
    if len(names) < 1000:  # noqa: PLR2004 - it exports about 1,600
        raise SetupFailed(f"python311.dll seems to export {len(names)} names only.")
    lines = "".join(f"  {name} = python311.{name}\n" for name in sorted(set(names)))
    (work / "python3.def").write_text(f"LIBRARY python3.dll\nEXPORTS\n{lines}", "ascii")
    options = ("-shared", "-nostdlib", "-Wl,--entry=0", *STRIPPED)
    build_sources.run(GCC, *options, "-o", "python3.dll", "python3.def", folder=work)


def make_launchers(environment: Environment, program: Path, version: str, work: Path) -> None:
    """Make sochibo.exe and its twin of the console, with icon, version and manifest."""
    environment.run(ROOT / "packaging" / "draw_icon.py", work / "sochibo.ico", QT_QPA_PLATFORM="offscreen")
    numbers = ",".join([*version.split("."), "0", "0", "0"][:4])
    resources = (SOURCES / "launcher.rc.in").read_text("utf-8")
    resources = resources.replace("@NUMBERS@", numbers).replace("@VERSION@", version)
    (work / "launcher.rc").write_text(resources, "utf-8")
    shutil.copyfile(SOURCES / "launcher.manifest", work / "launcher.manifest")
    windres = ("x86_64-w64-mingw32-windres", "--codepage=65001", "launcher.rc", "-o", "launcher.o")
    build_sources.run(*windres, folder=work)
    source = SOURCES / "launcher.c"
    for name, options in (("sochibo", ("-mwindows",)), ("sochibo-console", ("-mconsole", "-DCONSOLE"))):
        build_sources.run(
            GCC, "-Wall", "-Wextra", "-municode", *STRIPPED, *options, source, "launcher.o",
            "-o", program / f"{name}.exe", folder=work,
        )  # fmt: skip


def make_setup(
    program: Path, version: str, to: Path, *, quick: bool = False, stub: str = "x86-unicode"
) -> Path:
    """Make the installer; `stub` is its own machine code: x86 also starts on a 32-bit PC, to say why not."""
    made = to / f"SoChiBo-{version}-setup.exe"
    numbers = ".".join([*version.split("."), "0", "0", "0"][:4])
    size = build_folder.size_of(program) // 1024
    build_sources.run(
        "makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={version}", f"-DNUMBERS={numbers}",
        f"-DPROGRAM={program}", f"-DOUTPUT={made}", f"-DSTUB={stub}", f"-DSIZE={size}",
        f"-DICON={to / 'work' / 'sochibo.ico'}", f"-DMETHOD={'none' if quick else 'lzma'}",
        SOURCES / "setup.nsi",
    )  # fmt: skip
    return made


def make_zip(program: Path, version: str) -> Path:
    """Make the portable form: the same folder, with a mark by which settings stay inside."""
    portable = OUT / "portable"
    shutil.copytree(program, portable)
    (portable / "SoChiBo.portable").write_bytes(b"")
    made = OUT / f"SoChiBo-{version}-portable.zip"
    build_folder.zip_folder(portable, made, compressed=True, under="SoChiBo/")
    shutil.rmtree(portable)
    return made
