"""Verdicts as they are said and kept."""

from __future__ import annotations

import json
from datetime import date

import keys
import pytest

from sochibo.messages import Messages, fields_of
from sochibo.sealing.verdicts import LEVEL_LABELS, VERDICTS, Level, Verdict, verdict

FIELDS = {
    "claimed": keys.NOW, "finding": "The sum is wrong by {n}.", "n": 3, "signer": "A", "unit": "B",
    "day": keys.DAY, "person": "C", "stamped": keys.NOW, "authority": "D",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(VERDICTS))
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_verdict_can_be_said(code: str, language: str) -> None:
    wanted = {name: FIELDS[name] for name in fields_of(VERDICTS[code][1]) | {"n"}}
    said = verdict(code, **wanted)
    words = Messages(language)
    assert said.sentence(words).endswith((".", "3."))
    assert "{" not in said.sentence(words) + said.advice(words)
    assert said.level in LEVEL_LABELS


def test_only_a_good_file_and_a_stamped_one_are_accepted_without_a_note() -> None:
    assert [code for code, (level, _, _) in VERDICTS.items() if level is Level.ACCEPT] == ["V00", "V27"]


def test_a_finding_is_said_in_the_readers_language_with_its_own_fields() -> None:
    said = verdict("V11", finding="The sum is wrong by {n}.", n=3, code="A").sentence(Messages("en"))
    assert said == "The figures contradict each other: The sum is wrong by 3."


def test_a_verdict_kept_as_json_is_said_as_before() -> None:
    fresh = verdict("V10", claimed=keys.NOW)
    kept = json.loads(json.dumps({"claimed": keys.NOW.isoformat()}))
    assert Verdict("V10", Level.HOLD, kept).sentence(Messages("vi")) == fresh.sentence(Messages("vi"))
    received = Verdict("V13", Level.NOTE, {"day": date(2026, 12, 2).isoformat()})
    assert "02/12/2026" in received.sentence(Messages("vi"))
    assert "2026-13-45" in Verdict("V13", Level.NOTE, {"day": "2026-13-45"}).sentence(Messages("en"))
    assert "tomorrow" in Verdict("V13", Level.NOTE, {"day": "tomorrow"}).sentence(Messages("en"))
