"""What commands ask the internet: nothing, unless an option says so."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import stamps
from cryptography.hazmat.primitives.serialization import Encoding
from loopback import serving
from shell import quick_keys

from sochibo.book.book import Book
from sochibo.sealing.signatures import stamps_of

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.fixture
def books(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return copies of the cell's and the committee's book."""
    quick_keys(monkeypatch)
    return tuple(  # type: ignore[return-value] # two of them
        shutil.copy(each, tmp_path / f"{name}.sochibo")
        for name, each in (("cell", world.cell), ("committee", world.committee))
    )


def test_a_summary_is_stamped_where_the_option_says_so(
    shell: Shell, world: World, books: tuple[Path, Path], tmp_path: Path
) -> None:
    cell, _ = books
    asked: list[str] = []

    def answer(path: str, body: bytes) -> tuple[int, bytes]:
        asked.append(path)
        return 200, stamps.authority().answer(body, datetime.now(UTC))

    out = tmp_path / "out"
    command = ("report", cell, "--period", "2025-11", "--revise", "--seal", "--passphrase-file", world.secret)
    with serving(answer) as address:
        unknown = shell(*command, "--time-stamp", "--out", out)
        assert (unknown.code, asked) == (1, [])
        with Book.open(cell) as opened:
            opened.stamping.set_address(f"{address}/own")
        assert shell(*command, "--out", out).code == 0
        assert asked == []
        assert shell(*command, "--time-stamp", "--out", out).code == 0
        assert shell(*command, "--time-stamp", f"{address}/other", "--out", out).code == 0
        assert asked == ["/own", "/other"]
        wrong = shell(*command, "--time-stamp", "ftp://a", "--out", out)
        assert "ftp://a" in wrong.err
    newest = max(out.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
    ((at, _),) = stamps_of(newest.read_bytes())
    assert datetime.now(UTC) - at < timedelta(minutes=5)


def test_if_no_stamp_comes_nothing_is_sealed(
    shell: Shell, world: World, books: tuple[Path, Path], tmp_path: Path
) -> None:
    cell, _ = books
    command = ("report", cell, "--period", "2025-11", "--revise", "--seal", "--passphrase-file", world.secret)
    with serving(lambda _path, _body: (503, b"")) as address:
        refused = shell(*command, "--time-stamp", address, "--out", tmp_path / "out")
    assert refused.code == 1
    assert "127.0.0.1" in refused.err
    assert list((tmp_path / "out").glob("*")) == []


def test_lists_of_official_roots_are_shown_and_fetched_only_when_asked(
    shell: Shell, books: tuple[Path, Path], tmp_path: Path
) -> None:
    _, committee = books
    asked: list[str] = []
    listed = stamps.authority().list_(datetime.now(UTC))

    def answer(path: str, _body: bytes) -> tuple[int, bytes]:
        asked.append(path)
        return 200, listed

    with serving(answer) as address:
        root = stamps.authority().root.public_bytes(Encoding.PEM)
        (tmp_path / "roots.pem").write_bytes(root + stamps.below(stamps.authority(), f"{address}/list.crl"))
        assert shell("committee", "roots", committee, tmp_path / "roots.pem", "--compared").code == 0
        shown = shell("committee", "revocations", committee)
        assert (shown.code, asked) == (0, [])
        assert f"{address}/list.crl" in shown.out
        assert "no list yet" in shown.out
        fetched = shell("committee", "revocations", committee, "--fetch")
        again = shell("committee", "revocations", committee, "--fetch")
    assert (fetched.code, again.code, asked) == (0, 0, ["/list.crl"] * 2)
    assert "A newer list was taken in" in fetched.out
    assert "Nothing newer" in again.out
