"""Certificates of an authority below another, as the state's are: a root, one below it, and the signer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import keys
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from cryptography.x509.oid import NameOID
from tampering import code

from sochibo.sealing.keys import SigningKey, open_key, pack, request_of
from sochibo.sealing.seals import seal
from sochibo.sealing.signatures import sign
from sochibo.sealing.trust import Trust, issue, reissue, root_of

if TYPE_CHECKING:
    from sochibo.documents.papers import Paper

BEGIN = keys.ISSUED - timedelta(days=30)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _made(
    subject: str, slot: str, issuer: str, by: str, *, authority: bool, days: int = 700
) -> x509.Certificate:
    key, above = keys.private_key(slot, keys.BITS), keys.private_key(by, keys.BITS)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        usage = x509.KeyUsage(
            digital_signature=True, content_commitment=True, key_encipherment=False,
            data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(above, hashes.SHA256())


@cache
def certificates() -> tuple[x509.Certificate, x509.Certificate, x509.Certificate]:
    """Return signer, authority below, root."""
    root = _made("CA gốc thử", "state root", "CA gốc thử", "state root", authority=True)
    middle = _made("CA cấp dưới thử", "state", "CA gốc thử", "state root", authority=True)
    signer = _made("NGUYỄN VĂN MẪU", "secretary", "CA cấp dưới thử", "state", authority=False)
    return signer, middle, root


def _list(issuer: x509.Certificate, slot: str, *revoked: x509.Certificate) -> str:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(keys.ISSUED)
        .next_update(keys.ISSUED + timedelta(days=400))
    )
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(BEGIN)
        builder = builder.add_revoked_certificate(entry.build())
    made = builder.sign(keys.private_key(slot, keys.BITS), hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def _key(*along: x509.Certificate) -> SigningKey:
    signer, _, _ = certificates()
    packed = pack(keys.private_key("secretary", keys.BITS), signer, along, keys.PASSPHRASE, 2000)
    return open_key(packed, keys.PASSPHRASE)


def _trust(*roots: x509.Certificate, lists: tuple[str, ...] = ()) -> Trust:
    pems = tuple(one.public_bytes(Encoding.PEM).decode() for one in roots)
    signer = replace(keys.registered(_key()), organisation="Chi bộ Thôn 4")
    return Trust(1, keys.ISSUED, pems, lists, (signer,))


@pytest.fixture(scope="module")
def whole(summary: Paper) -> bytes:
    """A summary in which all certificates travel along."""
    _, middle, root = certificates()
    return seal(summary, _key(middle, root), "secretary", keys.NOW)


@pytest.fixture(scope="module")
def bare(summary: Paper) -> bytes:
    """A summary sealed with a key that knows the authority above it, but not the root of that one."""
    _, middle, _ = certificates()
    return seal(summary, _key(middle), "secretary", keys.NOW)


def test_without_lists_a_known_root_leaves_a_doubt_about_revocation_alone(whole: bytes, bare: bytes) -> None:
    _, middle, root = certificates()
    assert code(whole, _trust(root)) == "V21"
    assert code(whole, _trust(root, middle)) == "V21"
    assert code(bare, _trust(middle, root)) == "V21"
    assert code(whole, replace(_trust(root), roots=keys.trust().roots)) == "V05"


@pytest.mark.parametrize("imported", ["root", "both"])
def test_every_certificate_below_the_root_needs_a_list(imported: str, whole: bytes, bare: bytes) -> None:
    signer, middle, root = certificates()
    roots, sealed = ((root,), whole) if imported == "root" else ((middle, root), bare)
    of_root, of_middle = _list(root, "state root"), _list(middle, "state")
    assert code(sealed, _trust(*roots, lists=(of_root,))) == "V21"
    assert code(sealed, _trust(*roots, lists=(of_middle,))) == "V21"
    assert code(sealed, _trust(*roots, lists=(of_root, of_middle))) == "V00"
    assert code(sealed, _trust(*roots, lists=(_list(root, "state root", middle), of_middle))) == "V06"
    assert code(sealed, _trust(*roots, lists=(of_root, _list(middle, "state", signer)))) == "V06"


def test_certificates_that_nothing_holds_do_not_travel(bare: bytes) -> None:
    """Without its root nothing in the file would keep the certificate in the middle from being changed."""
    signer, middle, root = certificates()
    hexed = bare.lower()
    assert signer.public_bytes(Encoding.DER).hex().encode() in hexed
    assert middle.public_bytes(Encoding.DER).hex().encode() not in hexed
    assert code(bare, _trust(root)) == "V05"


@pytest.mark.parametrize("ended", ["root", "middle"])
def test_an_authority_that_ran_out_vouches_for_no_seal_made_or_received_later(
    ended: str, summary: Paper
) -> None:
    """The signer's own certificate would last much longer."""

    def of(days: int) -> tuple[bytes, Trust]:
        _, middle, root = certificates()
        again = _made("CA gốc thử", "state root", "CA gốc thử", "state root", authority=True, days=days)
        below = _made("CA cấp dưới thử", "state", "CA gốc thử", "state root", authority=True, days=days)
        chosen = (middle, again) if ended == "root" else (below, root)
        lists = (_list(root, "state root"), _list(middle, "state"))
        sealed = sign(summary.pdf, summary.spaces, "secretary", _key(*chosen), keys.NOW)
        return sealed, _trust(chosen[1], lists=lists)

    sealed, trust = of((keys.DAY - BEGIN.date()).days + 5)
    assert code(sealed, trust) == "V00"
    assert code(sealed, trust, keys.DAY + timedelta(days=20)) == "V20"
    assert code(*of((keys.NOW - BEGIN).days - 5)) == "V20"


def test_an_authority_issues_nothing_that_outlasts_it() -> None:
    authority = keys.authority()
    late = authority.not_after - timedelta(days=100)
    issued = load_pem_x509_certificates(issue(authority, request_of(keys.own_key()), late))[0]
    assert issued.not_valid_after_utc == authority.not_after
    again = load_pem_x509_certificates(reissue(authority, root_of(keys.own_key()).encode(), late))[0]
    assert again.not_valid_after_utc == authority.not_after
