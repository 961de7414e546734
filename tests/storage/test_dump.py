"""The book written out and made again: the same to the byte, and nothing but a whole file is believed."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped] # ships no types
import pytest
from books import make_cell_book
from schemas import BOOK_SCHEMA, book_schema

from sochibo import faults
from sochibo.book.book import Book
from sochibo.storage.editions.migrations import SCHEMA_NUMBER
from sochibo.storage.engine.connection import AlreadyThere, connect, read_header
from sochibo.storage.engine.dump import BrokenDump, NewerDump, NotADump

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parents[1] / "data"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return a book written out, with a blob, an act taken back and a name that needs quoting in it."""
    with make_cell_book(tmp_path / "Sổ.sochibo") as book:
        database = book._database  # noqa: SLF001 - rows that no act of a book writes yet
        with database.act("Renamed {name}", {"name": 'Ấm "quá"\n'}, lasting=True):
            database.insert(
                "signing_key",
                {
                    "id": "k", "purpose": "signer", "person": "Lê Văn Thử", "fingerprint": "f",
                    "not_after": "2030-01-01", "issued": 1, "made_at": "2026-01-01",
                    "pkcs12": bytes(range(256)),
                },
            )  # fmt: skip
        with database.act("Something"):
            (row,) = database.rows("select id from member where name = 'Lê Hoàng Đức'")
            database.update("member", row["id"], {"note": 'Dòng 1\nDòng 2\t"\\ \u0001 😀'})
        database.undo()
        book.dumps.write(tmp_path / "Sổ.json")
    return tmp_path / "Sổ.json"


def test_a_book_made_of_what_was_written_out_is_the_same_to_the_byte(written: Path, tmp_path: Path) -> None:
    with Book.load(written, tmp_path / "Mới.sochibo") as book:
        assert book.history.redoable() is not None
        book.dumps.write(tmp_path / "again.json")
        assert (tmp_path / "again.json").read_bytes() == written.read_bytes()
        assert [hit.title.text for hit in book.search.find("le hoang duc")] == ["Lê Hoàng Đức"]
        book.history.redo()
        book.history.undo()
        book.dumps.write(tmp_path / "third.json")
    assert (tmp_path / "third.json").read_bytes() == written.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {
        "Sổ.sochibo", "Sổ.json", "Mới.sochibo", "again.json", "third.json",
    }  # fmt: skip


def test_what_is_written_out_is_described_and_readable_by_any_program(written: Path) -> None:
    told = json.loads(written.read_bytes())
    schema = json.loads(BOOK_SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(told)
    assert sum(map(len, told["tables"].values())) == told["records"]
    assert len(told["tables"]["member"]) == 12
    assert "search" not in told["tables"]
    for line in written.read_text("utf-8").splitlines():
        assert (
            not line.startswith("{")
            or line.startswith('{"format"')
            or line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        )


def test_the_description_is_that_of_the_schema() -> None:
    """`python tests/helpers/schemas.py` writes it anew."""
    assert json.loads(BOOK_SCHEMA.read_text("utf-8")) == book_schema()


@pytest.mark.skipif(os.name == "nt", reason="files have no such rights on Windows")
def test_others_on_the_pc_may_not_read_it(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_nothing_is_overwritten(written: Path, tmp_path: Path) -> None:
    before = written.read_bytes()
    with Book.open(tmp_path / "Sổ.sochibo") as book, pytest.raises(AlreadyThere):
        book.dumps.write(written)
    with pytest.raises(AlreadyThere):
        Book.load(written, tmp_path / "Sổ.sochibo")
    assert written.read_bytes() == before


def resealed(data: bytes) -> bytes:
    """Give a changed file the digest and number that it should have."""
    lines = data.splitlines(keepends=True)[:-1]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    count = sum(line.startswith((b"{", b",{")) for line in lines[1:])
    return b"".join(lines) + f'}},"records":{count},"sha256":"{digest}"}}\n'.encode()


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: resealed(data.replace(old.encode(), new.encode(), 1))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda _: b"", NotADump),
        (lambda _: b"\x00" * 4096, NotADump),
        (lambda _: b"[" * 100_000, NotADump),
        (lambda _: b'{"format":"sochibo-book-1"}\n', NotADump),
        (lambda _: b'{"format":"sochibo-book-1","schema":"1","tables":{\n', NotADump),
        (lambda data: data.replace(b'"schema":', b'"schema":1', 1), NewerDump),
        (lambda data: data.replace(f'"schema":{SCHEMA_NUMBER}'.encode(), b'"schema":0', 1), NotADump),
        (lambda data: data[: len(data) // 2], BrokenDump),
        (lambda data: data[:-1], BrokenDump),
        (lambda data: data + b"x", BrokenDump),
        (lambda data: data.replace("Lê Hoàng Đức".encode(), "Lê Hoàng Đạc".encode(), 1), BrokenDump),
        (lambda data: data.replace(b"\n]\n", b"\n\n]\n", 1), BrokenDump),
        (lambda data: data.replace(b'"member":[', b'"no_such":[', 1), BrokenDump),
        (lambda data: data.replace("Đức".encode(), b"\xff\xfe", 1), BrokenDump),
        (swap('"kind":"admission"', '"kind":"wedding"'), BrokenDump),
        (swap('"kind":"admission"', '"kind":["admission"]'), BrokenDump),
        (swap('"kind":"admission"', '"kind":1.5'), BrokenDump),
        (swap('"kind":"admission",', ""), BrokenDump),
        (swap('"soldier":0', '"soldier":99999999999999999999999999'), BrokenDump),
        (swap('"soldier":0', '"soldier": 0'), BrokenDump),
        (swap('"person":"L', '"person":"\\ud800L'), BrokenDump),
        (swap("Lê Hoàng Đức", "Le\u0302 Hoàng Đức"), BrokenDump),
        (swap('"pkcs12":"AAEC', '"pkcs12":"A*EC'), BrokenDump),
    ],
)
def test_nothing_but_a_whole_file_is_believed(
    written: Path, tmp_path: Path, spoil: Callable[[bytes], bytes], fault: type[faults.Fault]
) -> None:
    data = spoil(written.read_bytes())
    assert data != written.read_bytes()
    written.write_bytes(data)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(fault):
        Book.load(written, tmp_path / "Mới.sochibo")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_reference_to_nothing_is_not_believed(written: Path, tmp_path: Path) -> None:
    data = written.read_bytes().decode()
    key = json.loads(data)["tables"]["member_event"][0]["member_id"]
    lines = [
        line.replace(key, "0" * 36, 1) if '"member_id"' in line and key in line else line
        for line in data.splitlines(keepends=True)
    ]
    written.write_bytes(resealed("".join(lines).encode()))
    with pytest.raises(BrokenDump):
        Book.load(written, tmp_path / "Mới.sochibo")


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("book-*.json")), ids=lambda path: path.name)
def test_what_every_edition_wrote_out_is_read_back_and_brought_up_to_date(
    sample: Path, tmp_path: Path
) -> None:
    with Book.load(sample, tmp_path / "Mới.sochibo") as book:
        assert len(book.members.on(date(2026, 11, 5), everybody=True)) == 12
        assert not book.read_only
    assert read_header(tmp_path / "Mới.sochibo").schema_number == SCHEMA_NUMBER


def test_a_missing_file_is_a_known_fault(tmp_path: Path) -> None:
    with pytest.raises(faults.NotReadable):
        Book.load(tmp_path / "no.json", tmp_path / "Mới.sochibo")


def test_a_full_disk_leaves_nothing(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written.unlink()

    def full(*_: object) -> int:
        raise OSError(28, "full")

    monkeypatch.setattr("os.fsync", full)
    with Book.open(tmp_path / "Sổ.sochibo") as book, pytest.raises(faults.DiskFull):
        book.dumps.write(written)
    assert not [path for path in tmp_path.iterdir() if path.suffix in {".json", ".tmp"}]


def test_it_is_one_state_however_much_is_written_meanwhile(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "Sổ.sochibo") as book:
        book.dumps.write(tmp_path / "a.json")
        other = connect(tmp_path / "Sổ.sochibo", read_only=True)
        other.execute("begin")
        assert other.execute("select count(*) from member").fetchone()[0] == 12
        book.dumps.write(tmp_path / "b.json")
        other.close()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_protected_book_can_be_written_out_by_whoever_opened_it(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "Sổ.sochibo") as book:
        book.protection.choose("bốn từ không liên quan")
        book.dumps.write(tmp_path / "Sổ.json")
    with Book.load(tmp_path / "Sổ.json", tmp_path / "Mới.sochibo") as again:
        assert len(again.search.find("nvm")) == 1
