"""The committee's small authority, its revocation list, and the trust file that carries both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import keys
import pytest
from cryptography import x509

from sochibo.sealing.keys import KeyExpired, KeyOfOtherKind, open_key, request_of
from sochibo.sealing.trust import (
    Trust,
    TrustInvalid,
    issue,
    make_authority,
    read_certificate,
    read_trust,
    revoke,
    root_of,
    write_trust,
)


@pytest.fixture(scope="session")
def known() -> Trust:
    return keys.trust(keys.registered(keys.cell_key(), until=date(2028, 9, 30)))


def test_an_authority_may_only_issue() -> None:
    made = make_authority(keys.COMMITTEE, keys.UNIT, keys.PASSPHRASE, keys.NOW)
    key = open_key(made, keys.PASSPHRASE)
    root = x509.load_pem_x509_certificate(root_of(key).encode())
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (constraints.ca, constraints.path_length) == (True, 0)
    use = root.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (use.key_cert_sign, use.crl_sign, use.digital_signature) == (True, True, False)
    assert key.not_after > keys.NOW + timedelta(days=3640)


def test_a_certificate_is_issued_for_the_requests_name_and_key() -> None:
    chain = x509.load_pem_x509_certificates(issue(keys.authority(), request_of(keys.own_key()), keys.ISSUED))
    issued, root = chain
    issued.verify_directly_issued_by(root)
    asked = x509.load_pem_x509_certificate(request_of(keys.own_key()))
    assert (issued.subject, issued.public_key()) == (asked.subject, asked.public_key())
    assert not issued.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize("request_file", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_what_is_no_request_is_not_issued_for(request_file: bytes) -> None:
    with pytest.raises(TrustInvalid) as raised:
        issue(keys.authority(), request_file, keys.ISSUED, "yeu-cau.pem")
    assert raised.value.fields["name"] == "yeu-cau.pem"


def test_a_request_that_proves_no_possession_is_not_issued_for() -> None:
    issued = issue(keys.authority(), request_of(keys.own_key()), keys.ISSUED)
    with pytest.raises(TrustInvalid):
        issue(keys.authority(), issued, keys.ISSUED)
    with pytest.raises(TrustInvalid):
        issue(keys.authority(), root_of(keys.authority("false")).encode(), keys.ISSUED)


def test_only_an_authority_issues_and_only_in_its_years() -> None:
    with pytest.raises(KeyOfOtherKind):
        issue(keys.own_key("neighbour"), request_of(keys.own_key()), keys.ISSUED)
    with pytest.raises(KeyExpired):
        issue(keys.authority(), request_of(keys.own_key()), keys.authority().not_after + timedelta(days=1))


def test_a_revocation_list_names_lasts_and_counts() -> None:
    since = {7: keys.ISSUED}
    listed = x509.load_pem_x509_crl(revoke(keys.authority(), (7, 9, 7), 12, keys.NOW, since))
    assert [entry.serial_number for entry in listed] == [7, 9]
    assert [entry.revocation_date_utc for entry in listed] == [keys.ISSUED, keys.NOW]
    assert listed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 12
    assert listed.next_update_utc == keys.NOW + timedelta(days=400)


def test_a_trust_file_comes_back_as_it_was(known: Trust) -> None:
    written = write_trust(known)
    assert read_trust(written, "tin-cay.json") == known
    assert write_trust(read_trust(written, "")) == written


def spoilt(known: Trust, case: str) -> bytes:
    good = write_trust(known)
    false_list = revoke(keys.authority("false"), (), 2, keys.NOW).decode()
    cases = {
        "empty": b"",
        "not json": b"{",
        "other schema": good.replace(b'"sochibo-trust"', b'"another"'),
        "newer": good.replace(b'"schema_number":1', b'"schema_number":2'),
        "unknown field": good.replace(b'{"schema"', b'{"a":1,"schema"'),
        "spaces": good.replace(b":", b": ", 1),
        "doubled field": good.replace(b'"schema_number":1', b'"schema_number":1,"schema_number":1'),
        "wrong type": good.replace(b'"number":1', b'"number":"1"'),
        "missing field": good.replace(b'"number":1,', b""),
        "cut": good[:-5],
        "no certificate": write_trust(replace(known, roots=("x",))),
        "list of a stranger": write_trust(replace(known, revocation_lists=(false_list,))),
        "list that is none": write_trust(replace(known, revocation_lists=("x",))),
        "nested": b"[" * 100_000,
        "huge": good + b" " * 4_000_000,
    }
    return cases[case]


@pytest.mark.parametrize(
    "case",
    [
        "empty", "not json", "other schema", "newer", "unknown field", "spaces", "doubled field",
        "wrong type", "missing field", "cut", "no certificate", "list of a stranger", "list that is none",
        "nested", "huge",
    ],
)  # fmt: skip
def test_a_spoilt_trust_file_is_not_used(case: str, known: Trust) -> None:
    data = spoilt(known, case)
    assert data != write_trust(known)
    with pytest.raises(TrustInvalid) as raised:
        read_trust(data, "tin-cay.json")
    assert raised.value.fields == {"name": "tin-cay.json"}


@pytest.mark.parametrize(
    ("unit", "day", "expected"),
    [
        (keys.UNIT, date(2026, 10, 1), True),
        (keys.UNIT, date(2026, 9, 30), False),
        (keys.UNIT, date(2028, 9, 30), True),
        (keys.UNIT, date(2028, 10, 1), False),
        ("another unit", date(2026, 12, 1), False),
    ],
)
def test_a_signer_is_registered_for_a_unit_and_for_days(
    unit: str, day: date, expected: object, known: Trust
) -> None:
    assert known.registered(keys.cell_key().fingerprint, unit, day) is expected


def test_a_certificate_can_be_read_without_its_key() -> None:
    facts = read_certificate(root_of(keys.authority()).encode())
    assert (facts.organisation, facts.authority) == (keys.COMMITTEE, True)
