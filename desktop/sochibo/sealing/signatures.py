"""pyHanko behind one door: put a signature into a file, and see what the signatures of one are worth.

Nothing else imports pyHanko, whose interface still changes. It is written for an event loop and a network;
here it gets a loop that has no socket, and a coroutine that would wait for anything is a bug.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from sochibo.sealing import timestamps
from sochibo.sealing.certificates import CertificateFacts, facts_of, is_weak
from sochibo.sealing.chains import Chain, context_of, held_above, last_moment, standing
from sochibo.sealing.containers import Form, form_of
from sochibo.sealing.loop import run
from sochibo.sealing.pictures import style_of
from sochibo.sealing.quick import open_reader
from sochibo.sealing.timestamps import Reliance, Stamp, StampSource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

    from sochibo.documents.papers import SignatureSpace
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust

__all__ = [
    "VIETNAM",
    "Seen",
    "SignatureRefused",
    "Signed",
    "examine",
    "sign",
    "signed_fields",
    "signers_of",
    "stamps_of",
]

VIETNAM: Final = timezone(timedelta(hours=7))
"""One zone without summer time; claimed times are shown, and days counted, in it on every PC."""
DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})

# pyHanko logs every bad certificate as a warning with a traceback; for us that is a verdict, not a trouble.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class SignatureRefused(Exception):
    """The signatures of a file are not what they must be; `code` is the verdict's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Seen:
    """One intact signature: its field, its certificate, when it claims to be made, how far it is trusted.

    `until` is the last moment of its certificate, or an earlier one of an authority above that.
    """

    role: str
    facts: CertificateFacts
    until: datetime
    claimed_at: datetime | None
    chain: Chain
    stamp: Stamp | None = None

    @property
    def stamped_at(self) -> datetime | None:
        """Return the moment by which the signature was there for certain, None without a trusted stamp."""
        trusted = self.stamp is not None and self.stamp.reliance is Reliance.TRUSTED
        return self.stamp.at.astimezone(VIETNAM) if self.stamp and trusted else None

    @property
    def made_at(self) -> datetime | None:
        """Return the time by which a signature is judged: the stamped one where there is one to trust."""
        return self.stamped_at or self.claimed_at


@dataclass(frozen=True, slots=True)
class Signed:
    """The intact signatures of a file, first to last, its empty fields, and the bytes first signed."""

    signatures: tuple[Seen, ...]
    empty: tuple[str, ...]
    permission: int | None
    first_revision: bytes


def sign(
    pdf: bytes,
    spaces: Sequence[SignatureSpace],
    role: str,
    key: SigningKey,
    now: datetime,
    stamps: StampSource | None = None,
) -> bytes:
    """Sign the field `role`; the first signature of a file prepares all fields and certifies it.

    With `stamps` an authority is asked for a time stamp once the key has signed; raises its faults.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import NoOpStampStyle

    class DatedSigner(PdfSigner):
        """A signer that claims the given time; pyHanko always asks the clock itself."""

        def init_signing_session(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - pyHanko's
            session = super().init_signing_session(*arguments, **options)
            session.system_time = now.astimezone(VIETNAM)
            return session

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    first = "/AcroForm" not in writer.root
    if first:
        for space in spaces:
            # Our pages show the block already: an appearance of its own would cover it with a grey box.
            spec = SigFieldSpec(
                space.role, on_page=space.page, box=_whole(space.box), empty_field_appearance=False
            )
            append_signature_field(writer, spec)
    metadata = PdfSignatureMetadata(
        field_name=role,
        name=key.subject.person,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=first,
        docmdp_permissions=MDPPerm.NO_CHANGES if len(spaces) == 1 else MDPPerm.FILL_FORMS,
    )
    # A new style for each signature: pyHanko's remember objects of the file they were first used in.
    asked = timestamps.stamper(stamps) if stamps else None
    style = style_of(key.picture) if key.picture else NoOpStampStyle()
    signer = DatedSigner(metadata, _signer(key), timestamper=asked, stamp_style=style)
    room = _room(signer.signer) + (2 * timestamps.ROOM if asked else 0)
    signed: io.BytesIO = run(signer.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=room))
    return signed.getvalue()


def signers_of(pdf: bytes) -> tuple[str, ...]:
    """Return the certificates (PEM) behind the signatures of a file made here a moment ago."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    embedded = open_reader(pdf).embedded_regular_signatures
    made = (x509.load_der_x509_certificate(each.signer_cert.dump()) for each in embedded)
    return tuple(each.public_bytes(Encoding.PEM).decode() for each in made)


def stamps_of(pdf: bytes) -> tuple[tuple[datetime, str], ...]:
    """Return time and certificate (PEM) of each stamp in a file made here a moment ago, in their order."""
    embedded = open_reader(pdf).embedded_regular_signatures
    found = (timestamps.told_by(each.signer_info) for each in embedded)
    return tuple(each for each in found if each is not None)


def examine(pdf: bytes, trust: Trust | None, received_on: date, roles: AbstractSet[str]) -> Signed:
    """Check the signatures of a file up to the trust in their certificates; raises SignatureRefused.

    Closes traps of pyHanko's defaults: coverage and fields are ours to demand, revocation is required, and
    an error of its reader is a refusal. `roles` are the fields that a paper may have at all.
    """
    try:
        reader = open_reader(pdf)
        fields = _fields(reader)
        embedded = list(reader.embedded_regular_signatures)
        others = list(reader.embedded_timestamp_signatures)
    except Exception as error:
        raise SignatureRefused("V03") from error
    forms = [form_of(pdf, each) for each in embedded]
    names = {field for field, filled in fields if filled}
    if names and not names & roles and set(forms) <= {Form.OTHER}:
        # Sealed elsewhere, in a field of that program's own: nobody said that anything was changed.
        raise SignatureRefused("V24")
    if not embedded or others:
        raise SignatureRefused("V02")
    if sorted(names) != sorted(each.field_name for each in embedded):
        # pyHanko passes over a signature of a kind that it does not know.
        raise SignatureRefused("V02")
    if not {field for field, _ in fields} <= roles:
        raise SignatureRefused("V02")
    if Form.SPOILT in forms:
        raise SignatureRefused("V03")
    seen = [_seen(each, trust, received_on, last=each is embedded[-1]) for each in embedded]
    if Form.OTHER in forms:
        raise SignatureRefused("V24")
    if reader.xrefs.total_revisions != 1 + len(embedded) or reader.xrefs.hybrid_xrefs_present:
        # A paper is written once and then sealed; what lies in a revision more, another reader may show.
        raise SignatureRefused("V22")
    end = int(embedded[0].byte_range[2]) + int(embedded[0].byte_range[3])
    return Signed(
        signatures=tuple(seen),
        empty=tuple(field for field, is_filled in fields if not is_filled),
        permission=_permission(reader, embedded[0]),
        first_revision=pdf[:end],
    )


def signed_fields(pdf: bytes) -> tuple[str, ...]:
    """Return the names of the signed fields of a file, sound or not; raises SignatureRefused."""
    from pyhanko.sign.fields import enumerate_sig_fields

    try:
        reader = open_reader(pdf, strict=False)
        return tuple(name for name, _, _ in enumerate_sig_fields(reader, filled_status=True))
    except Exception as error:
        raise SignatureRefused("V01") from error


def _seen(embedded: EmbeddedPdfSignature, trust: Trust | None, received_on: date, *, last: bool) -> Seen:
    """Check one signature by itself.

    Revocation counts on the day of receipt: a signature without a stamp cannot prove that it is older. One
    with a trusted stamp from before the day of revocation can. The list must hold on receipt all the same: an
    older one might not know yet that a certificate was revoked for an earlier day.
    """
    from cryptography import x509

    stamp = timestamps.judge_stamp(embedded.signer_info, trust, received_on)
    broken = stamp is not None and stamp.reliance is Reliance.BROKEN
    try:
        certificate = x509.load_der_x509_certificate(embedded.signer_cert.dump())
        along = [x509.load_der_x509_certificate(each.dump()) for each in embedded.other_embedded_certs]
        facts, until = facts_of(certificate), last_moment(certificate, along, trust)
        moment = _moment(received_on, facts.not_before, until)
        claimed = _claimed(embedded)
        status = _validate(embedded, trust, moment)
    except SignatureRefused:
        raise
    except Exception as error:
        raise SignatureRefused("V29" if broken else "V03") from error
    if not (status.intact and status.valid) or not _unchanged(status, last=last):
        raise SignatureRefused("V03")
    if broken:
        raise SignatureRefused("V29")
    if status.md_algorithm not in DIGESTS or is_weak(certificate.public_key()):
        raise SignatureRefused("V04")
    seen = Seen(
        role=str(embedded.field_name),  # pyHanko's own text holds on to the whole file
        facts=facts,
        until=until,
        claimed_at=claimed,
        chain=standing(status, certificate, along, trust, moment),
        stamp=stamp,
    )
    if (
        seen.chain is Chain.REVOKED
        and seen.stamped_at
        and _validate(embedded, trust, seen.stamped_at).trusted
    ):
        return replace(seen, chain=Chain.TRUSTED)
    return seen


def _validate(embedded: EmbeddedPdfSignature, trust: Trust | None, moment: datetime) -> PdfSignatureStatus:
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    status: PdfSignatureStatus = run(
        async_validate_pdf_signature(embedded, context_of(trust, moment), key_usage_settings=usage)
    )
    return status


def _unchanged(status: PdfSignatureStatus, *, last: bool) -> bool:
    """Tell whether nothing followed a signature but, before the last one, the filling of a prepared field."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if last:
        whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        return whole and status.modification_level is ModificationLevel.NONE
    sound = status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and bool(status.docmdp_ok)
    return sound and status.modification_level <= ModificationLevel.FORM_FILLING


def _fields(reader: PdfFileReader) -> list[tuple[str, bool]]:
    """Return name of every field, and whether it is signed; raises on one that is no signature field."""
    from pyhanko.sign.fields import enumerate_sig_fields

    fields = [(name, value is not None) for name, value, _ in enumerate_sig_fields(reader)]
    try:
        count = len(reader.root["/AcroForm"]["/Fields"])
    except KeyError:
        count = 0
    if len(fields) != count:
        raise ValueError("fields that are no signatures")
    return fields


def _permission(reader: PdfFileReader, first: EmbeddedPdfSignature) -> int | None:
    """Return the DocMDP level if the first signature certifies the file."""
    from pyhanko.sign.validation import read_certification_data

    try:
        data = read_certification_data(reader)
        if data is None or data.author_sig.get_object() != first.sig_object:
            return None
        return int(data.permission.value)
    except Exception as error:
        raise SignatureRefused("V03") from error


def _claimed(embedded: EmbeddedPdfSignature) -> datetime | None:
    """Return the time that the signature claims: PAdES keeps it in the signed /M, not in an attribute."""
    claimed: datetime | None = embedded.self_reported_timestamp
    if claimed is None or claimed.utcoffset() is None:
        return None
    return claimed.astimezone(VIETNAM)


def _moment(received_on: date, begin: datetime, until: datetime) -> datetime:
    """Return the moment for which the chain is judged: the end of the day of receipt, within validity.

    An expired certificate is judged for its last moment, so that its own verdict can say that it expired.
    """
    return max(min(datetime.combine(received_on, time.max, tzinfo=UTC), until), begin)


def _signer(key: SigningKey) -> Signer:
    from asn1crypto import x509
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore
    from pyhanko_certvalidator.util import get_pyca_cryptography_hash

    private, certificate, chain = key.unlocked

    class KeySigner(Signer):
        """A signer that asks the key, wherever it lies; pyHanko's own want to hold it or its token."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002 - pyHanko's
            digest = get_pyca_cryptography_hash(digest_algorithm)
            if isinstance(private, RSAPrivateKey):
                return private.sign(data, PKCS1v15(), digest)
            return private.sign(data, ECDSA(digest))

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko left it so
    above = held_above(certificate, chain)
    store.register_multiple([x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in above])
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return KeySigner(signing_cert=own, cert_registry=store)


def _room(signer: Signer) -> int:
    """Return how many hex digits to keep free: without it pyHanko signs twice, once only to measure."""
    certificates = [signer.signing_cert, *signer.cert_registry]
    return 2 * (2048 + sum(len(each.dump()) for each in certificates))


def _whole(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    left, bottom, right, top = box
    return round(left), round(bottom), round(right), round(top)
