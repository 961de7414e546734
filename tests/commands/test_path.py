"""The whole path by commands: from a roster to a sealed summary that the committee accepts and adds up."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


def changed(path: Path, to: Path) -> Path:
    """Copy a file with one byte changed."""
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    to.write_bytes(bytes(data))
    return to


def test_a_sealed_summary_is_accepted_by_whoever_has_the_trust_file(world: World, shell: Shell) -> None:
    done = shell("verify", world.sealed, "--trust", world.trust)
    assert done.code == 0
    assert "(V00)" in done.out
    assert "Nguyễn Văn Bưởi" in done.out


def test_the_figures_are_read_out_as_json(world: World, shell: Shell) -> None:
    done = shell("verify", world.sealed, "--trust", world.trust, "--json")
    assert done.code == 0
    (found,) = done.json()
    assert (found["level"], found["code"], found["kind"], found["period"]) == (
        "accept",
        "V00",
        "summary",
        "2025-11",
    )
    assert found["organisation"] == "Chi bộ Thôn 4"
    assert set(found) == {
        "file", "sha256", "level", "code", "sentence", "advice", "kind", "period", "number", "organisation",
        "organisation_id", "revision", "signer", "fingerprint", "claimed_at", "stamped_at", "digest",
        "checks",
    }  # fmt: skip


def test_without_a_trust_file_nobody_says_whose_seal_it_is(world: World, shell: Shell) -> None:
    done = shell("verify", world.sealed)
    assert done.code == 1
    assert "(V17)" in done.out


def test_one_changed_byte_is_refused(world: World, shell: Shell, tmp_path: Path) -> None:
    done = shell("verify", changed(world.sealed, tmp_path / "x.pdf"), "--trust", world.trust)
    assert done.code == 1
    assert "V03" in done.out or "V01" in done.out


def test_a_folder_is_judged_whole(world: World, shell: Shell) -> None:
    done = shell("verify", world.stick, "--trust", world.trust, "--json")
    assert {each["kind"] for each in done.json()} == {"summary", "minutes"}


def test_a_folder_without_a_pdf_is_told(shell: Shell, tmp_path: Path) -> None:
    done = shell("verify", tmp_path)
    assert (done.code, "(C07)" in done.err) == (1, True)


def test_the_committee_receives_and_adds_up(world: World, shell: Shell, tmp_path: Path) -> None:
    committee = tmp_path / "committee.sochibo"
    shutil.copyfile(world.committee, committee)
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copyfile(world.sealed, stick / world.sealed.name)
    done = shell("receive", committee, stick, "--json")
    assert done.code == 0, done.out
    (found,) = done.json()
    assert (found["code"], found["unit"], found["counts"]) == ("V00", "Chi bộ Thôn 4", True)
    again = shell("receive", committee, stick)
    assert (again.code, "(V13)" in again.out) == (0, True)
    up = shell("rollup", committee, "--period", "2025-11", "--out", tmp_path / "up")
    assert up.code == 0, up.err
    (paper,) = (tmp_path / "up").glob("*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")


def test_a_changed_file_in_the_folder_is_refused_and_the_rest_kept(
    world: World, shell: Shell, tmp_path: Path
) -> None:
    committee = tmp_path / "committee.sochibo"
    shutil.copyfile(world.committee, committee)
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copyfile(world.sealed, stick / "a.pdf")
    changed(world.sealed, stick / "b.pdf")
    done = shell("receive", committee, stick)
    assert done.code == 1
    assert "(V00)" in done.out
    assert "Refused" in done.out


def test_what_was_issued_is_written_again_as_it_was(world: World, shell: Shell, tmp_path: Path) -> None:
    done = shell("report", world.cell, "--period", "2025-11", "--out", tmp_path)
    assert done.code == 0, done.err
    assert next(tmp_path.glob("*.pdf")).read_bytes() == world.sealed.read_bytes()


def test_a_second_import_knows_everybody(world: World, shell: Shell) -> None:
    done = shell("import", world.cell, world.roster, "--dry-run")
    assert done.code == 0
    assert "new 0, known 30, left out 1" in done.out
    assert "nothing" in done.out.lower()


def test_a_name_that_is_not_on_the_roll_is_refused_with_its_place(
    world: World, shell: Shell, tmp_path: Path
) -> None:
    data = json.loads(world.meeting.read_text("utf-8")) | {"on": "2025-12-03", "chair": "Người Lạ"}
    file = tmp_path / "december.json"
    file.write_text(json.dumps(data), "utf-8")
    done = shell("meeting", "add", world.cell, file)
    assert (done.code, done.out) == (1, "")
    assert "“Người Lạ” is not on the roll" in done.err


def test_every_table_is_drawn_in_vietnamese(world: World, shell: Shell) -> None:
    done = shell("verify", world.sealed, "--trust", world.trust, language="vi")
    assert "Người ký: Nguyễn Văn Bưởi" in done.out


@pytest.mark.parametrize("kind", ["summary", "minutes"])
def test_papers_leave_unsealed_where_no_seal_is_asked_for(
    world: World, shell: Shell, tmp_path: Path, kind: str
) -> None:
    cell = tmp_path / "cell.sochibo"
    assert shell("new", cell, "--name", "Chi bộ A", "--superior", "Đảng bộ B", "--place", "C", "--term-start",
                 "2025-06-01", "--secretary", "Nguyễn Văn Bưởi").code == 0  # fmt: skip
    assert shell("import", cell, world.roster).code == 0
    assert shell("meeting", "add", cell, world.meeting, "--close").code == 0
    done = shell("report", cell, "--period", "2025-11", "--kind", kind, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1


def test_a_meeting_is_not_recorded_twice_by_mistake(tmp_path: Path, world: World, shell: Shell) -> None:
    book = tmp_path / "again.sochibo"
    shutil.copy(world.cell, book)
    second = shell("meeting", "add", book, world.meeting)
    assert second.code == 1
    assert "(C14)" in second.err
    assert shell("meeting", "add", book, world.meeting, "--again").code == 0


def test_a_request_is_looked_at_before_anybody_is_enrolled(
    tmp_path: Path, world: World, shell: Shell
) -> None:
    request, secret = tmp_path / "request.pem", ("--passphrase-file", world.secret)
    told = shell("key", "request", world.cell, request, *secret)
    assert told.code == 0, told.err
    seen = shell("committee", "enrol", world.committee, request, tmp_path / "out.pem", "--dry-run")
    assert seen.code == 0, seen.err
    assert re.search(r"(?m)^([0-9A-F]{4} ){15}[0-9A-F]{4}$", seen.out)
    assert not (tmp_path / "out.pem").exists()


def test_the_trust_file_is_made_anew(tmp_path: Path, world: World, shell: Shell) -> None:
    committee, secret = tmp_path / "committee.sochibo", ("--passphrase-file", world.secret)
    shutil.copy(world.committee, committee)
    for name, options in (("old.json", ()), ("new.json", ("--renew", *secret))):
        done = shell("committee", "trust", committee, tmp_path / name, *options)
        assert done.code == 0, done.err
    old, new = (json.loads((tmp_path / name).read_text())["trust"] for name in ("old.json", "new.json"))
    assert new["number"] == old["number"] + 1
    assert new["revocation_lists"] != old["revocation_lists"]
    assert shell("verify", world.sealed, "--trust", tmp_path / "new.json").code == 0
