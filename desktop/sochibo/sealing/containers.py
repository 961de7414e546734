"""The container of a signature, whose own bytes no signature covers: nothing may hide in it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from sochibo.sealing.certificates import is_issued
from sochibo.sealing.chains import claims_to_be_root, path_among
from sochibo.sealing.timestamps import ATTRIBUTE, OtherMethod, exact, token_in

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

__all__ = ["Form", "form_of"]

OUR_ATTRIBUTES: Final = ["content_type", "message_digest", "signing_certificate_v2"]
OUR_KEYS: Final = frozenset({
    "/ByteRange", "/Contents", "/Filter", "/M", "/Name", "/Reference", "/SubFilter", "/Type",
})  # fmt: skip


class Form(Enum):
    """How a container is written: as it must be, as another program may, or as nobody writes one.

    OTHER says nothing about what was changed: whoever sealed elsewhere did nothing wrong, but what stands in
    such a container is held by nothing that we know, so it cannot be judged.
    """

    EXACT = "exact"
    OTHER = "other"
    SPOILT = "spoilt"


def form_of(pdf: bytes, embedded: EmbeddedPdfSignature) -> Form:
    """Tell whether a signature leaves out its own hex digits and nothing else, and hides nothing in them.

    A signature does not sign its own container, in which versions, names and padding could be changed
    unseen. So the container is built once more from the parts that are signed, and must be the same. A time
    stamp may stand beside the signature, once, and built once more in the same way; nothing else may.
    """
    try:
        if not _is_ours(embedded):
            return Form.OTHER
        start, before, after, _ = (int(number) for number in embedded.byte_range)
        gap = pdf[before:after]
        der = _container_again(embedded).hex().encode()
        alone = start == 0 and gap[:1] == b"<" and gap[-1:] == b">"
        plain = _is_plain(bytes.fromhex(der.decode()))
        digits, padding = gap[1 : 1 + len(der)], gap[1 + len(der) : -1]
        same = digits in {der, der.upper()} and not padding.strip(b"0")
        return _form_of_certificates(embedded) if alone and same and plain else Form.SPOILT
    except OtherMethod:
        return Form.OTHER
    except Exception:  # noqa: BLE001 - a container may be damaged in any way
        return Form.SPOILT


def _is_ours(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether this program could have made a signature, by what the signature itself covers."""
    attributes = sorted(each["type"].native for each in embedded.signer_info["signed_attrs"])
    return attributes == OUR_ATTRIBUTES and set(embedded.sig_object.keys()) <= OUR_KEYS


def _container_again(embedded: EmbeddedPdfSignature) -> bytes:
    """Return the CMS container as it must be for these signed attributes, certificates and signature."""
    from asn1crypto import cms

    data, info, signer = embedded.signed_data, embedded.signer_info, embedded.signer_cert
    digest = info["digest_algorithm"]["algorithm"].native
    method = {"rsa": f"{digest}_rsa", "ec": f"{digest}_ecdsa"}.get(signer.public_key.algorithm)
    if info["signature_algorithm"]["algorithm"].native != method:
        raise OtherMethod
    if any(
        info[part]["parameters"].native is not None for part in ("digest_algorithm", "signature_algorithm")
    ):
        raise ValueError("parameters where there are none")
    stamp = token_in(info)
    beside = {} if stamp is None else {"unsigned_attrs": [{"type": ATTRIBUTE, "values": [exact(stamp)]}]}
    who = cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number})
    again = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": who}),
            "digest_algorithm": info["digest_algorithm"],
            "signed_attrs": info["signed_attrs"],
            "signature_algorithm": info["signature_algorithm"],
            "signature": info["signature"],
            **beside,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [info["digest_algorithm"]],
            "encap_content_info": {"content_type": "data"},
            "certificates": list(data["certificates"]),
            "signer_infos": [again],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _is_plain(der: bytes) -> bool:
    """Tell whether every length is written in the shortest way: a longer one would be a place to hide in."""
    place = 0
    while place < len(der):
        constructed, first = der[place] & 0x20, der[place + 1]
        more = first & 0x7F if first & 0x80 else 0
        start = place + 2 + more
        length = int.from_bytes(der[place + 2 : start], "big") if more else first
        shortest = 0 if length < 0x80 else (length.bit_length() + 7) // 8  # noqa: PLR2004 - one byte holds 127
        if more != shortest or first == 0x80 or start + length > len(der):  # noqa: PLR2004 - without an end
            return False
        if constructed and not _is_plain(der[start : start + length]):
            return False
        place = start + length
    return place == len(der)


def _form_of_certificates(embedded: EmbeddedPdfSignature) -> Form:
    """Tell whether every certificate that travels along was signed by itself or by one that travels too.

    The signer's own is bound by the signature; the others are bound by nothing else. Another program may
    leave the root at home: then nothing holds the uppermost one, and nobody can say whether it was changed.
    """
    from cryptography import x509

    signer = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    others = [x509.load_der_x509_certificate(each.dump()) for each in embedded.other_embedded_certs]
    if all(any(is_issued(upper, lower) for upper in others) for lower in others):
        return Form.EXACT
    path = path_among(signer, others)
    rootless = len(path) == 1 + len(others) and not claims_to_be_root(path[-1])
    return Form.OTHER if rootless else Form.SPOILT
