"""Signing keys that never leave their token: the drivers, what lies on a token, its PIN, one signature.

A wrong PIN counts against the token, which locks itself after a few. So nothing here tries one twice, and
nothing tries one that a person did not type a moment ago.
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sochibo import paths
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.sealing.certificates import CertificateFacts
from sochibo.sealing.keys import KeyNotUsable, TokenReference, WrongKeyPassphrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cryptography import x509

__all__ = [
    "DRIVER_VARIABLE", "NoDriver", "NoToken", "Pin", "PinLastTry", "PinLow", "TokenCertificate",
    "TokenGone", "TokenLocked", "TokenSession", "WrongPin", "certificates", "drivers", "log_in",
    "log_out", "sign",
]  # fmt: skip

DRIVER_VARIABLE: Final = "SOCHIBO_PKCS11"
"""Names the driver's file where it lies in no usual place; the tests name SoftHSM2's by it."""


class NoDriver(KeyNotUsable):
    """No PKCS#11 library was found."""

    code = "S11"
    sentence = N_("This PC has no driver for a signing token.")
    advice = N_("Install the driver that came with the token, then try again.")


class NoToken(KeyNotUsable):
    """No token is there, or not the one that the book knows."""

    code = "S12"
    sentence = N_("No signing token was found.")
    advice = N_("Plug the token in, wait until its light is steady, then try again.")


class WrongPin(WrongKeyPassphrase):
    """The token refused the PIN; it was tried once."""

    code = "S13"
    sentence = N_("The token does not accept this PIN.")
    advice = N_("It locks itself after a few wrong PINs. Make sure of the PIN before you try again.")


class PinLow(WrongPin):
    """The token warns that few tries are left."""

    code = "S14"
    advice = N_(
        "Few tries are left before the token locks itself. Make sure of the PIN before you try again."
    )


class PinLastTry(WrongPin):
    """The token warns that the next wrong PIN locks it."""

    code = "S15"
    advice = N_("Only one try is left. Do not try again before you are sure of the PIN.")


class TokenLocked(WrongKeyPassphrase):
    """Too many wrong PINs."""

    code = "S16"
    sentence = N_("The token is locked after too many wrong PINs.")
    advice = N_("Only whoever issued the token can unlock it. Nothing was sealed.")


class TokenGone(KeyNotUsable):
    """The token was pulled out, or its driver failed."""

    code = "S17"
    sentence = N_("The token does not answer.")
    advice = N_("Plug the token in again and type the PIN once more. Nothing was sealed.")


class Pin:
    """What a token tells about its PIN, as plain words for screens."""

    FINE: Final = "fine"
    LOW: Final = "low"
    LAST: Final = "last"
    LOCKED: Final = "locked"


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate on a token that is plugged in; `pin` is what the token says of its PIN."""

    reference: TokenReference
    facts: CertificateFacts
    pem: str
    pin: str


@dataclass(frozen=True, slots=True)
class TokenSession:
    """A login in which one key can sign; it ends when its driver is started afresh.

    After that a driver gives the same numbers out again, so an old session would end or use a new one.
    """

    opened: Any
    key: Any
    driver: str
    start: int

    @property
    def lasts(self) -> bool:
        """Tell whether the driver still is as it was at the login."""
        return _starts.get(self.driver) == self.start


_starts: dict[str, int] = {}
"""How often each driver was started."""


def drivers() -> tuple[Path, ...]:
    """Return the drivers found on this PC, in the order of `resources/rules/tokens.toml`.

    The environment variable names one that counts instead of them.
    """
    named = os.environ.get(DRIVER_VARIABLE)
    if named:
        return (Path(named),) if Path(named).is_file() else ()
    found: dict[Path, Path] = {}
    for name in _usual("windows" if sys.platform == "win32" else "linux"):
        for path in _places(name):
            if path.is_file():
                # The same file is often reached by several names; loading it twice is an error of its own.
                found.setdefault(path.resolve(), path)
    return tuple(found.values())


@cache
def _usual(system: str) -> tuple[str, ...]:
    text = (paths.shipped("resources") / "rules" / "tokens.toml").read_text("utf-8")
    return tuple(name for driver in tomllib.loads(text)["driver"] for name in driver.get(system, ()))


def _places(name: str) -> Iterator[Path]:
    """Yield where a driver may lie; on Windows one without a folder lies among the system's."""
    if sys.platform == "win32" and "\\" not in name:
        yield Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / name
        return
    yield Path(os.path.expandvars(name))


def certificates(driver: Path | None = None) -> tuple[TokenCertificate, ...]:
    """Return the certificates with a key on all tokens that are plugged in, read without a PIN.

    Raises NoDriver, or NoToken where none holds a certificate.
    """
    libraries = (driver,) if driver else drivers()
    if not libraries:
        raise NoDriver
    found = tuple(each for library in libraries for each in _on_tokens(library))
    if not found:
        raise NoToken
    return found


def _on_tokens(library: Path) -> Iterator[TokenCertificate]:
    from sochibo.sealing.certificates import facts_of

    try:
        loaded = _load(library)
        tokens = list(loaded.get_tokens())
    except _errors():
        # A driver of a token that this PC never had is no reason not to look at the others.
        return
    for token in tokens:
        try:
            with token.open() as opened:
                found = _pairs(opened)
        except _errors():
            continue
        for key_id, certificate in found:
            facts = facts_of(certificate)
            if facts.authority:
                continue
            reference = TokenReference(str(library), token.label, _serial(token), key_id.hex())
            yield TokenCertificate(reference, facts, _pem(certificate), _pin_state(token))


def _pairs(opened: Any) -> list[tuple[bytes, x509.Certificate]]:  # noqa: ANN401 - the library gives no type
    import pkcs11
    from cryptography import x509

    pairs = []
    for each in opened.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
        try:
            certificate = x509.load_der_x509_certificate(each[pkcs11.Attribute.VALUE])
            pairs.append((bytes(each[pkcs11.Attribute.ID]), certificate))
        except (ValueError, pkcs11.PKCS11Error):
            continue
    return pairs


def log_in(reference: TokenReference, pin: str) -> TokenSession:
    """Return a session in which the key can sign; the PIN is tried once, whatever happens."""
    import pkcs11

    token, driver = _token(reference)
    if _pin_state(token) == Pin.LOCKED:
        raise TokenLocked
    protected = pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH in token.flags
    if not pin and not protected:
        # Enter on an empty field must not cost one of the few tries.
        raise WrongPin
    try:
        opened = token.open(user_pin=pkcs11.PROTECTED_AUTH if protected else pin)
    except pkcs11.PinLocked as error:
        raise TokenLocked from error
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.ArgumentsBad) as error:
        raise _wrong(reference) from error
    except _errors() as error:
        raise TokenGone from error
    return TokenSession(opened, _key_in(opened, reference), driver, _starts.get(driver, 0))


def log_out(session: TokenSession) -> None:
    """End a session; a token that was pulled out has ended it already."""
    if not session.lasts:
        return
    try:
        session.opened.close()
    except _errors():
        return


def _key_in(opened: Any, reference: TokenReference) -> Any:  # noqa: ANN401 - as above
    """Return the private key that belongs to a certificate; raises NoToken where it lacks its key."""
    import pkcs11

    wanted = {
        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY,
        pkcs11.Attribute.ID: bytes.fromhex(reference.key_id),
    }
    try:
        # To the end: a search left half-done speaks up when it is swept away, after the token is gone.
        found = list(opened.get_objects(wanted))
    except _errors() as error:
        raise TokenGone from error
    if not found:
        raise NoToken
    return found[0]


def sign(session: TokenSession, data: bytes) -> bytes:
    """Return the signature of a token over the SHA-256 of data, in the form that certificates use."""
    import hashlib

    import pkcs11
    from pkcs11.util.ec import encode_ecdsa_signature

    if not session.lasts:
        raise TokenGone
    key = session.key
    try:
        if key.key_type is pkcs11.KeyType.EC:
            # Many tokens know only the bare mechanism for curves, so the digest is made here.
            raw = key.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA)
            return bytes(encode_ecdsa_signature(raw))
        return bytes(key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
    except _errors() as error:
        raise TokenGone from error


def _token(reference: TokenReference) -> tuple[Any, str]:
    """Find the token that the book knows, and its driver, which may have moved since."""
    known = Path(reference.driver)
    libraries: Sequence[Path] = (known,) if known.is_file() else drivers()
    if not libraries:
        raise NoDriver
    for library in libraries:
        try:
            for token in _load(library).get_tokens():
                if (token.label, _serial(token)) == (reference.label, reference.serial):
                    return token, str(library)
        except _errors():
            continue
    raise NoToken


def _load(library: Path) -> Any:  # noqa: ANN401 - as above
    """Load a driver and start it afresh.

    Many drivers look for tokens only when they start. And a login lasts until the last session ends, also a
    forgotten one: a second person's PIN would then not be asked for at all.
    """
    import pkcs11

    loaded = pkcs11.lib(str(library))
    loaded.reinitialize()
    _starts[str(library)] = _starts.get(str(library), 0) + 1
    return loaded


def _wrong(reference: TokenReference) -> Fault:
    """Say after a wrong PIN what the token tells now of the tries left."""
    try:
        state = _pin_state(_token(reference)[0])
    except Fault:
        state = Pin.FINE
    return {Pin.LOW: PinLow, Pin.LAST: PinLastTry, Pin.LOCKED: TokenLocked}.get(state, WrongPin)()


def _pin_state(token: Any) -> str:  # noqa: ANN401 - as above
    import pkcs11

    flags = token.flags
    if pkcs11.TokenFlag.USER_PIN_LOCKED in flags:
        return Pin.LOCKED
    if pkcs11.TokenFlag.USER_PIN_FINAL_TRY in flags:
        return Pin.LAST
    return Pin.LOW if pkcs11.TokenFlag.USER_PIN_COUNT_LOW in flags else Pin.FINE


def _serial(token: Any) -> str:  # noqa: ANN401 - as above
    """Return a token's serial number, which a driver may fill with anything."""
    return bytes(token.serial).decode(errors="backslashreplace")


def _pem(certificate: x509.Certificate) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM).decode()


def _errors() -> tuple[type[Exception], ...]:
    """Return what the library raises; a driver that cannot be loaded at all is one of them too."""
    import pkcs11

    return (pkcs11.PKCS11Error, OSError)
