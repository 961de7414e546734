"""Papers about members: drawn from their reports alone, in the words of the field, numbers masked."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import reports
from pages import lines_of
from rolls import entry

from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.documents.papers import page_texts
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.badges import Badge
from sochibo.rules.members.composition import make_composition
from sochibo.rules.members.member_papers import (
    CompanionRegisterReport,
    HeldReport,
    HeldSection,
    MemberRegisterReport,
    RegisterColumn,
    composition_report,
    member_row,
    movement_report,
)
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Sex
from sochibo.rules.members.movement import make_movement

if TYPE_CHECKING:
    from sochibo.rules.reports import Report

GOLDEN: Final = Path(__file__).parent / "golden"
DAY: Final = date(2026, 12, 31)


def event(number: int, kind: EventKind, on: str, other: str = "", reason: str = "") -> MemberEvent:
    return MemberEvent(
        id=f"{number}{kind}",
        member_id=f"m{number}",
        kind=kind,
        on=PartialDate(on),
        other_organisation=other,
        reason=reason,
    )


def person(number: int) -> Member:
    return Member(
        id=f"m{number}",
        name=f"Nguyễn Thị Minh Nguyệt {number}",
        birth_name="Nguyễn Thị Trăng" if number % 2 else "",
        birth=PartialDate("1961-11-03") if number % 3 else PartialDate("1961"),
        sex=Sex.FEMALE if number % 2 else Sex.MALE,
        ethnicity="Kinh" if number % 4 else "Tày",
        religion="Không",
        home_place="xã Đông Hòa, tỉnh Bình Minh",
        education="12/12",
        political_theory="Trung cấp",
        profession="Đại học Sư phạm",
        job_before="Nông dân",
        job_now="Giáo viên nghỉ hưu",
        card_no="001061006789",
        cv_no="000123 BM",
        badge_no="BM 00012345",
        retired=True,
        register_no=str(number),
        note="Chuyển từ sổ cũ",
    )


def lives(number: int) -> list[MemberEvent]:
    events = [
        event(number, EventKind.ADMISSION, "1996-03-02"),
        event(number, EventKind.RECOGNITION, "1997-03-02"),
    ]
    if number == 3:
        events.append(event(3, EventKind.TRANSFER_OUT, "2026-10-09", "Đảng bộ xã Tân Lập"))
    if number == 4:
        events.append(event(4, EventKind.DEATH, "2026-06-01", reason="Bệnh"))
    if number == 5:
        events.append(event(5, EventKind.STRIKE_OFF, "2026-07-01"))
    return events


PEOPLE: Final = [(person(number), lives(number)) for number in range(1, 13)]
HEAD: Final = reports.heading("", issued_on=DAY)
SAMPLES: Final[dict[str, Report]] = {
    "member-register": MemberRegisterReport(
        HEAD, DAY.isoformat(), tuple(member_row(member, events) for member, events in PEOPLE)
    ),
    "companion-register": CompanionRegisterReport(
        HEAD,
        DAY.isoformat(),
        "Khen thưởng",
        tuple(RegisterColumn(title, title == "Hình thức") for title in ("Đảng viên", "Ngày", "Hình thức")),
        tuple((f"Trần Văn {n}", "05/11/2026", "Giấy khen của Đảng ủy xã") for n in range(40)),
    ),
    "companion-register-empty": CompanionRegisterReport(
        HEAD, DAY.isoformat(), "Khen thưởng", (RegisterColumn("Đảng viên"),), ()
    ),
    "member-held": HeldReport(
        HEAD,
        DAY.isoformat(),
        "Trần Thị Mẫu",
        (
            HeldSection("Lý lịch trong danh sách", ("Mục", "Nội dung"), (("Ngày sinh", "03/11/1961"),)),
            HeldSection(
                "Biến động", ("Ngày", "Nội dung", "Số quyết định"), (("02/03/1996", "Kết nạp", "12"),)
            ),
        ),
    ),
    "movement": movement_report(
        reports.heading("04-BC/CB", issued_on=DAY), "2026", make_movement(PEOPLE, date(2026, 1, 1), DAY)
    ),
    "composition": composition_report(
        reports.heading("05-BC/CB", issued_on=DAY),
        DAY,
        make_composition(
            [
                (
                    entry(
                        n, sex=member.sex, birth=member.birth, ethnicity=member.ethnicity, education="12/12"
                    ),
                    events,
                    [Badge(id="b", member_id="m", years=30)],
                )
                for n, (member, events) in enumerate(PEOPLE)
            ],
            DAY,
        ),
    ),
}
EVERY = pytest.mark.parametrize("name", SAMPLES)


@EVERY
def test_the_same_report_gives_the_same_words(name: str) -> None:
    text = "\n\n".join(page_texts(draw(reports.wrap(SAMPLES[name])).pdf)) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(text, "utf-8", newline="\n")
    assert golden.read_text("utf-8") == text


@EVERY
def test_a_report_travels_without_a_letter_lost(name: str) -> None:
    envelope = reports.wrap(SAMPLES[name])
    golden = GOLDEN / f"{name}.envelope-1.json"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_bytes(encode(envelope))
    assert decode(golden.read_bytes()) == envelope
    assert encode(envelope) == golden.read_bytes()


@EVERY
def test_no_paper_and_no_file_shows_an_identity_number(name: str) -> None:
    envelope = reports.wrap(SAMPLES[name])
    assert b"001061006789" not in encode(envelope)
    drawn = " ".join(line.text for page in lines_of(draw(envelope).pdf) for line in page)
    assert "001061006789" not in drawn


def test_the_register_has_its_fourteen_columns() -> None:
    drawn = [
        line.text for page in lines_of(draw(reports.wrap(SAMPLES["member-register"])).pdf) for line in page
    ]
    assert "(14)" in drawn
    assert any("0010••••6789" in text for text in drawn)
    assert any("Xóa tên" in text for text in drawn)


def test_the_movement_writes_its_identity_out() -> None:
    text = " ".join(page_texts(draw(reports.wrap(SAMPLES["movement"])).pdf))
    assert "12 + 0 − 03 = 09 đảng viên" in " ".join(text.split())
