"""The folder of a finished program: libraries unpacked and trimmed, everything compiled ahead."""

from __future__ import annotations

import os
import shutil
import zipfile
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import build_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOT_NEEDED: Final = (
    "*.pyi", "*/py.typed", "*.pyx", "*.pxd", "*.c", "*.cpp", "*.h", "*.hpp", "*.lib", "*.a",
    "*.dist-info/RECORD", "*.dist-info/WHEEL", "*.dist-info/INSTALLER", "*.dist-info/sboms/*",
    "*.dist-info/entry_points.txt", "*/tests/*", "*/test/*", "*/testing/*", "bin/*", "include/*", "share/*",
    "babel/locale-data/*",
    # Of Qt: what no window of ours draws with.
    "PySide6/qml/*", "PySide6/translations/*", "PySide6/metatypes/*", "PySide6/typesystems/*",
    "PySide6/glue/*", "PySide6/include/*", "PySide6/doc/*", "PySide6/scripts/*", "PySide6/support/*",
    "PySide6/resources/*", "PySide6/lib/*", "PySide6/libexec/*", "PySide6/Qt/qml/*",
    "PySide6/Qt/translations/*", "PySide6/Qt/metatypes/*", "PySide6/Qt/libexec/*", "PySide6/*.exe",
    "PySide6/opengl32sw.dll", "PySide6/avcodec*", "PySide6/avformat*", "PySide6/avutil*",
    "PySide6/swresample*", "PySide6/swscale*", "PySide6/d3dcompiler*", "shiboken6/docs/*",
    "PySide6/Qt6DBus.dll", "PySide6/Qt6OpenGL.dll", "*/vcamp140.dll", "*/vccorlib140.dll",
    "*/concrt140.dll", "*/vcomp140.dll", "*/msvcp140_codecvt_ids.dll", "shiboken6/msvcp140*",
    "shiboken6/vcruntime140*",
    # Of others: examples, and languages nobody speaks here.
    "reportlab/graphics/samples/*", "reportlab/fonts/*", "reportlab/graphics/charts/pie*",
    "reportlab/graphics/charts/doughnut*", "reportlab/graphics/charts/spider*",
    "reportlab/graphics/charts/lineplots*", "reportlab/graphics/charts/slidebox*",
    "reportlab/graphics/charts/dotbox*", "reportlab/graphics/charts/piecharts*",
    "reportlab/graphics/renderPS*", "reportlab/graphics/renderSVG*", "reportlab/graphics/renderPM*",
    "reportlab/graphics/testshapes*", "reportlab/graphics/testdrawings*", "reportlab/lib/testutils*",
    "fontTools/varLib/*", "fontTools/voltLib/*", "fontTools/designspaceLib/*", "fontTools/mtiLib/*",
    "fontTools/ufoLib/*", "fontTools/qu2cu/*", "fontTools/cu2qu/*", "fontTools/feaLib/*",
    "fontTools/otlLib/*", "fontTools/merge/*", "fontTools/subset/*", "fontTools/svgLib/*",
    "fontTools/colorLib/*", "fontTools/diff/*", "fontTools/unicodedata/*",
    "fontTools/misc/filesystem/*", "fontTools/misc/plistlib/*",
    "fontTools/ttLib/woff2*", "fontTools/misc/symfont*", "fontTools/misc/testTools*", "fontTools/ttx*",
    "fontTools/t1Lib/*", "fontTools/pens/momentsPen*", "fontTools/pens/statisticsPen*",
    "multidict/_testcapi*",
    "lxml/isoschematron/*", "lxml/includes/*", "lxml/objectify*", "lxml/html/*", "lxml/doctestcompare*",
    "lxml/usedoctest*",
    # Reads the system's own list of authorities, which no verdict of ours ever asks.
    "oscrypto/*",
    "aiohttp/test_utils*", "aiohttp/pytest_plugin*", "aiohttp/web*", "aiohttp/_websocket/*.hash",
    "babel/messages/*", "sqlite_utils/cli*", "click/testing*",
    "fontpkg_be_vietnam_pro/files/*",
    "olefile/olefile2*", "cffi/*", "pycparser/*", "pypdfium2_cli/*", "PIL/_avif*", "PIL/_webp*",
    "PIL/_imagingtk*", "PIL/_imagingft*", "PIL/_imagingcms*", "PIL/_tkinter*", "pillow.libs/*avif*",
    "pillow.libs/*webp*",
)  # fmt: skip
"""What is left out of the libraries; the self-test and the checks tell when it is too much."""

KEPT: Final = (
    "babel/locale-data/root.dat", "babel/locale-data/vi*.dat", "babel/locale-data/en.dat",
    "babel/locale-data/en_US*.dat", "fontTools/feaLib/__init__.py", "fontTools/feaLib/lookupDebugInfo.py",
    *(f"fontpkg_be_vietnam_pro/files/BeVietnamPro-{style}.ttf"
      for style in ("Regular", "Italic", "Medium", "SemiBold", "Bold")),
)  # fmt: skip

QT_KEPT: Final = (
    "Core", "Gui", "Widgets", "PrintSupport", "Svg", "DBus", "XcbQpa", "OpenGL", "WaylandClient",
    "WaylandEglClientHwIntegration",
)  # fmt: skip
MODULES_KEPT: Final = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg")
"""Without QtNetwork: what is not there can open no connection."""
PLUGINS_KEPT: Final = (
    "platforms/*qwindows*", "platforms/*qoffscreen*", "platforms/*qxcb*", "platforms/*qwayland-generic*",
    "platforms/*qwayland-egl*", "imageformats/*qico*", "imageformats/*qjpeg*",
    "imageformats/*qsvg*", "iconengines/*", "platforminputcontexts/*ibus*", "platforminputcontexts/*compose*",
    "xcbglintegrations/*", "wayland-shell-integration/*xdg-shell*", "platformthemes/*xdgdesktopportal*",
    "wayland-decoration-client/*bradient*",
)  # fmt: skip

LIBRARY_LEFT_OUT: Final = (
    "test", "idlelib", "tkinter", "turtledemo", "turtle.py", "ensurepip", "lib2to3", "lib-dynload", "venv",
    "pydoc_data", "distutils", "_distutils_system_mod.py", "sitecustomize.py", "EXTERNALLY-MANAGED",
    "LICENSE.txt", "__phello__", "antigravity.py", "this.py", "__pycache__", "pydoc.py", "doctest.py",
    "pdb.py", "curses", "msilib", "xmlrpc", "wsgiref", "unittest", "dbm", "_pyio.py", "pickletools.py",
    "mailbox.py", "imaplib.py", "nntplib.py", "poplib.py", "smtplib.py", "smtpd.py", "ftplib.py",
    "telnetlib.py", "asyncore.py", "asynchat.py", "aifc.py", "sunau.py", "wave.py", "chunk.py", "sndhdr.py",
    "imghdr.py", "pstats.py", "profile.py", "cProfile.py", "trace.py", "modulefinder.py", "cgitb.py",
    "pyclbr.py", "tabnanny.py", "symtable.py", "mailcap.py", "pipes.py", "shelve.py", "zipapp.py", "uu.py",
    "sched.py", "xdrlib.py", "pty.py", "crypt.py",
)  # fmt: skip
"""What of the standard library no finished program uses."""


def unpack(wheels: Iterable[Path], to: Path) -> None:
    """Put the libraries side by side, without what is not needed."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in sorted(archive.namelist()):
                place = _place(name)
                if place is None or name.endswith("/") or not wanted(place):
                    continue
                file = to / place
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.read(name))


def _place(name: str) -> str | None:
    """Return where a file of a wheel goes; scripts, headers and manuals go nowhere."""
    first, _, rest = name.partition("/")
    if not first.endswith(".data"):
        return name
    kind, _, inside = rest.partition("/")
    return inside if kind in {"purelib", "platlib"} else None


def wanted(place: str) -> bool:
    """Tell whether a file of a library belongs into a finished program."""
    if any(fnmatch(place, pattern) for pattern in KEPT):
        return True
    path = PurePosixPath(place)
    if "licenses" in path.parts or path.name.upper().startswith(("LICENSE", "COPYING", "NOTICE")):
        return True
    if any(fnmatch(place, pattern) for pattern in NOT_NEEDED):
        return False
    return not place.startswith("PySide6/") or _of_qt(place.removeprefix("PySide6/").removeprefix("Qt/"))


def _of_qt(place: str) -> bool:
    path = PurePosixPath(place)
    if place.startswith("plugins/"):
        return any(fnmatch(place.removeprefix("plugins/"), pattern) for pattern in PLUGINS_KEPT)
    stem = path.name.split(".")[0]
    if stem.startswith(("Qt6", "libQt6")):
        return stem.removeprefix("lib").removeprefix("Qt6") in QT_KEPT
    if stem.startswith("Qt") and path.suffix in {".pyd", ".so"}:
        return stem in MODULES_KEPT
    # The tools of developers lie beside the modules, without an ending.
    return "." in path.name and not stem.startswith(("pyside6qml", "libpyside6qml"))


def standard_library(source: Path, to: Path, zipped: Path, python: Path) -> None:
    """Compile Python's own library into one zip file; `to` is a folder to work in."""
    shutil.copytree(source, to, ignore=shutil.ignore_patterns(*LIBRARY_LEFT_OUT), symlinks=False)
    for name in [*to.glob("_sysconfigdata*"), *to.glob("config-*")]:
        if name.is_dir():
            shutil.rmtree(name)
        elif "x86_64-linux-gnu" not in name.name:
            name.unlink()
    compile_folder(to, python)
    zip_folder(to, zipped, compressed=False)


def compile_folder(folder: Path, python: Path) -> None:
    """Put compiled code in the place of source, by the interpreter that was taken by its hash.

    Unchecked: nothing looks for a source that is not there, and no time of change is kept inside.
    """
    home = python.parents[1]
    command = ("-S", "-m", "compileall", "-q", "-b", "-f", "--invalidation-mode", "unchecked-hash", "-s")
    build_sources.run(
        python, *command, folder, folder,
        PYTHONHASHSEED="0", PYTHONHOME=str(home), PYTHONDONTWRITEBYTECODE="1",
    )  # fmt: skip
    for source in folder.rglob("*.py"):
        if source.with_suffix(".pyc").is_file():
            source.unlink()
    for left in list(folder.rglob("__pycache__")):
        shutil.rmtree(left, ignore_errors=True)


def zip_folder(folder: Path, to: Path, *, compressed: bool, under: str = "") -> None:
    """Write a zip file that is the same whenever it is written."""
    import time

    moment = time.gmtime(int(build_sources.epoch()))[:6]
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(to, "w", method, compresslevel=9 if compressed else None) as archive:
        for file in files_of(folder):
            entry = zipfile.ZipInfo(under + file.relative_to(folder).as_posix(), moment)
            entry.compress_type = method
            entry.external_attr = (0o100755 if os.access(file, os.X_OK) else 0o100644) << 16
            archive.writestr(entry, file.read_bytes())


def files_of(folder: Path) -> Sequence[Path]:
    """Return every file below a folder in a steady order."""
    return sorted((each for each in folder.rglob("*") if each.is_file()), key=lambda each: each.as_posix())


def level_times(folder: Path) -> None:
    """Give every file and folder the time of the commit."""
    moment = int(build_sources.epoch())
    for each in (*folder.rglob("*"), folder):
        os.utime(each, (moment, moment), follow_symlinks=False)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(each.stat().st_size for each in files_of(folder))
