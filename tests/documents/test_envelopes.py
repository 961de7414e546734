"""The data inside: canonical, whole, within limits."""

from __future__ import annotations

import dataclasses
import importlib
import json
import types
import unicodedata
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import pytest
import reports
from hypothesis import given, settings
from hypothesis import strategies as st

from sochibo import paths
from sochibo.documents import schema
from sochibo.documents.envelopes import (
    SIZE_LIMIT,
    Envelope,
    NewerPayload,
    PayloadInvalid,
    decode,
    digest,
    encode,
)
from sochibo.rules.forms import FORMS
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = {
    "minutes": reports.minutes,
    "long minutes": reports.long_minutes,
    "empty minutes": reports.empty_minutes,
    "unusual names": reports.unusual_names_minutes,
    "summary": reports.summary,
    "summary of nothing": lambda: reports.summary(0),
    "roll-up": lambda: reports.rollup(30),
}

TEXTS = st.text(max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)


MONTHS = st.dates(date(1930, 1, 1), date(2100, 1, 1)).map(lambda day: day.isoformat()[:7])
PLAIN = {str: TEXTS, int: WHOLE, datetime: st.datetimes(timezones=st.just(UTC))}
NAMED = {"period": MONTHS, "year": st.integers(1930, 2100)}
"""Fields that are read again when the envelope is made: any value would be no value of theirs."""


def any_value(of: Any, name: str = "") -> st.SearchStrategy[Any]:  # noqa: ANN401 - it takes any annotation
    """Return every value that a field annotated so can have and JSON can carry."""
    if name in NAMED:
        return NAMED[name]
    if of in PLAIN:
        return PLAIN[of]
    if get_origin(of) is tuple:
        return st.lists(any_value(get_args(of)[0]), max_size=2).map(tuple)
    if get_origin(of) is types.UnionType:
        return st.one_of(*map(any_value, get_args(of)))
    if is_dataclass(of) and isinstance(of, type):
        hints = get_type_hints(of)
        return st.builds(
            of,
            **{field.name: any_value(hints[field.name], field.name) for field in dataclasses.fields(of)},
        )
    return st.from_type(of)


ENVELOPES = {
    kind: any_value(form.report).map(partial(reports.wrap, kind=kind)) for kind, form in FORMS.items()
}
"""Envelopes of every kind, each with any values in all its fields."""


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_what_was_written_is_read_back(sample: Callable[[], Any]) -> None:
    envelope = reports.wrap(sample())
    data = encode(envelope)
    assert decode(data) == envelope
    assert encode(decode(data)) == data


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(list(ENVELOPES)).flatmap(ENVELOPES.__getitem__))
def test_an_envelope_of_any_kind_survives_the_journey(envelope: Envelope) -> None:
    assert decode(encode(envelope)) == envelope


def test_the_same_words_in_another_unicode_form_have_the_same_digest() -> None:
    composed = reports.minutes(conclusion="Nhất trí")
    decomposed = reports.minutes(conclusion=unicodedata.normalize("NFD", "Nhất trí"))
    assert composed != decomposed
    assert digest(reports.wrap(composed)) == digest(reports.wrap(decomposed))


def test_any_change_changes_the_digest() -> None:
    one = digest(reports.wrap(reports.summary()))
    other = digest(reports.wrap(reports.summary(remarks="")))
    assert one != other
    assert len(one) == 64


def changed(before: str, after: str) -> bytes:
    """Return a valid payload in which one passage was changed."""
    text = encode(reports.wrap(reports.minutes())).decode()
    assert before in text
    return text.replace(before, after, 1).encode()


CHANGES = {
    "unknown field": changed('"revision":1', '"revision":1,"secret":1'),
    "missing field": changed('"revision":1,', ""),
    "missing field of the report": changed('"adopted":true,', ""),
    "repeated field": changed('"revision":1', '"revision":1,"revision":1'),
    "white space": changed('"revision":1', '"revision": 1'),
    "decimal": changed('"revision":1', '"revision":1.0'),
    "text for a number": changed('"revision":1', '"revision":"1"'),
    "number beyond JSON": changed('"revision":1', '"revision":9007199254740993'),
    "number beyond anything": changed('"revision":1', f'"revision":{"9" * 400}'),
    "decomposed text": changed("Hòa", unicodedata.normalize("NFD", "Hòa")),
    "unneeded escape": changed("Nhà", "Nh\\u00e0"),
    "unknown meeting kind": changed('"meeting_kind":"regular"', '"meeting_kind":"party"'),
    "no such day": changed("2026-11-03", "2026-11-31"),
    "other kind": changed('"kind":"minutes"', '"kind":"summary"'),
    "unknown kind": changed('"kind":"minutes"', '"kind":"letter"'),
    "number differs from the page": changed('"number":"11-BB/CB"', '"number":"12-BB/CB"'),
    "day differs from the page": changed('"issued_on":"2026-11-03"', '"issued_on":"2026-11-04"'),
    "period differs from the page": changed('"period":"2026-11-03"', '"period":"2026-11-04"'),
    "other schema": changed('"schema":"sochibo"', '"schema":"other"'),
    "schema of no version": changed('"schema_number":1', '"schema_number":0'),
    "not JSON": b"%PDF-1.7",
    "nothing": b"",
    "a list": b"[]",
    "no UTF-8": b'{"schema":"sochibo\xff"}',
    "byte order mark": b"\xef\xbb\xbf" + encode(reports.wrap(reports.minutes())),
}


@pytest.mark.parametrize("data", CHANGES.values(), ids=CHANGES)
def test_what_was_not_written_by_the_program_is_refused(data: bytes) -> None:
    with pytest.raises(PayloadInvalid):
        decode(data)


def test_a_summary_of_no_month_is_refused() -> None:
    data = encode(reports.wrap(reports.summary())).replace(b'"2026-11"', b'"2026-13"')
    with pytest.raises(PayloadInvalid):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 1_000_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b'"' + b'\\"' * 2_000_000,
        b" " * (SIZE_LIMIT + 1),
    ],
    ids=["lists", "objects", "unclosed text", "too long"],
)
def test_limits_hold_before_anything_is_built(data: bytes) -> None:
    with pytest.raises(PayloadInvalid):
        decode(data)


def test_brackets_inside_text_are_no_depth() -> None:
    envelope = reports.wrap(reports.minutes(conclusion='"[{' * 100))
    assert decode(encode(envelope)) == envelope


def test_a_newer_schema_is_told_apart_from_a_broken_one() -> None:
    with pytest.raises(NewerPayload):
        decode(changed('"schema_number":1', '"schema_number":2'))
    with pytest.raises(NewerPayload):
        decode(b'{"schema":"sochibo","schema_number":7,"anything":[]}')
    with pytest.raises(NewerPayload):
        decode(b'{"deep":' + b"[" * 60 + b"]" * 60 + b',"schema":"sochibo","schema_number":2}')


@pytest.mark.parametrize("number", ["-1", "0", "true", "null", '"2"', "2.5", "[2]", "1e999"])
def test_a_schema_number_of_no_sense_is_not_taken_for_a_newer_one(number: str) -> None:
    with pytest.raises(PayloadInvalid):
        decode(changed('"schema_number":1', f'"schema_number":{number}'))


@pytest.mark.parametrize(
    "changes",
    [{"number": "99-BB/CB"}, {"kind": ReportKind.SUMMARY}, {"period": "2026-11"}],
    ids=["number", "kind", "period"],
)
def test_an_envelope_that_contradicts_its_report_is_never_written(changes: dict[str, Any]) -> None:
    envelope: Envelope = reports.wrap(reports.minutes(), **changes)
    with pytest.raises(ValueError, match="disagree"):
        encode(envelope)


def test_the_published_schema_is_that_of_the_records() -> None:
    path = paths.shipped("resources") / "schemas" / schema.PUBLISHED
    made = json.dumps(schema.published_schema(), ensure_ascii=False, indent=2) + "\n"
    assert path.read_text("utf-8") == made, "write published_schema() to the file, or raise SCHEMA_NUMBER"


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_published_schema_knows_every_payload(sample: Callable[[], Any]) -> None:
    validator = importlib.import_module("jsonschema").Draft202012Validator(schema.published_schema())
    payload = json.loads(encode(reports.wrap(sample())))
    assert validator.is_valid(payload)
    payload["report"]["heading"]["colour"] = "red"
    assert not validator.is_valid(payload)
