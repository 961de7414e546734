"""Time stamps (RFC 3161) on seals: asked for when a person wants one, kept in one exact form, and judged.

A stamp stands beside a signature, which does not cover it. Whoever passes a file on can take it away or put
a later one in its place, so it proves that the seal was there by that time, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sochibo.faults import Fault
from sochibo.sealing.certificates import facts_of, is_issued, is_self_signed, is_weak
from sochibo.sealing.chains import Chain, context_of, last_moment, standing
from sochibo.sealing.fetching import AnswerRefused, AnswerUnusable, Question, StampSource, fetch
from sochibo.sealing.loop import run

if TYPE_CHECKING:
    from asn1crypto import cms, tsp
    from cryptography import x509
    from pyhanko.sign.timestamps import TimeStamper

    from sochibo.sealing.trust import Trust

__all__ = [
    "ATTRIBUTE", "ROOM", "OtherMethod", "Reliance", "Stamp", "StampSource", "exact", "judge_stamp", "stamper",
    "token_in", "told_by",
]  # fmt: skip

ATTRIBUTE: Final = "signature_time_stamp_token"
ROOM: Final = 12_288
"""Bytes kept free for a stamp with its certificates; those of public authorities have 3,000 to 8,000."""
_DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})


class OtherMethod(ValueError):
    """Signed by a method that is not used here, as RSA-PSS; whoever did so did nothing wrong."""


class Reliance(Enum):
    """What a stamp is worth; one that is UNKNOWN or UNCHECKED counts as none."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"
    REVOKED = "revoked"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp on one signature: when it was made, and who says so."""

    at: datetime
    authority: str
    reliance: Reliance


def stamper(source: StampSource) -> TimeStamper:
    """Return what pyHanko calls for a stamp; it raises the faults of `fetching`."""
    from pyhanko.sign.timestamps import TimeStamper

    class Asking(TimeStamper):
        """Ask by Python's own client, and keep of the answer what belongs into a seal."""

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
            nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call] # pyHanko left it so
            kind = "application/timestamp-query"
            question = Question(source.address, 4 * ROOM, request.dump(), kind)
            try:
                answer = fetch(question, source.keep_on)
                return _granted(answer, nonce, message_digest, question.host)
            except Fault:
                raise
            except Exception as error:
                # An answer can be damaged in any way.
                raise AnswerUnusable(host=question.host) from error

    return Asking()  # type: ignore[no-untyped-call] # pyHanko left it so


def _granted(data: bytes, nonce: int, digest: bytes, host: str) -> cms.ContentInfo:
    """Return the stamp of an answer in its exact form; raises AnswerRefused, or anything if it is wrong."""
    from asn1crypto import cms, core, tsp

    class Response(core.Sequence):  # type: ignore[misc] # asn1crypto has no types
        """A TimeStampResp; the library's own cannot read a refusal, which holds no stamp."""

        _fields: ClassVar = [
            ("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True}),
        ]  # fmt: skip

    answer = Response.load(data, strict=True)
    if answer["status"]["status"].native not in {"granted", "granted_with_mods"}:
        raise AnswerRefused(host=host)
    token = exact(answer["time_stamp_token"], trimmed=True)
    told = _told(token)
    if told["nonce"].native != nonce or told["message_imprint"]["hashed_message"].native != digest:
        raise AnswerUnusable(host=host)
    if len(token.dump()) > ROOM:
        raise AnswerUnusable(host=host)
    return token


def token_in(info: cms.SignerInfo) -> cms.ContentInfo | None:
    """Return the stamp beside a signature, None where nothing is; raises ValueError for anything else."""
    from asn1crypto import core

    beside = info["unsigned_attrs"]
    if isinstance(beside, core.Void):
        return None
    (attribute,) = beside
    if attribute["type"].native != ATTRIBUTE:
        raise ValueError("nothing but a time stamp may stand beside a signature")
    (token,) = attribute["values"]
    return token


def exact(token: cms.ContentInfo, *, trimmed: bool = False) -> cms.ContentInfo:
    """Return a stamp in the one form that it can have: what its own signature covers, and its certificates.

    It brings the signer's certificate alone, which the stamp names by its digest, or all that lead up from it
    to one that issued itself: so each is held by a signature, and none can be changed unseen. With `trimmed`,
    as an answer comes in, others are left out; else they raise ValueError.
    """
    from asn1crypto import cms, core

    data = token["content"]
    (info,) = data["signer_infos"]
    signer, along = _certificates(data, info)
    path = _upward(signer, along)
    if len(path) != 1 + len(along) and not trimmed:
        raise ValueError("certificates that vouch for nobody")
    digest = info["digest_algorithm"]["algorithm"].native
    method = info["signature_algorithm"]["algorithm"].native
    kind = signer.public_key.algorithm
    if digest not in _DIGESTS or method not in {
        "rsa": ("rsassa_pkcs1v15", f"{digest}_rsa"), "ec": (f"{digest}_ecdsa",),
    }.get(kind, ()):  # fmt: skip
        raise OtherMethod
    if not {"signing_certificate", "signing_certificate_v2"} & {
        each["type"].native for each in info["signed_attrs"]
    }:
        raise ValueError("the stamp does not name its certificate")
    sid = cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number})
    again = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": sid}),
            "digest_algorithm": _plain(cms.DigestAlgorithm, info["digest_algorithm"]),
            "signed_attrs": info["signed_attrs"],
            "signature_algorithm": _plain(cms.SignedDigestAlgorithm, info["signature_algorithm"]),
            "signature": core.OctetString(info["signature"].native),
        }
    )
    content = core.ParsableOctetString(bytes(data["encap_content_info"]["content"]))
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [_plain(cms.DigestAlgorithm, info["digest_algorithm"])],
            "encap_content_info": {"content_type": "tst_info", "content": content},
            "certificates": path,
            "signer_infos": [again],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def told_by(info: cms.SignerInfo) -> tuple[datetime, str] | None:
    """Return time and signer's certificate (PEM) of the stamp beside a signature, None without one."""
    from asn1crypto import pem

    token = token_in(info)
    if token is None:
        return None
    data = token["content"]
    signer, _ = _certificates(data, data["signer_infos"][0])
    return _told(token)["gen_time"].native, pem.armor("CERTIFICATE", signer.dump()).decode()


def judge_stamp(info: cms.SignerInfo, trust: Trust | None, received_on: date) -> Stamp | None:
    """Judge the stamp beside a signature; None where there is none. Never raises for a bad one.

    Its authority needs an own purpose in its certificate, a root in the trust, and a list of that root that
    does not name it. The day of receipt decides, as for the seal itself.
    """
    try:
        token = token_in(info)
        return None if token is None else _judged(info, token, trust, received_on)
    except Exception:  # noqa: BLE001 - a stamp can be broken in any way
        return Stamp(datetime.fromtimestamp(0, UTC), "", Reliance.BROKEN)


def _judged(info: cms.SignerInfo, token: cms.ContentInfo, trust: Trust | None, received_on: date) -> Stamp:
    from cryptography import x509
    from pyhanko.sign.validation.generic_cms import message_imprint_checker, validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus

    data, told = token["content"], _told(token)
    signer, along = _certificates(data, data["signer_infos"][0])
    certificate, *above = (x509.load_der_x509_certificate(each.dump()) for each in (signer, *along))
    facts, at = facts_of(certificate), told["gen_time"].native
    moment = datetime.combine(received_on, time.max, tzinfo=UTC)
    found: dict[str, Any] = run(
        validate_tst_signed_data(data, context_of(trust, moment), message_imprint_checker(info))
    )
    status = TimestampSignatureStatus(**found)
    sound = (
        status.intact
        and status.valid
        and told["message_imprint"]["hash_algorithm"]["algorithm"].native in _DIGESTS
        and not is_weak(certificate.public_key())
        and _may_stamp(certificate)
        and facts.not_before <= at <= facts.not_after
    )
    chain = standing(status, certificate, above, trust, moment)
    if chain is Chain.TRUSTED and moment > last_moment(certificate, above, trust):
        chain = Chain.UNKNOWN
    reliance = {
        Chain.TRUSTED: Reliance.TRUSTED, Chain.REVOKED: Reliance.REVOKED, Chain.UNCHECKED: Reliance.UNCHECKED,
    }.get(chain, Reliance.UNKNOWN)  # fmt: skip
    return Stamp(at, facts.person or facts.organisation, reliance if sound else Reliance.BROKEN)


def _may_stamp(certificate: x509.Certificate) -> bool:
    """Tell whether stamping is the one purpose of a certificate, as RFC 3161 section 2.3 wants it."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return list(found.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def _told(token: cms.ContentInfo) -> tsp.TSTInfo:
    from asn1crypto import tsp

    told = token["content"]["encap_content_info"]["content"].parsed
    if not isinstance(told, tsp.TSTInfo):
        raise TypeError(type(told))
    return told


def _certificates(data: cms.SignedData, info: cms.SignerInfo) -> tuple[Any, list[Any]]:
    """Return the certificate that signed, and the others that travel along."""
    given = [each.chosen for each in data["certificates"]]
    sid = info["sid"]
    if sid.name == "issuer_and_serial_number":
        wanted = (sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native)
        own = [each for each in given if (each.issuer.dump(), each.serial_number) == wanted]
    else:
        own = [each for each in given if each.key_identifier == sid.chosen.native]
    (signer,) = own
    return signer, [each for each in given if each is not signer]


def _upward(signer: Any, along: list[Any]) -> list[Any]:  # noqa: ANN401 - asn1crypto has no types
    """Return a certificate and those that lead up to a root among the given ones; alone if none does."""
    from cryptography import x509

    loaded = {each.dump(): x509.load_der_x509_certificate(each.dump()) for each in (signer, *along)}
    path, left = [signer], list(along)
    while True:
        lowest = loaded[path[-1].dump()]
        upper = next((one for one in left if is_issued(loaded[one.dump()], lowest)), None)
        if upper is None:
            return path if is_self_signed(lowest) else [signer]
        path.append(upper)
        left.remove(upper)


def _plain(kind: Any, given: Any) -> Any:  # noqa: ANN401 - asn1crypto has no types
    """Return an algorithm by its name alone, with or without the NULL that may follow."""
    from asn1crypto import core

    parameters = given["parameters"]
    if not isinstance(parameters, core.Null | core.Void):
        raise ValueError("parameters where there are none")  # noqa: TRY004 - of the file, not of our code
    return kind({"algorithm": given["algorithm"].native, "parameters": parameters.__class__()})
