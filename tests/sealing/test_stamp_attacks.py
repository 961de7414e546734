"""Attacks on the place beside a signature, which no signature covers: one stamp may stand there, no more."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import keys
import pytest
import stamps
from asn1crypto import cms, core, crl
from mutations import mutated
from tampering import code, padding_used, small_letters_in_the_seal

from sochibo.documents.papers import Paper
from sochibo.sealing.seals import judge
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.sealing.trust import Trust

STAMP = "signature_time_stamp_token"
SEAL = re.compile(rb"<(3082[0-9A-Fa-f]{1000,})>")


@pytest.fixture(scope="module")
def stamped(summary: Paper) -> bytes:
    return stamps.sealed_with_stamp(summary)


@pytest.fixture(scope="module")
def believed(trust: Trust) -> Trust:
    return stamps.believing(trust, stamps.authority())


def container(pdf: bytes) -> Any:  # noqa: ANN401 - asn1crypto has no types
    """Return the container of the last seal of a file."""
    found = list(SEAL.finditer(pdf))[-1]
    return cms.ContentInfo.load(bytes.fromhex(found[1].decode()))


def with_container(pdf: bytes, der: bytes) -> bytes:
    """Put a container in the place of the last seal's, whose room it must not exceed."""
    found = list(SEAL.finditer(pdf))[-1]
    digits = der.hex().upper().encode().ljust(len(found[1]), b"0")
    assert len(digits) == len(found[1])
    return pdf[: found.start(1)] + digits + pdf[found.end(1) :]


def signer_of(content: Any) -> Any:  # noqa: ANN401 - asn1crypto has no types
    return content["content"]["signer_infos"][0]


def changed(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """Change the container of the last seal."""
    content = container(pdf)
    change(signer_of(content))
    return with_container(pdf, content.dump())


def beside(info: Any, *attributes: tuple[str, list[Any]]) -> None:  # noqa: ANN401 - asn1crypto has no types
    info["unsigned_attrs"] = cms.CMSAttributes(
        [{"type": kind, "values": list_} for kind, list_ in attributes]
    )


def token_of(pdf: bytes) -> Any:  # noqa: ANN401 - asn1crypto has no types
    return signer_of(container(pdf))["unsigned_attrs"][0]["values"][0]


def other_file(_pdf: bytes) -> Any:  # noqa: ANN401 - asn1crypto has no types
    """Return a stamp that the same authority put on something else."""
    from pyhanko.sign.timestamps import TimeStamper

    _, request = TimeStamper().request_cms(bytes(32), "sha256")  # type: ignore[no-untyped-call] # pyHanko left it so
    from asn1crypto import tsp

    answer = stamps.authority().answer(request.dump(), keys.NOW)
    return tsp.TimeStampResp.load(answer)["time_stamp_token"]


def test_what_is_built_for_attacks_changes_nothing_by_itself(stamped: bytes, believed: Trust) -> None:
    assert changed(stamped, lambda _info: None) == stamped
    assert code(changed(stamped, lambda info: beside(info, (STAMP, [token_of(stamped)]))), believed) == "V27"


def test_the_stamp_of_another_file_does_not_belong_to_this_seal(
    stamped: bytes, believed: Trust, trust: Trust
) -> None:
    token = other_file(stamped)
    foreign = changed(stamped, lambda info: beside(info, (STAMP, [token])))
    assert {code(foreign, believed), code(foreign, trust), code(foreign, None)} == {"V29"}


def test_a_stamp_may_be_taken_away_for_it_proves_only_that_the_seal_is_no_younger(
    stamped: bytes, believed: Trust
) -> None:
    def strip(info: Any) -> None:  # noqa: ANN401 - asn1crypto has no types
        del info["unsigned_attrs"]

    judged = judge(changed(stamped, strip), believed, keys.DAY)
    assert judged.verdict.code == "V00"
    assert judged.seal is not None
    assert judged.seal.stamped_at is None


HIDING: dict[str, Callable[[bytes], bytes]] = {}


def hiding(attack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    HIDING[attack.__name__] = attack
    return attack


@hiding
def two_stamps_in_one(pdf: bytes) -> bytes:
    return changed(pdf, lambda info: beside(info, (STAMP, [token_of(pdf), other_file(pdf)])))


@hiding
def two_attributes_with_stamps(pdf: bytes) -> bytes:
    return changed(pdf, lambda info: beside(info, (STAMP, [token_of(pdf)]), (STAMP, [other_file(pdf)])))


@hiding
def another_attribute_beside_the_stamp(pdf: bytes) -> bytes:
    said = ("1.2.3.4.5", [core.UTF8String("đã duyệt")])
    return changed(pdf, lambda info: beside(info, (STAMP, [token_of(pdf)]), said))


@hiding
def another_attribute_alone(pdf: bytes) -> bytes:
    return changed(pdf, lambda info: beside(info, ("1.2.3.4.5", [core.UTF8String("đã duyệt")])))


@hiding
def a_stamp_under_another_name(pdf: bytes) -> bytes:
    return changed(pdf, lambda info: beside(info, ("1.2.3.4.5", [token_of(pdf)])))


@hiding
def an_empty_list_beside(pdf: bytes) -> bytes:
    return changed(pdf, beside)


@hiding
def a_stamp_without_value(pdf: bytes) -> bytes:
    return changed(pdf, lambda info: beside(info, (STAMP, [])))


def within(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """Change the stamp itself where its own signature does not see it."""
    token = token_of(pdf).copy()
    change(token["content"])
    return changed(pdf, lambda info: beside(info, (STAMP, [cms.ContentInfo.load(token.dump())])))


@hiding
def a_certificate_that_vouches_for_nobody(pdf: bytes) -> bytes:
    more = container(pdf)["content"]["certificates"][0]
    return within(pdf, lambda data: data["certificates"].append(more))


@hiding
def a_list_of_revoked_certificates_in_the_stamp(pdf: bytes) -> bytes:
    listed = crl.CertificateList.load(stamps.authority().list_(keys.ISSUED))
    return within(pdf, lambda data: data.__setitem__("crls", [listed]))


@hiding
def an_attribute_beside_the_stamps_own_signature(pdf: bytes) -> bytes:
    said = ("1.2.3.4.5", [core.UTF8String("đã duyệt")])
    return within(pdf, lambda data: beside(data["signer_infos"][0], said))


@hiding
def another_version_in_the_stamp(pdf: bytes) -> bytes:
    return within(pdf, lambda data: data.__setitem__("version", "v5"))


@hiding
def a_length_written_longer_than_it_is(pdf: bytes) -> bytes:
    der = container(pdf).dump()
    assert der[:2] == bytes.fromhex("3082")
    return with_container(pdf, bytes.fromhex("308300") + der[2:])


@hiding
def a_length_within_the_stamp_written_longer(pdf: bytes) -> bytes:
    def lengthen(data: Any) -> None:  # noqa: ANN401 - asn1crypto has no types
        algorithm = data["digest_algorithms"][0].dump()
        odd = b"\x30\x81" + algorithm[1:]
        data["digest_algorithms"] = cms.DigestAlgorithms.load(b"\x31" + bytes([len(odd)]) + odd)

    token = token_of(pdf).copy()
    before = token.dump(force=True)
    lengthen(token["content"])
    assert len(token.dump()) == len(before) + 1
    return changed(pdf, lambda info: beside(info, (STAMP, [token])))


@hiding
def junk_in_the_padding(pdf: bytes) -> bytes:
    found = list(SEAL.finditer(pdf))[-1]
    place = found.end(1) - 40
    return pdf[:place] + b"BADC0DE" + pdf[place + 7 :]


HIDING["padding_used"] = padding_used
HIDING["small_letters_in_the_seal"] = small_letters_in_the_seal


@pytest.mark.parametrize("attack", HIDING)
def test_nothing_hides_beside_a_signature(attack: str, stamped: bytes, believed: Trust) -> None:
    attacked = HIDING[attack](stamped)
    assert attacked != stamped
    assert len(attacked) == len(stamped)
    assert code(attacked, believed) == "V03"


@pytest.mark.parametrize(
    "attack", [another_attribute_beside_the_stamp, two_stamps_in_one, an_empty_list_beside]
)
def test_nothing_hides_beside_the_second_signature(
    attack: Callable[[bytes], bytes], both: bytes, believed: Trust
) -> None:
    assert code(both, believed) == "V27"
    assert code(attack(both), believed) == "V03"


@pytest.fixture(scope="module")
def both(minutes: Paper) -> bytes:
    """Minutes with two stamped signatures."""
    chaired = stamps.sealed_with_stamp(minutes, "chair")
    return stamps.sealed_with_stamp(Paper(chaired, minutes.spaces), "minute_taker")


def test_the_stamp_of_the_first_signature_is_held_by_the_second(both: bytes, believed: Trust) -> None:
    """The second signature covers all of the first: not even taking a stamp away goes unseen."""
    first = next(SEAL.finditer(both))
    content = cms.ContentInfo.load(bytes.fromhex(first[1].decode()))
    del content["content"]["signer_infos"][0]["unsigned_attrs"]
    digits = content.dump().hex().upper().encode().ljust(len(first[1]), b"0")
    stripped = both[: first.start(1)] + digits + both[first.end(1) :]
    assert code(stripped, believed) == "V03"


def test_a_stamp_that_the_authority_never_signed_is_broken(stamped: bytes, believed: Trust) -> None:
    def redate(data: Any) -> None:  # noqa: ANN401 - asn1crypto has no types
        told = data["encap_content_info"]["content"].parsed.copy()
        told["gen_time"] = keys.ISSUED
        data["encap_content_info"]["content"] = core.ParsableOctetString(told.dump(force=True))

    assert code(within(stamped, redate), believed) == "V29"


@pytest.mark.parametrize("batch", range(2))
def test_no_changed_byte_in_a_stamp_is_accepted(batch: int, stamped: bytes, believed: Trust) -> None:
    found = list(SEAL.finditer(stamped))[-1]
    der = container(stamped).dump()
    start = der.index(token_of(stamped).dump())
    for seed in range(20):
        chance = random.Random(f"stamp {batch} {seed}")  # noqa: S311 - damage, not a secret
        at = chance.randrange(start, len(der))
        damaged = bytearray(der)
        damaged[at] ^= 1 << chance.randrange(8)
        attacked = with_container(stamped, bytes(damaged))
        assert len(attacked) == len(stamped)
        assert judge(attacked, believed, keys.DAY).verdict.code in {"V03", "V29"}, (seed, at)
    assert found


@pytest.mark.parametrize("kind", ["bytes", "objects", "revisions"])
def test_no_mutated_stamped_file_is_accepted(kind: str, stamped: bytes, believed: Trust) -> None:
    for seed in range(6):
        judged = judge(mutated(kind, seed, stamped), believed, keys.DAY)
        assert judged.verdict.level is Level.REFUSE, (kind, seed)
