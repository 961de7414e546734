"""Seals as they are made: judged before they leave, as the profile says, without a network."""

from __future__ import annotations

import hashlib
import io
import socket
import subprocess
import sys
from datetime import timedelta
from typing import NoReturn

import keys
import pikepdf
import pytest
import reports

from sochibo.documents.envelopes import digest
from sochibo.documents.papers import Paper, SignatureSpace, assemble, payload_of
from sochibo.sealing.keys import KeyExpired, KeyNotYetValid
from sochibo.sealing.seals import SealFailed, judge, seal
from sochibo.sealing.trust import Trust, write_trust


def test_a_sealed_file_begins_with_the_paper_itself(summary: Paper, sealed: bytes) -> None:
    assert sealed.startswith(summary.pdf)
    assert payload_of(sealed) == payload_of(summary.pdf)


def test_a_summary_is_certified_so_that_nothing_may_follow(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as document:
        signature = document.Root.Perms.DocMDP
        assert signature.Reference[0].TransformParams.P == 1
        assert signature.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert [str(field.T) for field in document.Root.AcroForm.Fields] == ["secretary"]
        # pyHanko writes 2.0 for some keys, which PDF/A-3 forbids.
        assert document.Root.get("/Version", pikepdf.Name("/1.7")) == pikepdf.Name("/1.7")


def test_minutes_have_room_for_two(chaired: bytes) -> None:
    with pikepdf.open(io.BytesIO(chaired)) as document:
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2
        fields = {str(field.T): "/V" in field for field in document.Root.AcroForm.Fields}
    assert fields == {"chair": True, "minute_taker": False}


def test_the_second_seal_is_put_on_the_sealed_file(minutes: Paper, chaired: bytes, trust: Trust) -> None:
    both = seal(Paper(chaired, minutes.spaces), keys.cell_key(), "minute_taker", keys.NOW)
    judged = judge(both, trust, keys.DAY)
    assert judged.verdict.code == "V00"
    assert judged.seal is not None
    assert judged.seal.role == "minute_taker"


def test_a_roll_up_is_sealed_as_well_with_a_key_as_long_as_a_real_one() -> None:
    paper = assemble(reports.wrap(reports.rollup()))
    real = keys.own_key("real", bits=3072)
    sealed = seal(paper, real, "secretary", keys.NOW + timedelta(days=10))
    assert judge(sealed, None, keys.DAY + timedelta(days=10)).verdict.code == "V17"


def test_what_is_told_of_a_file(sealed: bytes, trust: Trust) -> None:
    judged = judge(sealed, trust, keys.DAY)
    assert judged.sha256 == hashlib.sha256(sealed).hexdigest()
    assert judged.digest == digest(reports.wrap(reports.summary()))
    assert judged.seal is not None
    assert (judged.seal.person, judged.seal.role) == ("Nguyễn Văn Mẫu", "secretary")
    assert judged.seal.organisation_id == keys.UNIT


def test_a_key_out_of_its_days_does_not_seal(summary: Paper) -> None:
    key = keys.cell_key()
    with pytest.raises(KeyExpired):
        seal(summary, key, "secretary", key.not_after + timedelta(days=1))
    with pytest.raises(KeyNotYetValid):
        seal(summary, key, "secretary", key.not_before - timedelta(days=1))


def test_a_clock_that_is_wrong_does_not_let_a_file_leave(summary: Paper) -> None:
    with pytest.raises(SealFailed) as raised:
        seal(summary, keys.cell_key(), "secretary", keys.ISSUED)
    assert raised.value.fields == {"code": "V10"}


def test_a_paper_whose_data_lie_is_not_sealed(summary: Paper) -> None:
    from sochibo.documents.envelopes import encode

    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        lie = encode(reports.wrap(reports.summary(), revision=3))
        document.attachments["sochibo.json"].obj.EF.F.write(lie)
        written = io.BytesIO()
        document.save(written)
    with pytest.raises(SealFailed) as raised:
        seal(Paper(written.getvalue(), summary.spaces), keys.cell_key(), "secretary", keys.NOW)
    assert raised.value.fields == {"code": "V07"}


def test_a_paper_is_sealed_only_where_it_has_a_space(summary: Paper) -> None:
    with pytest.raises(ValueError, match="no space"):
        seal(summary, keys.cell_key(), "chair", keys.NOW)
    wrong = Paper(summary.pdf, (SignatureSpace("chair", 0, (50, 50, 100, 100)),))
    with pytest.raises(SealFailed):
        seal(wrong, keys.cell_key(), "chair", keys.NOW)


def test_two_papers_sealed_one_after_the_other_do_not_mix(minutes: Paper, summary: Paper) -> None:
    """A stamp style used twice would leave references into the first file in the second."""
    for _ in range(2):
        assert judge(seal(minutes, keys.own_key(), "chair", keys.NOW), None, keys.DAY).verdict.code == "V17"
        assert (
            judge(seal(summary, keys.own_key(), "secretary", keys.NOW), None, keys.DAY).verdict.code == "V17"
        )


def test_no_socket_is_opened_not_even_by_an_event_loop(
    summary: Paper, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    for name in ("socket", "socketpair", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    sealed = seal(summary, keys.cell_key(), "secretary", keys.NOW)
    assert judge(sealed, trust, keys.DAY).verdict.code == "V00"


def test_judging_works_where_qt_is_not_installed(
    sealed: bytes, trust: Trust, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("no-qt")
    (folder / "a.pdf").write_bytes(sealed)
    (folder / "t.json").write_bytes(write_trust(trust))
    program = (
        "import sys, datetime, pathlib\n"
        "sys.modules['PySide6'] = None\n"
        "from sochibo.sealing.seals import judge\n"
        "from sochibo.sealing.trust import read_trust\n"
        "trust = read_trust(pathlib.Path('t.json').read_bytes(), 't.json')\n"
        "print(judge(pathlib.Path('a.pdf').read_bytes(), trust, datetime.date(2026, 12, 2)).verdict.code)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (ended.stdout.strip(), ended.stderr) == ("V00", "")


def test_importing_loads_no_heavy_library() -> None:
    program = (
        "import sys, sochibo.sealing.seals, sochibo.sealing.keys, sochibo.sealing.trust\n"
        "print(sorted({'pyhanko', 'pikepdf', 'cryptography', 'reportlab', 'aiohttp'} & set(sys.modules)))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
