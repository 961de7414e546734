"""Who spoke is read out of the minutes: whole names, forms of address, replies, guests, two of one name."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rolls

from sochibo.rules.counts import Ratio
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import AgendaItem, Attendance, Guest
from sochibo.rules.meetings.speeches import Speech, speaking_parts, speeches_in
from sochibo.rules.members.members import RosterEntry
from sochibo.rules.members.rolls import told_apart


def person(key: str, name: str, birth: str | None = None) -> RosterEntry:
    made = rolls.entry(0)
    member = replace(made.member, id=key, name=name, birth=PartialDate(birth) if birth else None)
    return RosterEntry(member, made.standing)


ROLL = (
    person("bao", "Trần Văn Bảo"),
    person("thu", "Nguyễn Thị Thu"),
    person("an1", "Lê Văn An", "1961-05-01"),
    person("an2", "Lê Văn An", "1975"),
    person("luan", "Phạm Kết Luận"),
)
GUESTS = (Guest(id="g", meeting_id="m", position=0, name="Lê Thị Hậu"),)


def read(*paragraphs: str) -> tuple[Speech, ...]:
    item = AgendaItem(id="i", meeting_id="m", position=0, title="Nhiệm vụ", text="\n".join(paragraphs))
    return speeches_in((item,), speaking_parts(ROLL, GUESTS))


def speakers(*paragraphs: str) -> list[str | None]:
    return [speech.member_id or speech.guest_id for speech in read(*paragraphs)]


@pytest.mark.parametrize(
    ("paragraph", "who"),
    [
        ("Trần Văn Bảo: đề nghị làm sớm", "bao"),
        ("  - trần văn  BẢO : nhất trí", "bao"),
        ("Đồng chí Trần Văn Bảo: nhất trí", "bao"),
        ("đ/c Bảo: nhất trí", "bao"),
        ("Bà Thu: nhất trí", "thu"),
        ("Lê Thị Hậu: chúc mừng chi bộ", "g"),
        ("Lê Văn An (1961): nhất trí", "an1"),
        ("Lê Văn An (1975): nhất trí", "an2"),
        ("Trần Văn Bảo：nhất trí", "bao"),
    ],
)
def test_a_paragraph_that_begins_with_somebody_is_what_that_person_said(paragraph: str, who: str) -> None:
    assert speakers(paragraph) == [who]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Thu: 5 triệu đồng; chi: 3 triệu đồng",
        "Kết luận: nhất trí",
        "Lê Văn An: nhất trí",
        "đ/c An: nhất trí",
        "Trần Văn Bao: nhất trí",
        "Chi bộ thảo luận; Trần Văn Bảo: nhất trí",
        "Trần Văn Bảo phát biểu",
        "",
    ],
)
def test_what_may_mean_something_or_somebody_else_is_nobodys_speech(paragraph: str) -> None:
    assert speakers(paragraph) == []


def test_a_reply_belongs_to_the_opinion_before_it() -> None:
    speeches = read("Trần Văn Bảo: bao giờ làm đường?", "Trả lời: quý I.", "Đ/c Thu: nhất trí", "Trả lời:")
    assert [(one.text, one.answer) for one in speeches] == [
        ("bao giờ làm đường?", "quý I."), ("nhất trí", ""),
    ]  # fmt: skip


def test_a_reply_before_any_opinion_is_plain_text() -> None:
    assert read("Trả lời: không có ý kiến.") == ()


def test_people_of_one_name_are_told_apart_by_year_then_day_then_number() -> None:
    people = [
        person("a", "Lê Văn An", "1961-05-01").member,
        person("b", "Lê Văn An", "1961-06-01").member,
        person("c", "Lê  văn an", "1975").member,
        person("d", "Lê Văn An").member,
        person("e", "Trần Bình").member,
    ]
    assert told_apart(people) == {
        "a": "Lê Văn An (05/1961)", "b": "Lê Văn An (06/1961)", "c": "Lê  văn an (1975)",
        "d": "Lê Văn An (4)", "e": "Trần Bình",
    }  # fmt: skip


def test_the_share_of_speakers_counts_those_who_came_once_each() -> None:
    speech = Speech(id="", meeting_id="meeting", position=0, agenda_item_id="i", member_id="m3")
    file = rolls.meeting_file(
        speeches=(speech, speech, replace(speech, member_id="m19"), replace(speech, member_id=None)),
        marks=rolls.marks(Attendance.UNEXCUSED, 19),
    )
    assert file.speaking() == Ratio(1, 21)
    assert "m3" not in {entry.member.id for entry in file.silent()}
    assert len(file.silent()) == 20
