"""Time stamps: asked for only where a person wants one, and believed only where all of it holds."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import keys
import pytest
import stamps
from asn1crypto import cms, crl, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from loopback import serving
from tampering import code

from sochibo.documents.papers import Paper
from sochibo.sealing import fetching
from sochibo.sealing.checks import Outcome, checks_of
from sochibo.sealing.fetching import (
    AddressUnusable,
    AnswerRefused,
    AnswerUnusable,
    FetchStopped,
    NotReached,
    SlowAnswer,
)
from sochibo.sealing.loop import run
from sochibo.sealing.seals import ClockWrong, judge, seal
from sochibo.sealing.signatures import sign
from sochibo.sealing.timestamps import StampSource, stamper
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.sealing.trust import Trust

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def stamped(summary: Paper) -> bytes:
    """A summary sealed with a stamp of half an hour later."""
    return stamps.sealed_with_stamp(summary, at=keys.NOW + HOUR / 2)


# What a stamp is worth.


def test_a_stamp_of_a_known_authority_is_told(stamped: bytes, trust: Trust) -> None:
    judged = judge(stamped, stamps.believing(trust, stamps.authority()), keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V27", Level.ACCEPT)
    assert judged.verdict.fields["stamped"] == keys.NOW + HOUR / 2
    assert judged.seal is not None
    assert judged.seal.stamped_at == keys.NOW + HOUR / 2
    assert judged.seal.claimed_at == keys.NOW
    (told,) = [check for check in checks_of(judged.found) if check.verdict]
    assert told.outcome is Outcome.FINE


def test_a_stamp_of_an_unknown_authority_counts_as_none_and_says_so(stamped: bytes, trust: Trust) -> None:
    judged = judge(stamped, trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V28", Level.NOTE)
    assert judged.verdict.fields["authority"] == "Dấu thời gian thử tsa"
    assert judged.seal is not None
    assert judged.seal.stamped_at is None


def test_without_a_trust_the_signer_is_what_is_not_judged(stamped: bytes) -> None:
    assert code(stamped, None) == "V17"


@pytest.mark.parametrize("listed", [None, keys.NOW - timedelta(days=500)], ids=["no list", "an old list"])
def test_an_authority_without_a_fresh_list_counts_as_none(
    listed: datetime | None, stamped: bytes, trust: Trust
) -> None:
    assert code(stamped, stamps.believing(trust, stamps.authority(), listed=listed)) == "V30"


def test_a_revoked_authority_puts_the_file_in_doubt(stamped: bytes, trust: Trust) -> None:
    one = stamps.authority()
    believed = stamps.believing(trust, one, listed=None)
    listed = stamps.as_pem(one.list_(keys.ISSUED, one.certificate, days=400))
    judged = judge(stamped, stamps.with_lists(believed, listed), keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V31", Level.HOLD)


@pytest.mark.parametrize(
    ("slot", "uses"),
    [
        ("no purpose", ()),
        ("another purpose", (ExtendedKeyUsageOID.EMAIL_PROTECTION,)),
        ("two purposes", (stamps.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION)),
    ],
)
def test_a_certificate_that_is_not_for_stamping_stamps_nothing(
    slot: str, uses: tuple[Any, ...], summary: Paper, trust: Trust
) -> None:
    one = stamps.authority(slot, uses)
    made = stamps.sealed_with_stamp(summary, by=one)
    assert code(made, stamps.believing(trust, one)) == "V29"
    assert code(made, trust) == "V29"


def test_a_stamp_from_after_its_certificate_ran_out_is_none(summary: Paper, trust: Trust) -> None:
    ended = stamps.authority("ended", ends=keys.NOW - HOUR)
    made = stamps.sealed_with_stamp(summary, by=ended)
    assert code(made, stamps.believing(trust, ended)) == "V29"


def test_minutes_may_bear_a_stamp_on_each_signature(minutes: Paper, trust: Trust) -> None:
    chaired = stamps.sealed_with_stamp(minutes, "chair")
    both = stamps.sealed_with_stamp(Paper(chaired, minutes.spaces), "minute_taker", keys.cell_key("second"))
    believed = stamps.believing(trust, stamps.authority())
    known = stamps.knowing(believed, keys.registered(keys.cell_key("second")))
    judged = judge(both, known, keys.DAY)
    assert judged.verdict.code == "V27"
    assert [one.code for one in judged.found] == ["V27", "V27"]
    plain = sign(chaired, minutes.spaces, "minute_taker", keys.cell_key("second"), keys.NOW)
    assert [one.code for one in judge(plain, known, keys.DAY).found] == ["V27"]


# What the stamped time decides.


def test_a_clock_that_was_wrong_is_noted_and_the_stamped_time_counts(summary: Paper, trust: Trust) -> None:
    believed = stamps.believing(trust, stamps.authority())
    late = keys.NOW + timedelta(days=3)
    made = stamps.sealed_with_stamp(summary, at=late)
    judged = judge(made, believed, date(2026, 12, 5))
    assert (judged.verdict.code, judged.verdict.level) == ("V32", Level.NOTE)
    assert judged.verdict.fields == {"claimed": keys.NOW, "stamped": late}


def test_back_dating_does_not_help_against_a_stamp(summary: Paper, trust: Trust) -> None:
    """The registration ended, and the seal claims to be from before; its stamp tells otherwise."""
    ended = keys.trust(keys.registered(keys.cell_key(), until=date(2026, 12, 3)))
    made = stamps.sealed_with_stamp(summary, at=keys.NOW + timedelta(days=5))
    assert code(made, ended, date(2026, 12, 8)) == "V12" or code(made, trust, date(2026, 12, 8)) == "V28"
    assert code(made, stamps.believing(ended, stamps.authority()), date(2026, 12, 8)) == "V12"


def test_a_stamp_from_the_future_puts_the_file_in_doubt(summary: Paper, trust: Trust) -> None:
    made = stamps.sealed_with_stamp(summary, at=keys.NOW + timedelta(days=30))
    assert code(made, stamps.believing(trust, stamps.authority())) == "V10"


@pytest.mark.parametrize(
    ("revoked", "expected"),
    [(keys.NOW + timedelta(hours=5), "V27"), (keys.NOW - timedelta(hours=5), "V06")],
    ids=["stamped before", "stamped after"],
)
def test_what_was_stamped_before_the_revocation_is_accepted_whenever_it_comes(
    revoked: datetime, expected: str, stamped: bytes, sealed: bytes
) -> None:
    """Without a stamp only the day of receipt proves that a seal is older than the revocation of its key."""
    key, come = keys.cell_key(), date(2026, 12, 20)
    known = keys.trust(keys.registered(key), revoked={keys.serial_of(key): revoked}, listed=revoked)
    believed = stamps.believing(known, stamps.authority())
    assert code(stamped, believed, come) == expected
    assert code(sealed, believed, come) == "V06"
    assert code(stamped, known, come) == "V06"


def test_a_list_that_has_run_out_does_not_tell_when_a_key_was_revoked(stamped: bytes) -> None:
    key, later = keys.cell_key(), keys.NOW + timedelta(hours=5)
    known = keys.trust(keys.registered(key), revoked={keys.serial_of(key): later}, listed=later)
    believed = stamps.believing(known, stamps.authority(), listed=later + timedelta(days=390))
    assert code(stamped, believed, date(2028, 1, 20)) == "V21"


def test_a_stamp_keeps_a_seal_good_after_its_certificate_has_run_out(summary: Paper) -> None:
    key = keys.cell_key(issued=datetime(2024, 12, 5, 9, 0, tzinfo=keys.VIETNAM))
    known = keys.trust(keys.registered(key))
    made = stamps.sealed_with_stamp(summary, key=key)
    late = date(2026, 12, 20)
    assert code(made, known, late) == "V20"
    assert code(made, stamps.believing(known, stamps.authority()), late) == "V27"


# How it is asked for.


def test_sealing_with_a_stamp_asks_once_and_tells_no_more_than_a_digest(summary: Paper, trust: Trust) -> None:
    asked: list[bytes] = []

    def answer(path: str, body: bytes) -> tuple[int, bytes]:
        assert path == "/tsa?a=1"
        asked.append(body)
        return 200, stamps.authority().answer(body, keys.NOW)

    with serving(answer) as address:
        made = seal(summary, keys.cell_key(), "secretary", keys.NOW, StampSource(f"{address}/tsa?a=1"))
    assert code(made, stamps.believing(trust, stamps.authority())) == "V27"
    (request,) = (tsp.TimeStampReq.load(body, strict=True) for body in asked)
    assert request["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
    assert len(asked[0]) < 100


def test_what_an_authority_sends_along_besides_is_left_out_of_the_seal(summary: Paper, trust: Trust) -> None:
    """Lists, and certificates that vouch for nobody here, are held by no signature."""

    def answer(_path: str, body: bytes) -> tuple[int, bytes]:
        made = tsp.TimeStampResp.load(stamps.authority().answer(body, keys.NOW))
        data = made["time_stamp_token"]["content"]
        other = stamps.authority("other").certificate.public_bytes(Encoding.DER)
        data["certificates"].append(cms.CertificateChoices("certificate", x509.Certificate.load(other)))
        data["crls"] = [crl.CertificateList.load(stamps.authority().list_(keys.ISSUED))]
        return 200, made.dump()

    with serving(answer) as address:
        made = seal(summary, keys.cell_key(), "secretary", keys.NOW, StampSource(address))
    assert code(made, stamps.believing(trust, stamps.authority())) == "V27"
    assert stamps.authority("other").certificate.public_bytes(Encoding.DER).hex().encode() not in made.lower()


def test_without_the_wish_nobody_is_asked(summary: Paper, trust: Trust) -> None:
    """The audit hook of `conftest.py` refuses and reports every socket outside such a block as above."""
    assert code(seal(summary, keys.cell_key(), "secretary", keys.NOW), trust) == "V00"


def test_if_no_stamp_comes_nothing_is_sealed(summary: Paper) -> None:
    with serving(lambda _path, _body: (503, b"")) as address, pytest.raises(AnswerRefused):
        seal(summary, keys.cell_key(), "secretary", keys.NOW, StampSource(address))


def test_a_clock_that_is_wrong_is_told_before_anything_is_sealed(summary: Paper) -> None:
    with stamps.stamping(at=keys.NOW + timedelta(days=40)) as source, pytest.raises(ClockWrong):
        seal(summary, keys.cell_key(), "secretary", keys.NOW, source)


def ask(source: StampSource) -> object:
    """Ask for a stamp as sealing does, which without one comes to no end."""
    return run(stamper(source).async_timestamp(bytes(32), "sha256"))


@contextmanager
def never_answering() -> Iterator[str]:
    """Serve requests that nobody answers before the block ends."""
    done = Event()

    def answer(_path: str, _body: bytes) -> tuple[int, bytes]:
        done.wait(10)
        return 0, b""

    with serving(answer) as address:
        try:
            yield address
        finally:
            done.set()


def refusing(request: bytes) -> bytes:
    del request
    # The status alone: 2, rejection.
    return bytes.fromhex("30053003020102")


def of_something_else(request: bytes) -> bytes:
    other = tsp.TimeStampReq.load(request)
    other["message_imprint"]["hashed_message"] = b"other" + bytes(27)
    return stamps.authority().answer(bytes(other.dump(force=True)), keys.NOW)


def of_another_time(request: bytes) -> bytes:
    other = tsp.TimeStampReq.load(request)
    other["nonce"] = 7
    return stamps.authority().answer(bytes(other.dump(force=True)), keys.NOW)


def without_certificates(request: bytes) -> bytes:
    answer = tsp.TimeStampResp.load(stamps.authority().answer(request, keys.NOW))
    answer["time_stamp_token"]["content"]["certificates"] = []
    return bytes(answer.dump(force=True))


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda body: (200, refusing(body)), AnswerRefused),
        (lambda _: (404, b"not here"), AnswerRefused),
        (lambda _: (302, b""), AnswerRefused),
        (lambda _: (500, b""), AnswerRefused),
        (lambda _: (200, b""), AnswerUnusable),
        (lambda _: (200, b"<html>"), AnswerUnusable),
        (lambda _: (200, bytes(10**6)), AnswerUnusable),
        (lambda body: (200, stamps.authority().answer(body, keys.NOW)[:-9]), AnswerUnusable),
        (lambda body: (200, of_something_else(body)), AnswerUnusable),
        (lambda body: (200, of_another_time(body)), AnswerUnusable),
        (lambda body: (200, without_certificates(body)), AnswerUnusable),
        (lambda _: (0, b""), AnswerUnusable),
    ],
    ids=[
        "refused", "not found", "sent elsewhere", "broken down", "empty", "a page", "a million bytes",
        "cut short", "of something else", "of another request", "without a certificate", "no answer",
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_said(answer: Any, fault: Any) -> None:  # noqa: ANN401 - lambdas
    with serving(lambda _path, body: answer(body)) as address, pytest.raises(fault):
        ask(StampSource(address))


def test_a_machine_that_is_not_there_is_said() -> None:
    with serving(lambda _path, _body: (200, b"")) as address, pytest.raises(NotReached):
        # Nobody listens on port 1.
        ask(StampSource(f"{address[: address.rindex(':')]}:1"))


def test_a_slow_machine_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_SILENCE", 0.1)
    with never_answering() as address, pytest.raises(SlowAnswer):
        ask(StampSource(address))


def test_nobody_waits_longer_than_patience_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PATIENCE", 0.2)
    with never_answering() as address, pytest.raises(SlowAnswer):
        ask(StampSource(address))


def test_a_person_can_stop_waiting() -> None:
    with never_answering() as address, pytest.raises(FetchStopped):
        ask(StampSource(address, lambda: False))


@pytest.mark.parametrize(
    "address",
    ["", "tsa.example.com", "ftp://example.com/", "file:///etc/passwd", "http://", "http://a b/", "http://ä/",
     "http://x:99999999/", "http://user:word@example.com/", "http://[::1", "http://a/" + "a" * 1000],
)  # fmt: skip
def test_an_address_that_names_no_machine_is_refused(address: str) -> None:
    with pytest.raises(AddressUnusable):
        ask(StampSource(address))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("chain", [(), ("-chain",)], ids=["alone", "with its root"])
def test_what_openssl_stamps_is_taken_and_believed(
    chain: tuple[str, ...], summary: Paper, trust: Trust, tmp_path: Path
) -> None:
    """An authority that nobody here wrote."""
    one = stamps.authority()
    stamps.write_openssl(one, tmp_path, whole=bool(chain))

    def answer(_path: str, body: bytes) -> tuple[int, bytes]:
        (tmp_path / "query").write_bytes(body)
        command = ("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        return 200, (tmp_path / "reply").read_bytes()

    now = datetime.now(UTC)
    key = keys.cell_key("today", issued=now - timedelta(days=20))
    with serving(answer) as address:
        made = sign(summary.pdf, summary.spaces, "secretary", key, now, StampSource(address))
    known = stamps.knowing(trust, keys.registered(key))
    found = [each.code for each in judge(made, stamps.believing(known, one, listed=now), now.date()).found]
    assert "V27" in found
