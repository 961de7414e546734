"""The container of a signature, whose own bytes no signature covers: nothing may hide in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.sealing.timestamps import ATTRIBUTE, exact, token_in

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

__all__ = ["is_exact"]


def is_exact(pdf: bytes, embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether a signature leaves out its own hex digits and nothing else, and hides nothing in them.

    A signature does not sign its own container, in which versions, names and padding could be changed
    unseen. So the container is built once more from the parts that are signed, and must be the same. A time
    stamp may stand beside the signature, once, and built once more in the same way; nothing else may.
    """
    try:
        start, before, after, _ = (int(number) for number in embedded.byte_range)
        gap = pdf[before:after]
        der = _container_again(embedded).hex().encode()
        alone = start == 0 and gap[:1] == b"<" and gap[-1:] == b">"
        plain = _is_plain(bytes.fromhex(der.decode()))
        digits, padding = gap[1 : 1 + len(der)], gap[1 + len(der) : -1]
        same = digits in {der, der.upper()} and not padding.strip(b"0")
        return alone and same and plain and _certificates_hold(embedded)
    except Exception:  # noqa: BLE001 - a container may be damaged in any way
        return False


def _container_again(embedded: EmbeddedPdfSignature) -> bytes:
    """Return the CMS container as it must be for these signed attributes, certificates and signature."""
    from asn1crypto import cms

    data, info, signer = embedded.signed_data, embedded.signer_info, embedded.signer_cert
    digest = info["digest_algorithm"]["algorithm"].native
    method = {"rsa": f"{digest}_rsa", "ec": f"{digest}_ecdsa"}[signer.public_key.algorithm]
    if info["signature_algorithm"]["algorithm"].native != method:
        raise ValueError("another method than the key's")
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


def _certificates_hold(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether every certificate that travels along was signed by itself or by one that travels too.

    The signer's own is bound by the signature; the others are bound by nothing else.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    others = [x509.load_der_x509_certificate(each.dump()) for each in embedded.other_embedded_certs]

    def signed_by(upper: x509.Certificate, lower: x509.Certificate) -> bool:
        try:
            lower.verify_directly_issued_by(upper)
        except (InvalidSignature, ValueError, TypeError):
            return False
        return True

    return all(any(signed_by(upper, lower) for upper in others) for lower in others)
