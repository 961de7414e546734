"""Papers of ours that another program sealed: that is no forgery, only nothing that we can judge."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import keys
import pytest
from asn1crypto import keys as private_keys
from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import CertificateBuilder, KeyUsage
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import NoOpStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from tampering import appended, code, flip

from sochibo.sealing.certificates import make_certificate, name_of
from sochibo.sealing.seals import judge
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.x509 import Certificate

    from sochibo.documents.papers import Paper
    from sochibo.sealing.trust import Trust

USUAL = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
OURS = SigSeedSubFilter.PADES


def sealed_elsewhere(
    pdf: bytes,
    field: str,
    kind: SigSeedSubFilter,
    along: Sequence[Certificate] = (),
    *,
    pss: bool = False,
    key: Any = None,  # noqa: ANN401 - of any kind
) -> bytes:
    """Seal a paper with the secretary's own certificate, or another key's, as other programs do."""
    private: Any
    private, certificate, _ = keys.cell_key().unlocked
    if key is not None:
        # Whoever has a key of another kind has its certificate from somewhere else, too.
        private, certificate = key, named_by_itself(key)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko left it so
    store.register_multiple([x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in along])
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=private_keys.PrivateKeyInfo.load(plain),
        cert_registry=store,
        prefer_pss=pss,
    )
    digest = "sha512" if isinstance(private, ed25519.Ed25519PrivateKey) else "sha256"
    asked = signers.PdfSignatureMetadata(field_name=field, name="Mẫu", md_algorithm=digest, subfilter=kind)
    sealer = signers.PdfSigner(asked, signer=signer, stamp_style=NoOpStampStyle() if kind is OURS else None)
    written: io.BytesIO = sealer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return written.getvalue()


def named_by_itself(key: Any) -> Certificate:  # noqa: ANN401 - of any kind of key
    name = name_of("Mẫu", "Chi bộ Thôn 4", keys.UNIT)
    usage = KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.not_valid_before(keys.ISSUED).not_valid_after(keys.ISSUED + timedelta(days=700))
    builder = builder.serial_number(7).add_extension(usage, critical=True)
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def rootless() -> Certificate:
    """Return the committee's authority as one below another, whose root stays at home."""
    private, own, _ = keys.authority().unlocked
    root = (name_of("CA gốc thử", "", ""), keys.private_key("state root", keys.BITS))
    return make_certificate(own.subject, private.public_key(), root, keys.ISSUED, authority=True)


def test_a_paper_sealed_in_a_field_of_another_program_is_not_called_changed(
    summary: Paper, trust: Trust
) -> None:
    judged = judge(sealed_elsewhere(summary.pdf, "Signature1", USUAL), trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V24", Level.HOLD)
    # Without data nobody can accept it by hand either.
    assert judged.envelope is None


def test_a_field_renamed_behind_our_seal_is_no_other_program_s(sealed: bytes, trust: Trust) -> None:
    def rename(writer: Any) -> None:  # noqa: ANN401 - pyHanko's
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/T"] = TextStringObject("Signature1")
        writer.update_container(field)

    assert code(appended(sealed, rename), trust) == "V02"


@pytest.mark.parametrize(
    ("kind", "pss"), [(USUAL, False), (USUAL, True), (OURS, True)], ids=["usual", "usual, PSS", "PAdES, PSS"]
)
def test_a_second_signature_by_another_program_cannot_be_judged(
    kind: SigSeedSubFilter, chaired: bytes, trust: Trust, *, pss: bool
) -> None:
    """The minute-taker signs the prepared field with the office's own program."""
    both = sealed_elsewhere(chaired, "minute_taker", kind, pss=pss)
    assert code(both, trust) == "V24"
    assert code(flip(both, len(both) // 3), trust) == "V03"
    assert code(appended(both, lambda writer: writer.update_root()), trust) == "V03"


def test_a_root_left_at_home_cannot_be_judged(chaired: bytes, trust: Trust) -> None:
    """Nothing in the file holds the certificate below it, so nobody can say whether that was changed."""
    own = keys.authority().unlocked[1]
    assert code(sealed_elsewhere(chaired, "minute_taker", OURS, (own,)), trust) == "V00"
    assert code(sealed_elsewhere(chaired, "minute_taker", OURS, (rootless(),)), trust) == "V24"


def test_a_root_that_was_changed_does_not_pass_for_one_left_at_home(chaired: bytes, trust: Trust) -> None:
    """The name of its issuer is held by nothing but its own signature."""
    root = keys.authority().unlocked[1]
    both = sealed_elsewhere(chaired, "minute_taker", OURS, (root,))
    digits = both.lower()
    start = digits.rindex(root.public_bytes(Encoding.DER).hex().encode())
    name = root.issuer.public_bytes().hex().encode()
    place = digits.index(name, start) + len(name) - 2
    assert both[place : place + 2] != b"62"
    assert code(both[:place] + b"62" + both[place + 2 :], trust) == "V03"


def test_a_key_of_another_kind_is_not_called_weak(chaired: bytes, trust: Trust) -> None:
    """P-384 is longer than what seals here, Ed25519 is as good: neither speaks against a file."""
    longer, other = ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()
    assert code(sealed_elsewhere(chaired, "minute_taker", OURS, key=longer), trust) == "V05"
    assert code(sealed_elsewhere(chaired, "minute_taker", OURS, key=other), trust) == "V24"
    short = ec.generate_private_key(ec.SECP224R1())
    assert code(sealed_elsewhere(chaired, "minute_taker", OURS, key=short), trust) == "V04"
