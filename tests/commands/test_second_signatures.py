"""A second signature, a picture of one, and remarks at fields, by commands."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import keys
import pictures
import pytest
from shell import quick_keys

from sochibo.sealing.trust import root_of

if TYPE_CHECKING:
    from shell import Shell, World


@pytest.fixture
def secret(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    quick_keys(monkeypatch)
    return "--passphrase-file", world.secret


@pytest.fixture
def cell(world: World, tmp_path: Path) -> Path:
    return Path(shutil.copy(world.cell, tmp_path / "cell.sochibo"))


@pytest.fixture
def committee(world: World, tmp_path: Path) -> Path:
    return Path(shutil.copy(world.committee, tmp_path / "committee.sochibo"))


def test_the_minute_taker_enrols_beside_the_secretary_and_signs_the_file_on_the_stick(
    shell: Shell, world: World, cell: Path, committee: Path, secret: tuple[str, Path], tmp_path: Path
) -> None:
    stick = Path(shutil.copytree(world.stick, tmp_path / "USB"))
    minutes = next(stick.glob("* BB *.pdf"))
    key, request, paper = tmp_path / "key.p12", tmp_path / "request.pdf", tmp_path / "certificate.pem"
    who = minute_taker(cell)
    assert shell("key", "beside", cell, key, request, "--person", who, *secret).code == 0
    enrolled = shell("committee", "enrol", committee, request, paper, "--beside", *secret)
    assert enrolled.code == 0
    states = [one["state"] for one in shell("committee", "signers", committee, "--json").json()]
    assert states == ["signs", "signs"]
    once = minutes.read_bytes()
    own = shell("countersign", cell, minutes, *secret)
    assert (own.code, "Q89" in own.err) == (1, True)
    picture = tmp_path / "ky.png"
    picture.write_bytes(pictures.scan())
    signed = shell("countersign", cell, minutes, "--key", key, "--picture", picture, *secret)
    assert (signed.code, who in signed.out) == (0, True)
    both = minutes.read_bytes()
    assert both.startswith(once)
    assert b"/SMask" in both[len(once) :]
    again = shell("countersign", cell, minutes, "--key", key, *secret)
    assert (again.code, "Q88" in again.err) == (1, True)
    unknown = shell("countersign", cell, "99-BB/CB", "--key", key, *secret)
    assert (unknown.code, "C22" in unknown.err) == (1, True)


def minute_taker(book: Path) -> str:
    """Return whose name stands under the second field of the minutes."""
    from sochibo.book.book import Book
    from sochibo.rules.reports import ReportKind

    with Book.open(book, read_only=True) as opened:
        (document,) = opened.reports.documents(ReportKind.MINUTES)
        waiting = opened.countersigning.waiting(document.id)
        assert waiting is not None
        return waiting.person


def test_a_picture_is_kept_looked_at_and_wiped(shell: Shell, cell: Path, tmp_path: Path) -> None:
    file, drawn = tmp_path / "ky.jpg", tmp_path / "drawn.png"
    file.write_bytes(pictures.photograph())
    assert "no picture" in shell("key", "picture", cell).out
    assert shell("key", "picture", cell, file, "--out", drawn).code == 0
    assert drawn.read_bytes().startswith(b"\x89PNG")
    both = shell("key", "picture", cell, file, "--remove")
    assert both.code == 2
    assert "no picture" in shell("key", "picture", cell, "--remove").out
    file.write_bytes(b"nothing")
    refused = shell("key", "picture", cell, file)
    assert (refused.code, "S40" in refused.err) == (1, True)


def test_remarks_point_at_fields_that_are_listed(shell: Shell, world: World, committee: Path) -> None:
    assert shell("receive", committee, world.stick).code == 0
    summary = next(
        one["id"] for one in shell("inbox", "list", committee, "--json").json() if one["kind"] == "summary"
    )
    fields = shell("inbox", "fields", committee, summary, "--json").json()
    assert {"field": "meetings.0.attendance", "name": "Attendance of 3 Nov 2025"} in fields
    assert "meetings.0.attendance" in shell("inbox", "fields", committee, summary).out
    wrong = shell("inbox", "return", committee, summary, "--field", "nowhere", "--remark", "Xem lại.")
    assert (wrong.code, "C23" in wrong.err, "meetings.0.votes" in wrong.err) == (1, True, True)
    assert shell("inbox", "return", committee, summary, "--field", "members").code == 2
    (returned,) = shell(
        "inbox", "return", committee, summary, "--field", "meetings.0.attendance", "--remark",
        "Xem lại số người có mặt.", "--field", "members", "--remark", "Thiếu một.", "--remark", "Gửi lại.",
        "--json",
    ).json()  # fmt: skip
    assert (returned["decision"], returned["counts"]) == ("returned", False)
    assert [(one["field"], one["text"]) for one in returned["remarks"]] == [
        ("meetings.0.attendance", "Xem lại số người có mặt."), ("members", "Thiếu một."), ("", "Gửi lại."),
    ]  # fmt: skip
    assert returned["remarks"][0]["name"].endswith("03/11/2025")


def test_a_trust_package_that_came_with_slips_is_shown_before_it_is_trusted(
    shell: Shell, cell: Path, committee: Path, secret: tuple[str, Path], tmp_path: Path
) -> None:
    back = tmp_path / "back"
    back.mkdir()
    assert shell("key", "make", committee, "--person", "Đào Thị Mơ", *secret).code == 0
    assert shell("committee", "trust", committee, back / "trust.pdf", *secret).code == 0
    shown = shell("receive", cell, back)
    assert (shown.code, "--compared" in shown.err) == (1, True)
    assert shell("key", "trust", cell, back / "trust.pdf", "--compared").code == 0
    assert shell("committee", "trust", committee, back / "newer.pdf", "--renew", *secret).code == 0
    taken = shell("receive", cell, back)
    assert (taken.code, "trust file" in taken.out) == (0, True)


def test_an_official_root_is_distrusted_and_trusted_again(
    shell: Shell, committee: Path, tmp_path: Path
) -> None:
    file = tmp_path / "goc.pem"
    file.write_text(root_of(keys.authority("state")))
    assert shell("committee", "roots", committee, file, "--compared").code == 0
    (root,) = shell("committee", "roots", committee, "--json").json()
    assert root["ended_on"] is None
    ended = shell("committee", "roots", committee, "--distrust", root["fingerprint"][:12], "--json").json()
    assert ended[0]["ended_on"] is not None
    twice = shell("committee", "roots", committee, "--distrust", root["fingerprint"][:12])
    assert (twice.code, "X13" in twice.err) == (1, True)
    again = shell("committee", "roots", committee, "--again", root["fingerprint"][:12])
    assert root["name"] in again.out
    assert shell("committee", "roots", committee, "--json").json() == [root]
