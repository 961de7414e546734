"""The sheet for the national app on paper, and the texts that go into its boxes."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import reports

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.documents.words.coexistence_texts import filled_fields, value_text
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.coexistence import (
    AppStage,
    AppValue,
    CoexistenceSheet,
    KnownPaper,
    MeetingFacts,
    MemberChange,
)
from sochibo.rules.meetings.coexistence_files import load_orders, orders_file
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind
from sochibo.rules.reports import ReportKind

GOLDEN: Final = Path(__file__).parent / "golden"
MINUTES: Final = reports.full_minutes()
ORDER: Final = load_orders(orders_file())[0]
FACTS: Final = MeetingFacts(
    minutes=MINUTES,
    held=True,
    papers=(
        KnownPaper(ReportKind.NOTICE, "03-TB/CB"),
        KnownPaper(ReportKind.RESOLUTION, "02-NQ/CB", "về nhiệm vụ tháng 12"),
        KnownPaper(ReportKind.MINUTES, "11-BB/CB"),
    ),
    changes=(
        MemberChange("Lý Văn Khoa", EventKind.TRANSFER_OUT, PartialDate("2026-11-12"), "Chi bộ Thôn 7"),
        MemberChange("Đặng Thị Đào", EventKind.RECOGNITION, PartialDate("2026-11-19")),
    ),
)


def sheet(facts: MeetingFacts = FACTS, *, verified: bool = False) -> CoexistenceSheet:
    minutes = facts.minutes
    return CoexistenceSheet(
        heading=reports.heading("", issued_on=date(2026, 11, 6)),
        meeting_id=minutes.meeting_id,
        meeting_kind=minutes.meeting_kind,
        on=minutes.on,
        app=ORDER.app,
        edition=ORDER.edition,
        document=ORDER.document,
        source=ORDER.source,
        verified=verified,
        fields=filled_fields(ORDER, facts),
    )


def test_the_words_and_the_data_stay_as_they_were_published() -> None:
    made = reports.wrap(sheet(), kind=ReportKind.COEXISTENCE)
    pages = papers.page_texts(draw(made).pdf)
    text = "\n\n".join(pages) + "\n"
    words, data = GOLDEN / "coexistence.txt", GOLDEN / "coexistence.envelope-1.json"
    if os.environ.get("WRITE_GOLDEN"):
        words.write_text(text, "utf-8", newline="\n")
        data.write_bytes(encode(made))
    assert words.read_text("utf-8") == text
    assert decode(data.read_bytes()) == made
    assert len(pages) <= 2
    flat = " ".join(text.split())
    for said in (
        "PHIẾU ĐỐI CHIẾU",
        "Tạo lịch, mời dự sinh hoạt",
        "Chưa đối chiếu với ứng dụng",
        ORDER.edition,
    ):
        assert said in flat


def test_a_compared_order_is_not_doubted() -> None:
    text = " ".join(
        papers.page_texts(draw(reports.wrap(sheet(verified=True), kind=ReportKind.COEXISTENCE)).pdf)
    )
    assert "Chưa đối chiếu" not in text


def test_before_the_meeting_nothing_is_told_that_only_the_meeting_shows() -> None:
    planned = replace(FACTS, held=False)
    for field, filled in zip(ORDER.fields, filled_fields(ORDER, planned), strict=True):
        if field.screen.stage is AppStage.AFTER:
            assert filled.text == "", field.value
    assert value_text(AppValue.DAY, planned)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (AppValue.RESOLUTION, "Nghị quyết số 02-NQ/CB, về nhiệm vụ tháng 12"),
        (AppValue.PAPERS_BEFORE, "Thông báo số 03-TB/CB"),
        (AppValue.MINUTES, "Biên bản số 11-BB/CB"),
        (
            AppValue.MEMBER_CHANGES,
            """1. Lý Văn Khoa – chuyển đi – Chi bộ Thôn 7, 12/11/2026
2. Đặng Thị Đào – công nhận chính thức, 19/11/2026""",
        ),
    ],
)
def test_what_is_attached_and_who_moved_is_named(value: AppValue, said: str) -> None:
    assert value_text(value, FACTS) == said


def test_every_value_has_its_text_and_nobody_absent_is_a_number() -> None:
    empty = replace(MINUTES, excused=(), unexcused=(), score=None, not_scored_reason="cấp trên cho hoãn")
    facts = replace(FACTS, minutes=empty)
    texts = {value: value_text(value, facts) for value in AppValue}
    assert texts[AppValue.EXCUSED] == texts[AppValue.UNEXCUSED] == "0 đồng chí"
    assert texts[AppValue.SCORE] == "Không chấm điểm: cấp trên cho hoãn"
    assert all(text == text.strip() for text in texts.values())


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (MeetingKind.REGULAR, "Sinh hoạt thường kỳ"),
        (MeetingKind.CELL_COMMITTEE, "Họp chi ủy"),
        (MeetingKind.ADMISSION, "Lễ kết nạp"),
    ],
)
def test_kinds_are_said_as_people_say_them(kind: MeetingKind, said: str) -> None:
    assert value_text(AppValue.KIND, replace(FACTS, minutes=replace(MINUTES, meeting_kind=kind))) == said
