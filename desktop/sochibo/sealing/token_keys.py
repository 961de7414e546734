"""A token's key in the shape of any other private key, so that whatever signs need not know the source."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from sochibo.sealing import tokens
from sochibo.sealing.certificates import facts_of, is_self_signed, usable
from sochibo.sealing.keys import KeyDamaged, KeyOfOtherKind, KeySubject, SigningKey, check_day
from sochibo.sealing.tokens import TokenGone

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.sealing.keys import TokenReference
    from sochibo.sealing.tokens import TokenSession

__all__ = ["open_token"]


def open_token(reference: TokenReference, chain: str, pin: str, now: datetime | None = None) -> SigningKey:
    """Open a key on a token with one try of the PIN; `chain` is its certificate (PEM, issuers after it).

    The session lasts as long as the key, so that many papers are sealed with one PIN. Raises the faults of
    `tokens`, KeyNotUsable for a certificate that cannot seal; with `now` also for one that has run out,
    before the PIN is tried.
    """
    try:
        certificate, *above = x509.load_pem_x509_certificates(chain.encode())
    except ValueError as error:
        raise KeyDamaged from error
    public = certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) or not usable(public):
        raise KeyOfOtherKind
    facts = facts_of(certificate)
    shape: type[_RsaKey | _CurveKey] = _RsaKey if isinstance(public, rsa.RSAPublicKey) else _CurveKey
    closed = SigningKey(
        subject=KeySubject(facts.person, facts.organisation, facts.organisation_id),
        fingerprint=facts.fingerprint,
        not_before=facts.not_before,
        not_after=facts.not_after,
        issued=not is_self_signed(certificate),
        pkcs12=b"",
        passphrase="",
        unlocked=(shape(public, None), certificate, tuple(above)),
        token=reference,
    )
    if now is not None:
        check_day(closed, now)
    private = shape(public, tokens.log_in(reference, pin))
    return _with(closed, private)


def _with(key: SigningKey, private: _RsaKey | _CurveKey) -> SigningKey:
    from dataclasses import replace

    return replace(key, unlocked=(private, *key.unlocked[1:]))


class _OnToken:
    """What a key on a token can and cannot do; it is logged out when it is no longer used."""

    def __init__(self, public: Any, session: TokenSession | None) -> None:  # noqa: ANN401 - by kind of key
        self._public = public
        self._session = session
        if session is not None:
            weakref.finalize(self, tokens.log_out, session)

    def _signed(self, data: bytes) -> bytes:
        if self._session is None:
            raise TokenGone
        return tokens.sign(self._session, data)

    def public_key(self) -> Any:  # noqa: ANN401 - as the library has it, by kind of key
        return self._public

    @property
    def key_size(self) -> int:
        return int(self._public.key_size)

    def _never(self, *_given: object, **_named: object) -> NoReturn:
        raise UnsupportedAlgorithm("this key never leaves its token")

    private_bytes = private_numbers = decrypt = exchange = __copy__ = __deepcopy__ = _never


class _RsaKey(_OnToken, rsa.RSAPrivateKey):
    """An RSA key on a token."""

    def sign(self, data: Any, padding_: Any, algorithm: Any) -> bytes:  # noqa: ANN401 - the library's shape
        if not isinstance(padding_, padding.PKCS1v15) or not isinstance(algorithm, hashes.SHA256):
            raise UnsupportedAlgorithm("a token signs with PKCS#1 v1.5 and SHA-256 here")
        return self._signed(bytes(data))


class _CurveKey(_OnToken, ec.EllipticCurvePrivateKey):
    """A P-256 key on a token."""

    @property
    def curve(self) -> ec.EllipticCurve:
        curve: ec.EllipticCurve = self._public.curve
        return curve

    def sign(self, data: Any, signature_algorithm: Any) -> bytes:  # noqa: ANN401 - the library's shape
        if not isinstance(signature_algorithm.algorithm, hashes.SHA256):
            raise UnsupportedAlgorithm("a token signs with SHA-256 here")
        return self._signed(bytes(data))
