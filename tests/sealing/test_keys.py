"""Keys: made, locked, opened, enrolled; and every way in which a key file cannot be used."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

import keys
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sochibo.messages import Messages
from sochibo.sealing.certificates import make_certificate, name_of
from sochibo.sealing.keys import (
    KeyDamaged,
    KeyExpired,
    KeyNotUsable,
    KeyNotYetValid,
    KeyOfOtherKind,
    KeySubject,
    KeyWithoutSecret,
    WrongCertificate,
    WrongKeyPassphrase,
    contents_of,
    fingerprint_groups,
    install_certificate,
    make_key,
    open_key,
    pack,
    request_of,
)
from sochibo.sealing.trust import issue, read_certificate

if TYPE_CHECKING:
    from sochibo.sealing.certificates import PrivateKey

SUBJECT = KeySubject("Nguyễn Văn Mẫu", "Chi bộ Thôn 4", keys.UNIT)
PASSPHRASE = "Mật khẩu của đồng chí"  # noqa: S105 - of a key that lives for one test


def foreign(private: PrivateKey, passphrase: str = PASSPHRASE) -> bytes:
    """Make a PKCS#12 file as another program writes it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Trần Thị Thử")])
    certificate = make_certificate(name, private.public_key(), (name, private), keys.NOW)
    lock = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"key", private, certificate, None, lock)


def test_a_key_made_here_is_of_the_promised_kind() -> None:
    made = make_key(SUBJECT, unicodedata.normalize("NFD", PASSPHRASE), keys.NOW)
    key = open_key(made, unicodedata.normalize("NFC", PASSPHRASE), keys.NOW)
    assert key.subject == SUBJECT
    assert not key.issued
    assert key.not_before < keys.NOW < key.not_after < keys.NOW + timedelta(days=731)

    private, certificate, chain = contents_of(made, PASSPHRASE)
    assert isinstance(private, rsa.RSAPrivateKey)
    assert private.key_size == 3072
    assert chain == ()
    use = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (use.digital_signature, use.content_commitment, use.key_cert_sign) == (True, True, False)
    purposes = set(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    document_signing = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
    assert purposes == {ExtendedKeyUsageOID.EMAIL_PROTECTION, document_signing}
    # PBKDF2's count stands in the file as a DER integer, once for the key and once for the certificate.
    assert made.count(b"\x02\x03" + (600_000).to_bytes(3, "big")) == 2


def test_a_long_name_is_cut_where_other_programs_would_refuse_it() -> None:
    long = KeySubject("Nguyễn " * 20, "Chi bộ " * 20, keys.UNIT)
    name = name_of(long.person, long.organisation, long.organisation_id)
    lengths = {attribute.oid: len(str(attribute.value)) for attribute in name}
    assert lengths[NameOID.ORGANIZATION_NAME] == 64
    assert 40 < lengths[NameOID.COMMON_NAME] < 64


def test_neither_passphrase_nor_secret_is_ever_shown() -> None:
    key = keys.own_key()
    assert keys.PASSPHRASE not in repr(key) + str(key) + f"{[key]}"
    assert "pkcs12" not in repr(key)


def test_a_wrong_passphrase_is_said_to_be_one() -> None:
    with pytest.raises(WrongKeyPassphrase) as raised:
        open_key(keys.own_key().pkcs12, "khác")
    assert "S01" in raised.value.say(Messages("en"))


@pytest.mark.parametrize("data", [b"", b"not a key", b"\x30\x03\x02\x01\x03", b"\x30" * 50])
def test_a_file_that_is_no_key_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(KeyDamaged):
        open_key(data, PASSPHRASE)


def test_a_shortened_key_file_is_damaged() -> None:
    with pytest.raises(KeyDamaged):
        open_key(keys.own_key().pkcs12[:-20], keys.PASSPHRASE)


def test_a_huge_file_is_not_even_tried() -> None:
    with pytest.raises(KeyDamaged):
        open_key(keys.own_key().pkcs12 + bytes(1_000_000), keys.PASSPHRASE)


def test_a_key_is_refused_before_and_after_its_days() -> None:
    key = keys.own_key()
    with pytest.raises(KeyNotYetValid) as early:
        open_key(key.pkcs12, keys.PASSPHRASE, key.not_before - timedelta(seconds=1))
    with pytest.raises(KeyExpired) as late:
        open_key(key.pkcs12, keys.PASSPHRASE, key.not_after + timedelta(seconds=1))
    assert early.value.fields["day"] == date(2026, 9, 30)
    assert isinstance(late.value, KeyNotUsable)


def test_a_file_with_certificates_only_cannot_seal() -> None:
    certificate = contents_of(keys.own_key().pkcs12, keys.PASSPHRASE)[1]
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    with pytest.raises(KeyWithoutSecret):
        open_key(pkcs12.serialize_key_and_certificates(b"a", None, certificate, None, lock), PASSPHRASE)


def test_keys_of_other_programs_open_too() -> None:
    key = open_key(foreign(keys.private_key("short", 2048)), PASSPHRASE)
    assert (key.subject.person, key.subject.organisation_id) == ("Trần Thị Thử", "")
    assert open_key(foreign(ec.generate_private_key(ec.SECP256R1())), PASSPHRASE).fingerprint


def test_keys_that_are_too_weak_or_of_another_kind_do_not_open() -> None:
    with pytest.raises(KeyOfOtherKind):
        open_key(foreign(keys.private_key("weak", 1024)), PASSPHRASE)
    with pytest.raises(KeyOfOtherKind):
        open_key(foreign(ec.generate_private_key(ec.SECP256K1())), PASSPHRASE)


def test_a_request_holds_no_secret_and_proves_possession() -> None:
    request = request_of(keys.own_key())
    assert b"PRIVATE" not in request
    certificate = x509.load_pem_x509_certificate(request)
    certificate.verify_directly_issued_by(certificate)
    assert read_certificate(request).fingerprint == keys.own_key().fingerprint


def test_an_issued_key_asks_for_a_new_certificate_with_a_request_of_its_own() -> None:
    renewed = x509.load_pem_x509_certificate(request_of(keys.cell_key()))
    renewed.verify_directly_issued_by(renewed)
    assert renewed.public_key() == keys.private_key("secretary", keys.BITS).public_key()


def test_an_issued_certificate_is_put_beside_its_own_key_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "__defaults__", (2_000,))
    own = keys.own_key()
    chain = issue(keys.authority(), request_of(own), keys.ISSUED)
    installed = open_key(install_certificate(own, chain), keys.PASSPHRASE)
    assert installed.issued
    assert installed.subject == own.subject
    assert installed.fingerprint == read_certificate(chain).fingerprint != own.fingerprint
    with pytest.raises(WrongCertificate):
        install_certificate(keys.own_key("neighbour"), chain)
    with pytest.raises(WrongCertificate):
        install_certificate(own, b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n")
    with pytest.raises(WrongCertificate):
        install_certificate(own, b"")


def test_fingerprints_are_read_in_groups_of_four() -> None:
    assert fingerprint_groups("a1b2c3d4e5f6") == "A1B2 C3D4 E5F6"
    assert len(fingerprint_groups(keys.own_key().fingerprint).split()) == 16
