"""What is handed out: the right parts, nothing of the developers', the same bytes twice."""

from __future__ import annotations

import errno
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import sysconfig
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import pytest

import build_bill
import build_folder
import build_msi
import build_sources
import build_update
import build_windows
import builds
import notices
import readiness
import run
import system
from sochibo.book.upkeep import updating
from sochibo.sealing.releases import publisher, read_release
from system import SetupFailed

if TYPE_CHECKING:
    from environment import Environment

ROOT = Path(__file__).parents[1]
IMPORT = re.compile(r"^ *(?:from|import) ([a-zA-Z_][\w.]*)(?: import ([^#\n]*))?", re.MULTILINE)
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


class Here:
    """The Python that runs the tests, in the place of the environment."""

    def run(self, *arguments: str | Path, **variables: str) -> int:
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode


HERE = cast("Environment", Here())


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


def make_tree(folder: Path) -> Path:
    for number, name in enumerate(
        ("sochibo.exe", "current", "1.0.0/a.dll", "1.0.0/Thư mục/chữ.txt", "1.0.0/empty")
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("nội dung " * number, "utf-8")
        os.utime(file, (1_600_000_000 + number, 1_600_000_000 + number))
    return folder


def test_a_finished_program_needs_what_its_own_dependencies_need() -> None:
    found = build_sources.requirements()
    assert {"pyside6-essentials", "shiboken6", "pyhanko", "yarl", "lxml", "et-xmlfile"} <= set(found)
    assert not {"pip", "pytest", "mypy", "hatchling", "ruff", "hypothesis"} & set(found)
    assert all(re.search(r"==\S+.*\\\n\s+--hash=sha256:[0-9a-f]{64}", line) for line in found.values())


def test_everything_taken_besides_is_pinned() -> None:
    pins = build_sources.PINS
    sums = [
        *pins["debian"]["sha256"].values(),
        pins["windows-python"]["sha256"],
        pins["windows-python"]["dll_sha256"],
    ]
    assert len(sums) == 5
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in sums)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt6Core.dll", "PySide6/plugins/platforms/qwindows.dll", "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/QtWidgets.abi3.so", "babel/locale-data/vi.dat",
        "babel/locale-data/root.dat", "x-1.dist-info/licenses/LICENSE", "PySide6/__init__.py",
        "fontTools/feaLib/lookupDebugInfo.py", "fontpkg_be_vietnam_pro/files/BeVietnamPro-SemiBold.ttf",
    ],
)  # fmt: skip
def test_what_the_program_runs_on_is_shipped(place: str) -> None:
    assert build_folder.wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/opengl32sw.dll", "PySide6/Qt6Network.dll", "PySide6/QtNetwork.pyd", "PySide6/Qt6Quick.dll",
        "PySide6/Qt/lib/libQt6Network.so.6", "PySide6/plugins/platforms/qminimal.dll", "PySide6/lupdate",
        "PySide6/designer.exe", "babel/locale-data/fr.dat", "lxml/includes/etree.h", "x/y.pyi", "a/test/b.py",
        "PySide6/Qt6Test.dll", "fontTools/feaLib/builder.py",
        "fontpkg_be_vietnam_pro/files/BeVietnamPro-Thin.ttf",
    ],
)  # fmt: skip
def test_what_nobody_uses_is_not_shipped(place: str) -> None:
    assert not build_folder.wanted(place)


def imported() -> set[str]:
    """Return every module that our code imports, also inside functions."""
    found: set[str] = set()
    for file in (ROOT / "desktop" / "sochibo").rglob("*.py"):
        for module, names in IMPORT.findall(file.read_text("utf-8")):
            found |= {module, *(f"{module}.{name}" for name in re.findall(r"\w+", names))}
    return found


def test_what_our_code_imports_is_shipped() -> None:
    asked = imported()
    libraries = Path(sysconfig.get_path("purelib"))
    places = {name.replace(".", "/") + end for name in asked for end in (".py", "/__init__.py")}
    places = {each for each in places if (libraries / each).is_file()}
    assert {"click/__init__.py", "pyhanko/sign/fields.py"} <= places
    # A checkout reads its translations as text; a finished program carries them compiled.
    only_in_checkouts = {"babel/messages/mofile.py", "babel/messages/pofile.py"}
    assert {each for each in places if not build_folder.wanted(each)} == only_in_checkouts
    left_out = {name.partition(".")[0] for name in build_folder.LIBRARY_LEFT_OUT}
    assert not left_out & {name.partition(".")[0] for name in asked}


def test_the_package_for_administrators_says_that_its_words_are_unicode() -> None:
    name = "\u4840\u3f3f\u4577\u446c\u3e6a\u44b2\u482f".encode("utf-16-le")
    head = bytearray(512 * 3)
    head[30:32] = (9).to_bytes(2, "little")
    head[600 : 600 + len(name)] = name
    head[716:724] = (1).to_bytes(4, "little") + (5000).to_bytes(4, "little")
    changed = build_msi.in_unicode(bytes(head))
    assert changed[1024:1026] == (65001).to_bytes(2, "little")
    assert len(changed) == len(head)
    with pytest.raises(SetupFailed, match="no table of strings"):
        build_msi.in_unicode(bytes(2000))


def test_a_zip_file_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    one, other = make_tree(tmp_path / "one"), make_tree(tmp_path / "other")
    os.utime(other / "current", (1, 1))
    for compressed in (True, False):
        for folder in (one, other):
            build_folder.zip_folder(
                folder, tmp_path / f"{folder.name}.zip", compressed=compressed, under="x/"
            )
        assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_the_package_for_administrators_names_every_file_once(tmp_path: Path) -> None:
    program = make_tree(tmp_path / "SoChiBo")
    described = build_msi.describe(program, "1.0.0")
    root = ET.fromstring(described)  # noqa: S314 - written a line above
    files = [element.get("Source") for element in root.iter(f"{WIX}File")]
    assert files == sorted(
        (f"SoChiBo/{each.relative_to(program).as_posix()}" for each in build_folder.files_of(program)),
        key=lambda name: name.split("/"),
    )
    components = [element.get("Id") for element in root.iter(f"{WIX}Component")]
    assert sorted(map(str, components)) == sorted(
        str(each.get("Id")) for each in root.iter(f"{WIX}ComponentRef")
    )
    guids = [element.get("Guid") for element in root.iter(f"{WIX}Component")]
    assert len(set(guids)) == len(guids) == 5
    assert build_msi.describe(program, "1.0.1") != described


def test_the_package_for_administrators_speaks_vietnamese(tmp_path: Path) -> None:
    described = build_msi.describe(make_tree(tmp_path / "SoChiBo"), "1.0.0")
    # What wixl reads of our words is plain, byte for byte as long as what people read.
    assert "Sổ" not in described
    packed = build_msi.spelt(described.encode())
    assert len(packed) == len(described.encode())
    for wanted in (
        'Name="Sổ Chi bộ"',
        "Tự kiểm tra Sổ Chi bộ",
        "cần Windows 10 bản 1809",
        "đã có bản mới hơn",
    ):
        assert wanted in packed.decode()
    with pytest.raises(SetupFailed, match="does not hold"):
        build_msi.spelt(b"nothing of the kind")


def test_a_package_for_administrators_is_levelled_to_the_commit() -> None:
    def made(code: uuid.UUID, moment: bytes) -> bytes:
        return b"head {%s}\0\0" % str(code).upper().encode() + (b"@\0\0\0" + moment) * 2 + b"tail"

    one = build_msi.level(made(uuid.uuid4(), b"\x80R\x13t=z\xdd\x01"), "1.0.0")
    assert one == build_msi.level(made(uuid.uuid4(), b"12345678"), "1.0.0")
    assert one != build_msi.level(made(uuid.uuid4(), b"12345678"), "1.0.1")
    with pytest.raises(SetupFailed):
        build_msi.level(b"nothing of the kind", "1.0.0")


def test_the_bill_names_every_part_with_licence_and_sum() -> None:
    parts = [
        notices.Part("yarl", "1.0", "Apache-2.0", "pkg:pypi/yarl@1.0", "0" * 64, (("LICENSE", "Apache …"),)),
        notices.Part("pyside6", "6.8.3", "LGPL-3.0-only OR GPL-2.0-only", "pkg:pypi/pyside6@6.8.3", "1" * 64),
        notices.Part(
            "odd",
            "1",
            "a licence of its own",
            "pkg:pypi/odd@1",
            "2" * 64,
            (("LICENSE", "Do as you like."),),
            inside=(notices.Part("openssl", "4.0.3", "Apache-2.0", "", "", (("copyright", "© them"),)),),
        ),
    ]
    text = build_bill.bill(parts, "windows")
    assert text == build_bill.bill(reversed(parts), "windows")
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert [each["name"] for each in bill["components"]] == ["odd", "pyside6", "yarl"]
    assert [each["licenses"][0] for each in bill["components"]] == [
        {"license": {"name": "a licence of its own"}},
        {"expression": "LGPL-3.0-only OR GPL-2.0-only"},
        {"license": {"id": "Apache-2.0"}},
    ]
    assert bill["components"][0]["components"] == [
        {
            "type": "library", "bom-ref": "pkg:pypi/odd@1#openssl@4.0.3", "name": "openssl",
            "version": "4.0.3",
            "licenses": [{"license": {"id": "Apache-2.0"}}],
        }
    ]  # fmt: skip
    text = notices.compose(parts)
    for wanted in (
        "Linked into odd:",
        "© them",
        "Apache …",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "có thể thay thế",
    ):
        assert wanted in text


def installed() -> list[notices.Part]:
    """Return what is shipped for this system, as the environment of the tests holds it."""
    wanted = build_sources.requirements()
    found: list[notices.Part] = []
    for library in importlib.metadata.distributions(path=[sysconfig.get_path("purelib")]):
        if re.sub(r"[-_.]+", "-", library.metadata["Name"]).lower() in wanted:
            told = {
                file.as_posix().partition(".dist-info/")[2]: Path(str(file.locate())).read_bytes()
                for file in library.files or ()
                if ".dist-info/" in file.as_posix()
            }
            found.append(build_bill.described(told, ""))
    assert len(found) == len(wanted)
    return build_bill.whole(found, "linux")


def test_everything_that_is_shipped_has_the_text_of_its_licence() -> None:
    found = installed()
    assert not list(notices.without_text(found))
    text = notices.compose(found)
    crates = {each.name for part in found for each in part.inside if each.purl.startswith("pkg:cargo/")}
    # One crate of each kind: its own text, one shared with others, one beside such.
    assert {"calamine", "itoa", "unicode-ident", "target-lexicon"} <= crates
    for wanted in (
        "Copyright (c) 2016 Johann Tuffe",
        "(the text of Apache-2.0 stands at the end)",
        "(the text of Apache-2.0 and Unicode-3.0 stands at the end)",
        "LLVM Exceptions",
        "UNICODE LICENSE V3",
        "The FreeType Project LICENSE",
    ):
        assert wanted in text


def test_a_part_without_the_text_of_its_licence_is_not_shipped() -> None:
    crate = notices.Part("new", "1.0", "MIT", "pkg:cargo/new@1.0", "")
    part = notices.Part("odd", "1", "MIT", "", "", (("LICENSE", "MIT …"),), (crate,))
    with pytest.raises(SetupFailed, match=r"new 1\.0 \(MIT\) in odd"):
        notices.compose([part])


def test_every_text_that_is_kept_is_for_something_that_is_shipped() -> None:
    named = {each.name for part in installed() for each in (part, *part.inside)}
    assert {file.stem for file in (notices.TEXTS / "parts").iterdir()} <= named


@pytest.mark.parametrize("language", ["vi", "en"])
def test_release_notes_say_what_was_verified_where(language: str, tmp_path: Path) -> None:
    file = tmp_path / "SoChiBo-9.9.9-setup.exe"
    file.write_bytes(bytes(1_500_000))
    notes = build_bill.release_notes(language, [file])
    assert "| `SoChiBo-9.9.9-setup.exe` | 1.5 MB |" in notes
    assert "@" not in notes
    assert "wine" in notes


INSTALLER = (ROOT / "packaging" / "windows" / "setup.nsi").read_text("utf-8")


def test_what_the_installer_says_before_a_language_is_chosen_is_in_both() -> None:
    """What .onInit says by a string of a language would be in that of Windows, which often is English."""
    (before,) = re.findall(r"^Function \.onInit$(.*?)^FunctionEnd$", INSTALLER, re.MULTILINE | re.DOTALL)
    assert not re.findall(r"\$\([A-Z_]+\)", before)
    said = dict(re.findall(r'^!define (TOO_OLD|NEWER) "(.*)"$', INSTALLER, re.MULTILINE))
    assert set(said) == set(re.findall(r"REFUSE \"\$\{(\w+)\}\"", before))
    for text in said.values():
        vietnamese, english = text.split("$\\r$\\n$\\r$\\n")[0], text.split("$\\r$\\n$\\r$\\n")[-1]
        assert "Máy này" in vietnamese
        assert "Nothing was changed." in english
    assert str(17763) in INSTALLER
    assert "1809" in said["TOO_OLD"]


def test_the_installer_knows_versions_as_the_program_does() -> None:
    assert f'"$INSTDIR\\{updating.DRAFT}"' in INSTALLER
    assert rf'FileOpen $1 "$INSTDIR\{updating.CURRENT}" r' in INSTALLER
    assert r"$INSTDIR\$2\python3*._pth" in INSTALLER


def test_the_installer_speaks_both_languages() -> None:
    script = INSTALLER
    spoken = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    vietnamese = {name for name, language in spoken if language == "VIETNAMESE"}
    assert vietnamese == {name for name, language in spoken if language == "ENGLISH"}
    assert vietnamese >= set(re.findall(r"\$\(([A-Z_]+)\)", script))


@pytest.fixture
def publisher_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the public key, and what is built, where nothing of the checkout is touched."""
    for module in (build_update, readiness):
        monkeypatch.setattr(module, "PUBLIC", tmp_path / "publisher.pem")
    monkeypatch.setattr(build_update, "OUT", tmp_path / "update")
    monkeypatch.setattr(build_windows, "OUT", tmp_path / "windows")
    return tmp_path / "publisher.pem"


def test_a_release_is_sealed_by_a_key_outside_the_checkout(tmp_path: Path, publisher_at: Path) -> None:
    version = build_sources.version()
    program = make_tree(tmp_path / "windows" / "SoChiBo" / version)
    key, public = build_update.build(HERE, ["key", str(tmp_path / "safe"), "Nhóm Sổ Chi bộ"])
    assert (public, key.stat().st_mode & 0o077) == (publisher_at, 0)
    with pytest.raises(SetupFailed, match="built without this"):
        build_update.build(HERE, [str(key)])
    carried = program / "site-packages" / "sochibo" / "resources" / "publisher.pem"
    carried.parent.mkdir(parents=True)
    carried.write_bytes(public.read_bytes())
    (made,) = build_update.build(HERE, [str(key)])
    manifest = read_release(made, public.read_bytes()).manifest
    assert manifest.version == version
    assert publisher(public.read_bytes()).name == "Nhóm Sổ Chi bộ"
    assert set(manifest.notes) == {"vi", "en"}
    assert all(each.startswith("- ") and "##" not in each for each in manifest.notes.values())


def test_a_publishers_key_is_made_once_and_outside(tmp_path: Path, publisher_at: Path) -> None:
    with pytest.raises(SetupFailed, match="never lies in the checkout"):
        build_update.build(HERE, ["key", str(ROOT / "build"), "Ai đó"])
    for name in ("", " ", "two\nlines"):
        with pytest.raises(SetupFailed, match="one line of words"):
            build_update.build(HERE, ["key", str(tmp_path / "safe"), name])
    build_update.build(HERE, ["key", str(tmp_path / "safe"), "Ai đó"])
    with pytest.raises(SetupFailed, match="is there"):
        build_update.build(HERE, ["key", str(tmp_path / "safe"), "Ai đó"])
    publisher_at.unlink()
    with pytest.raises(SetupFailed, match="not replaced"):
        build_update.build(HERE, ["key", str(tmp_path / "safe"), "Ai đó"])
    assert not publisher_at.exists()


def test_a_key_that_programs_do_not_carry_seals_nothing(tmp_path: Path, publisher_at: Path) -> None:
    with pytest.raises(SetupFailed, match=r"no resources/publisher\.pem"):
        build_update.build(HERE, [str(tmp_path / "any.key")])
    build_update.build(HERE, ["key", str(tmp_path / "other"), "Ai đó"])
    publisher_at.unlink()
    build_update.build(HERE, ["key", str(tmp_path / "safe"), "Nhóm Sổ Chi bộ"])
    (tmp_path / "text.key").write_text("no key", "utf-8")
    for key, said in (
        ("other/sochibo-publisher.key", "is not the key"),
        ("text.key", "is not the key"),
        ("gone.key", "There is no key"),
    ):
        with pytest.raises(SetupFailed, match=said):
            build_update.build(HERE, [str(tmp_path / key)])
    with pytest.raises(SetupFailed, match="no Windows program yet"):
        build_update.build(HERE, [str(tmp_path / "safe" / "sochibo-publisher.key")])


def test_nothing_is_released_without_key_maintainer_and_commit(
    tmp_path: Path, publisher_at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "uncommitted", lambda: " M README.md")
    monkeypatch.setattr(readiness, "maintainer", lambda: "")
    with pytest.raises(SetupFailed, match="This is no release yet") as refused:
        builds.build(HERE, ["release", str(tmp_path / "any.key")])
    for wanted in ("build update key FOLDER", "maintainers = [", "not committed", "M README.md"):
        assert wanted in str(refused.value)
    for language, said in (("vi", "Bản chạy thử"), ("en", "trial build")):
        assert said in build_bill.release_notes(language, []).splitlines()[0]
    publisher_at.touch()
    monkeypatch.setattr(readiness, "uncommitted", lambda: "")
    monkeypatch.setattr(readiness, "maintainer", lambda: "Nhóm Sổ Chi bộ <nhom@example.vn>")
    assert not readiness.missing()
    assert build_bill.release_notes("vi", []).startswith("# Sổ Chi bộ")
    with pytest.raises(SetupFailed, match="build release KEY"):
        builds.build(HERE, ["release"])


def test_the_maintainer_is_whom_the_project_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "ROOT", tmp_path)
    for said, expected in (
        ("", ""),
        ('maintainers = [{ name = "Nhóm" }]', ""),
        ('maintainers = [{ name = "Nhóm", email = "nhom@example.vn" }]', "Nhóm <nhom@example.vn>"),
    ):
        (tmp_path / "pyproject.toml").write_text(f"[project]\n{said}\n", "utf-8")
        assert readiness.maintainer() == expected


def test_what_the_readme_builds_and_checks_is_there() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    built = set(re.findall(r"run\.py build (\w+)", readme))
    checked = set(re.findall(r"(?:run\.py |`)check (\w+)", readme))
    assert built <= set(builds.WHAT) <= built | {"wheel"}
    for what in checked:
        assert f'"{what}"' in (ROOT / "packaging" / "run.py").read_text("utf-8")
    assert checked >= {"pdf", "qt", "wheel", "deb", "windows", "offline", "same"}


def test_a_wrong_word_is_said_before_anything_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ready", lambda **_: pytest.fail("the environment was made"))
    for job, words in ((run.build, ["rpm"]), (run.build, []), (run.check, ["rpm"]), (run.bench, ["rpm"])):
        with pytest.raises(SetupFailed, match=r"Say what|no benchmark"):
            job(words)


def test_a_full_disk_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        """Be out of room."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "build/work")

    monkeypatch.setitem(run.JOBS, "build", fail)
    monkeypatch.setattr(sys, "argv", ["run.py", "build", "deb"])
    assert run.main() == 1
    assert capsys.readouterr().err.strip() == "No space left on device: build/work"


def test_what_cannot_be_built_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "install", lambda *_: None)
    with pytest.raises(SetupFailed, match="Say what to build"):
        builds.build(HERE, ["rpm"])
    with pytest.raises(SetupFailed, match="missing: a-program-that-nobody-has"):
        build_sources.require({"a-program-that-nobody-has": "a-package-that-nobody-has"})
