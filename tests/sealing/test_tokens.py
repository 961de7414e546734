"""Sealing with a token: a real one in software, whose key never leaves it and whose PIN is tried once."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import keys
import pkcs11
import pytest
import reports
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from keys import BITS, DAY, NOW, UNIT, private_key
from softhsm import LABEL, PIN, WRONG_PIN, Token

from sochibo.documents.papers import assemble
from sochibo.sealing import tokens
from sochibo.sealing.keys import KeyExpired, KeyNotYetValid, KeyOfOtherKind, TokenReference, request_of
from sochibo.sealing.seals import judge, seal
from sochibo.sealing.token_keys import open_token
from sochibo.sealing.tokens import NoDriver, NoToken, PinLastTry, PinLow, TokenGone, TokenLocked, WrongPin
from sochibo.sealing.trust import issue, read_certificate, root_of

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.tokens import TokenCertificate


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Token:
    return Token(tmp_path, monkeypatch)


@pytest.fixture
def seen(token: Token) -> TokenCertificate:
    return token.put(private_key("token", BITS), unit=UNIT)


def opened(seen: TokenCertificate, pin: str = PIN) -> SigningKey:
    return open_token(seen.reference, seen.pem, pin)


def test_a_token_shows_label_name_organisation_and_expiry_without_a_pin(seen: TokenCertificate) -> None:
    assert seen.reference.label == LABEL
    assert (seen.facts.person, seen.facts.organisation) == ("Nguyễn Văn Mẫu", "Chi bộ Thôn 4")
    assert seen.facts.not_after > NOW
    assert seen.pin == tokens.Pin.FINE


@pytest.mark.parametrize("curve", [False, True], ids=["RSA", "P-256"])
def test_one_pin_seals_several_papers_which_the_receiver_accepts(token: Token, *, curve: bool) -> None:
    private = ec.generate_private_key(ec.SECP256R1()) if curve else private_key("token", BITS)
    key = opened(token.put(private, unit=UNIT))
    trust = replace(keys.trust(keys.registered(key), listed=None), roots=(root_of(key),))
    for report in (reports.summary(), reports.summary()):
        sealed = seal(assemble(reports.wrap(report)), key, "secretary", NOW)
        assert judge(sealed, trust, DAY).verdict.code == "V00"
    assert key.passphrase == ""
    assert key.pkcs12 == b""


def test_the_key_never_leaves_the_token(seen: TokenCertificate) -> None:
    private = opened(seen).unlocked[0]
    with pytest.raises(UnsupportedAlgorithm):
        private.private_numbers()


def test_a_wrong_pin_is_tried_once_and_never_again(
    seen: TokenCertificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = tokens._token  # noqa: SLF001 - the one place where a session begins

    class Counting:
        def __init__(self, inner: object) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> object:
            return getattr(self._inner, name)

        def open(self, *, user_pin: str) -> object:
            tried.append(user_pin)
            return self._inner.open(user_pin=user_pin)  # type: ignore[attr-defined] # a token's

    monkeypatch.setattr(tokens, "_token", lambda reference: (Counting(real(reference)[0]), ""))
    with pytest.raises(WrongPin) as refused:
        opened(seen, WRONG_PIN)
    assert tried == [WRONG_PIN]
    assert refused.value.advice != ""


def test_after_a_wrong_pin_the_right_one_is_still_asked_for(seen: TokenCertificate) -> None:
    """The driver keeps one login for the whole program: a key in use must not open the token for others."""
    first = opened(seen)
    with pytest.raises(WrongPin):
        opened(seen, WRONG_PIN)
    assert opened(seen).fingerprint == first.fingerprint


def test_a_key_forgotten_late_does_not_end_the_login_of_the_next(seen: TokenCertificate) -> None:
    """A driver that starts afresh gives the same numbers out again."""
    first = opened(seen)
    second = opened(seen)
    paper = assemble(reports.wrap(reports.summary()))
    with pytest.raises(TokenGone):
        seal(paper, first, "secretary", NOW)
    del first
    gc.collect()
    assert seal(paper, second, "secretary", NOW).startswith(paper.pdf)


@pytest.mark.parametrize(
    ("flag", "fault"),
    [
        (pkcs11.TokenFlag.USER_PIN_COUNT_LOW, PinLow),
        (pkcs11.TokenFlag.USER_PIN_FINAL_TRY, PinLastTry),
        (pkcs11.TokenFlag.USER_PIN_LOCKED, TokenLocked),
    ],
)
def test_tries_left_are_told_where_the_token_tells(
    flag: pkcs11.TokenFlag, fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SoftHSM warns but never locks itself, so the token here is one that only refuses."""

    class Refusing:
        flags = pkcs11.TokenFlag(0)

        def open(self, *, user_pin: str) -> None:
            type(self).flags = flag
            raise pkcs11.PinIncorrect(user_pin)

    monkeypatch.setattr(tokens, "_token", lambda _reference: (Refusing(), ""))
    with pytest.raises(fault):
        tokens.log_in(TokenReference("x", "x", "x", "a1"), WRONG_PIN)


def test_a_locked_token_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Locked:
        flags = pkcs11.TokenFlag.USER_PIN_LOCKED

        def open(self, *, user_pin: str) -> None:
            pytest.fail(f"a PIN was tried: {user_pin}")

    monkeypatch.setattr(tokens, "_token", lambda _reference: (Locked(), ""))
    with pytest.raises(TokenLocked):
        tokens.log_in(TokenReference("x", "x", "x", "a1"), PIN)


@pytest.mark.parametrize(
    ("moved", "fault"), [(timedelta(days=-800), KeyExpired), (timedelta(days=30), KeyNotYetValid)]
)
def test_a_key_out_of_its_time_is_refused_before_the_pin_is_tried(
    token: Token, moved: timedelta, fault: type[Exception]
) -> None:
    seen = token.put(private_key("token", BITS), unit=UNIT, issued=NOW + moved)
    with pytest.raises(fault):
        open_token(seen.reference, seen.pem, WRONG_PIN, NOW)


def test_an_empty_pin_costs_no_try(seen: TokenCertificate) -> None:
    with pytest.raises(WrongPin):
        opened(seen, "")
    # After a real wrong try the token itself would warn.
    assert tokens.certificates()[0].pin == tokens.Pin.FINE


def test_a_token_that_is_not_there_is_named_so(seen: TokenCertificate) -> None:
    other = replace(seen.reference, serial="0" * 16)
    with pytest.raises(NoToken):
        open_token(other, seen.pem, PIN)


def test_a_token_pulled_out_between_pin_and_seal_is_a_plain_fault(seen: TokenCertificate) -> None:
    key = opened(seen)
    pkcs11.lib(seen.reference.driver).reinitialize()
    with pytest.raises(TokenGone):
        seal(assemble(reports.wrap(reports.summary())), key, "secretary", NOW)


def test_an_empty_token_and_a_missing_driver_differ(
    token: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoToken):
        tokens.certificates(token.driver)
    monkeypatch.setenv(tokens.DRIVER_VARIABLE, str(tmp_path / "missing.so"))
    with pytest.raises(NoDriver):
        tokens.certificates()


def test_what_is_no_driver_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "driver.so").write_bytes(b"no library")
    with pytest.raises(NoToken):
        tokens.certificates(tmp_path / "driver.so")


def test_a_short_key_on_a_token_is_refused(token: Token) -> None:
    seen = token.put(ec.generate_private_key(ec.SECP384R1()), unit=UNIT)
    with pytest.raises(KeyOfOtherKind):
        opened(seen)


def test_the_committee_issues_a_certificate_for_a_key_on_a_token(seen: TokenCertificate) -> None:
    chain = issue(keys.authority(), request_of(opened(seen), now=NOW), datetime.now(keys.VIETNAM))
    assert read_certificate(chain).organisation_id == UNIT
    assert open_token(seen.reference, chain.decode(), PIN).issued


def test_every_usual_driver_is_named_for_some_system() -> None:
    assert "opensc-pkcs11.dll" in tokens._usual("windows")  # noqa: SLF001 - data of a file, read for a system
    assert any(name.endswith("opensc-pkcs11.so") for name in tokens._usual("linux"))  # noqa: SLF001 - as above
