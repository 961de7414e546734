"""A time stamp authority of our own: a root, a certificate that may stamp, a list, and its server."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import keys
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from loopback import serving
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sochibo.sealing.timestamps import StampSource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.documents.papers import Paper
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import RegisteredSigner, Trust

__all__ = [
    "LISTS", "TIME_STAMPING", "Authority", "as_pem", "authority", "believing", "below", "knowing",
    "sealed_with_stamp", "stamping", "with_lists", "write_openssl",
]  # fmt: skip

FOUNDED: Final = datetime(2024, 1, 2, 8, 0, tzinfo=keys.VIETNAM)
LISTS: Final = "/lists.crl"
TIME_STAMPING: Final = ExtendedKeyUsageOID.TIME_STAMPING


@dataclass(frozen=True)
class Authority:
    """A root, and the key that stamps below it."""

    root: x509.Certificate
    root_key: RSAPrivateKey
    certificate: x509.Certificate
    key: RSAPrivateKey

    def list_(self, listed: datetime, *revoked: x509.Certificate, days: int = 30) -> bytes:
        """Return the root's list (DER) of a day."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(listed)
            .next_update(listed + timedelta(days=days))
        )
        for one in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(listed)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.root_key, hashes.SHA256()).public_bytes(Encoding.DER)

    def answer(self, request: bytes, at: datetime) -> bytes:
        """Return what its server answers."""
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko left it so
        store.register(asn1_x509.Certificate.load(self.root.public_bytes(Encoding.DER)))
        stamper: Any = DummyTimeStamper(
            asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER)),
            asn1_keys.PrivateKeyInfo.load(
                self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
            ),
            certs_to_embed=store,
            fixed_dt=at.astimezone(UTC),
        )
        made: bytes = stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return made


@cache
def authority(
    slot: str = "tsa",
    uses: tuple[x509.ObjectIdentifier, ...] = (TIME_STAMPING,),
    ends: datetime = FOUNDED + timedelta(days=3650),
    lists: str = "",
) -> Authority:
    """Return an authority; another slot is one that nobody knows. `lists` is where its list is to be had."""
    # The names tell authorities apart; their keys may be the same, and take a while to make.
    root_key, key = keys.private_key("tsa root", keys.BITS), keys.private_key("tsa", keys.BITS)
    root_name, name = _name(f"CA thử {slot}"), _name(f"Dấu thời gian thử {slot}")
    top = _certificate(root_name, root_key, root_name, root_key, FOUNDED + timedelta(days=3650))
    root = top.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        root_key, hashes.SHA256()
    )
    below = _certificate(name, key, root_name, root_key, ends)
    if uses:
        below = below.add_extension(x509.ExtendedKeyUsage(list(uses)), critical=True)
    if lists:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(lists)], None, None, None)
        below = below.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return Authority(root, root_key, below.sign(root_key, hashes.SHA256()), key)


def below(one: Authority, lists: str) -> bytes:
    """Return another authority (PEM) that a root vouches for, and whose certificate names the root's list."""
    key = keys.private_key("tsa", keys.BITS)
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(lists)], None, None, None)
    builder = _certificate(
        _name("CA thử cấp dưới"), key, one.root.subject, one.root_key, FOUNDED + timedelta(days=3650)
    )
    made = (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .sign(one.root_key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


@contextmanager
def stamping(by: Authority | None = None, at: datetime = keys.NOW) -> Iterator[StampSource]:
    """Let an authority answer on this PC, at a time of its own."""
    asked = by or authority()
    with serving(lambda _path, body: (200, asked.answer(body, at))) as address:
        yield StampSource(f"{address}/tsa")


def sealed_with_stamp(
    paper: Paper,
    role: str = "secretary",
    key: SigningKey | None = None,
    by: Authority | None = None,
    at: datetime = keys.NOW,
) -> bytes:
    """Sign a paper with a stamp, without asking our own judge first."""
    from sochibo.sealing.signatures import sign

    with stamping(by, at) as source:
        return sign(paper.pdf, paper.spaces, role, key or keys.cell_key(), keys.NOW, source)


def believing(trust: Trust, *authorities: Authority, listed: datetime | None = keys.ISSUED) -> Trust:
    """Return a trust that also believes the roots of these authorities, with a list of a day, or none."""
    roots = tuple(one.root.public_bytes(Encoding.PEM).decode() for one in authorities)
    lists = tuple(as_pem(one.list_(listed, days=400)) for one in authorities) if listed else ()
    return replace(trust, roots=(*trust.roots, *roots), revocation_lists=(*trust.revocation_lists, *lists))


def with_lists(trust: Trust, *lists: str) -> Trust:
    """Return a trust with further lists."""
    return replace(trust, revocation_lists=(*trust.revocation_lists, *lists))


def knowing(trust: Trust, *signers: RegisteredSigner) -> Trust:
    """Return a trust with further signers."""
    return replace(trust, signers=(*trust.signers, *signers))


def write_openssl(one: Authority, folder: Path, *, whole: bool) -> None:
    """Write what `openssl ts -reply` needs to stamp in the name of an authority."""
    (folder / "tsa.key").write_bytes(one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "tsa.pem").write_bytes(one.certificate.public_bytes(Encoding.PEM))
    (folder / "chain.pem").write_bytes(one.root.public_bytes(Encoding.PEM))
    (folder / "serial").write_text("01", "ascii")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = here\n[here]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n"
        "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256, sha384\naccuracy = secs:1\n"
        "ess_cert_id_alg = sha256\n" + ("certs = chain.pem\n" if whole else ""),
        "ascii",
    )


def as_pem(revoked: bytes) -> str:
    """Return a list as a trust holds it."""
    return x509.load_der_x509_crl(revoked).public_bytes(Encoding.PEM).decode()


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name, key: RSAPrivateKey, issuer: x509.Name, issuer_key: RSAPrivateKey, ends: datetime
) -> x509.CertificateBuilder:
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FOUNDED)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(above, critical=False)
    )
