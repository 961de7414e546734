"""Twelve months of sample meetings as plain data, just as `sochibo meeting add` reads them.

What is only told a month later (how far the tasks have come, what became of a proposal) is `told_after`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from sochibo.commands.samples.people import CHAIR, DEPUTY, MINUTE_TAKER, Person, attending
from sochibo.rules.dates import Month

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "FIRST_MONTH",
    "MONTHS",
    "THEMED",
    "ToldAfter",
    "later_months",
    "meeting_of",
    "months",
    "talk_of",
    "thematic_of",
    "told_after",
]

FIRST_MONTH: Final = Month(2025, 11)
MONTHS: Final = 12

_FULL: Final = {
    "1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5,
}  # fmt: skip
_GUEST: Final = {
    "name": "Đào Thị Mơ", "post": "Đảng ủy viên phụ trách chi bộ", "superior": True, "assigned": True,
    "remarks": "Ghi nhận kết quả của chi bộ, đề nghị giao việc rõ người, rõ thời hạn.",
}  # fmt: skip
_OPENING: Final = f"Chi bộ cử đồng chí {MINUTE_TAKER} làm thư ký, nhất trí thông qua chương trình."
_REASONS: Final = ("illness", "work", "family", "weather", "study")
THEMED: Final = {
    Month(2026, 3): "Phát huy vai trò của đảng viên trong xây dựng nông thôn mới kiểu mẫu",
    Month(2026, 9): "Chuyển đổi số ở thôn: đảng viên đi trước, làng nước theo sau",
}
"""Months that had a thematic meeting of its own, with its theme."""

_STAYED_AWAY: Final = "Hà Văn Bàng"
_STAYED_AWAY_FROM: Final = 5


@dataclass(frozen=True, slots=True)
class ToldAfter:
    """What the following meeting hears of a month: how far its task has come, what answers its proposal."""

    percent: int
    result: str
    answer: str = ""
    answered_by: str = ""


def months(count: int = MONTHS) -> tuple[Month, ...]:
    """Return the last so many of the sample months."""
    found = [FIRST_MONTH]
    while len(found) < MONTHS:
        found.append(found[-1].next())
    return tuple(found[MONTHS - count :])


def later_months() -> tuple[Month, ...]:
    """Return the months after the sample ones, with which their last year ends."""
    return months()[-1].next(), months()[-1].next().next()


def meeting_of(month: Month) -> dict[str, Any]:
    """Return the regular meeting of a sample month, with a thematic part where the month had one."""
    number = _number(month)
    talk, voices = _talks()[number], _voices()[number]
    on = date(month.year, month.month, 3)
    people = attending(on)
    absent = _absent(number, people)
    away = {line["name"] for line in absent}
    themed = "theme" in talk
    data: dict[str, Any] = {
        "kind": "combined" if themed else "regular",
        "on": on.isoformat(),
        "notice_on": (on - timedelta(days=5)).isoformat(),
        "start": "19:30" if not themed else "19:00",
        "end": "21:05" if not themed else "21:15",
        "place": "Nhà văn hóa thôn 4",
        "theme": talk.get("theme", ""),
        "chair": CHAIR,
        "minute_taker": MINUTE_TAKER,
        "fee": "Đảng viên đã đóng đảng phí đầy đủ, đúng hạn.",
        "absent": absent,
        "items": _items(talk, voices, away),
        "votes": _votes(talk, number, month, sum(_votes_at(person, away) for person in people)),
        "tasks": _tasks(talk, voices, month),
        "scores": _scores(talk),
        "conclusion": f"Đồng chí Bí thư kết luận: tập trung thực hiện tốt {talk['matter'].lower()}.",
        "adopted": True,
    }
    if number % 3 == 0:
        data["guests"] = [_GUEST]
    if "proposal" in voices:
        member, text = voices["proposal"]
        data["proposals"] = [{"member": member if member not in away else DEPUTY, "text": text}]
    if "study" in voices:
        called = len(people)
        data["studies"] = [{
            "subject": voices["study"], "organiser": "Chi bộ", "convened": called,
            "present": called - len(absent),
        }]  # fmt: skip
    return data


def thematic_of(month: Month) -> dict[str, Any]:
    """Return the thematic meeting of its own of a month in `THEMED`, held two weeks after the regular one."""
    on = date(month.year, month.month, 18)
    absent = _absent(_number(month) + 1, attending(on))
    return {
        "kind": "thematic",
        "on": on.isoformat(),
        "start": "19:30",
        "end": "21:00",
        "place": "Nhà văn hóa thôn 4",
        "theme": THEMED[month],
        "chair": CHAIR,
        "minute_taker": MINUTE_TAKER,
        "absent": absent,
        "items": [{
            "title": f"Chuyên đề: {THEMED[month]}",
            "presenter": DEPUTY,
            "text": "Đồng chí Phó Bí thư trình bày chuyên đề; các đồng chí liên hệ việc làm của bản thân.",
            "speeches": [
                {"speaker": "Nguyễn Thị Ấu", "text": "Đảng viên làm trước thì bà con tin và làm theo."},
                {"speaker": "Đỗ Văn Xoài", "text": "Mỗi đảng viên giúp một hộ, cuối quý báo cáo kết quả."},
            ],
            "conclusion": "Mỗi đảng viên đăng ký một việc làm cụ thể, chi ủy theo dõi.",
        }],
        "tasks": [{
            "text": "Tổng hợp việc làm cụ thể mà đảng viên đăng ký", "assignees": MINUTE_TAKER,
            "due": month.next().first().isoformat(),
        }],
        "fee": "Đảng phí của tháng đã thu tại buổi thường kỳ.",
        "conclusion": "Đưa kết quả đăng ký vào nội dung kiểm điểm cuối năm.",
        "not_scored": "Buổi chuyên đề chấm cùng buổi thường kỳ của tháng.",
        "adopted": True,
    }  # fmt: skip


def talk_of(month: Month) -> dict[str, Any]:
    """Return what was talked about in a month: news, results, plan, matter, task."""
    return _talks()[_number(month)]


def told_after(month: Month) -> ToldAfter:
    """Return what the following meeting heard of a month."""
    voices = _voices()[_number(month)]
    percent, result = voices["result"]
    return ToldAfter(percent, result, *voices.get("answer", ()))


def _absent(number: int, people: tuple[Person, ...]) -> list[dict[str, Any]]:
    """Return who did not come: a few people in turn, and one who came no more from some month on."""
    always_there = {CHAIR, DEPUTY, MINUTE_TAKER, _STAYED_AWAY}
    # Official members only: they stand in the roster, with which a single month can be tried.
    can_miss = [each.name for each in people if each.recognition and each.name not in always_there]
    missing = sorted({can_miss[(number * 5 + turn * 7) % len(can_miss)] for turn in range(1 + number % 3)})
    absent: list[dict[str, Any]] = [
        {"name": name, "reason": _REASONS[(number + place) % len(_REASONS)]}
        for place, name in enumerate(missing)
    ]
    if number >= _STAYED_AWAY_FROM and any(each.name == _STAYED_AWAY for each in people):
        absent.append({"name": _STAYED_AWAY, "excused": False})
    return absent


def _number(month: Month) -> int:
    """Return the place of a month in the files, which begin with the first one."""
    return (month.year - FIRST_MONTH.year) * 12 + month.month - FIRST_MONTH.month


def _votes_at(person: Person, away: Collection[str]) -> bool:
    return person.recognition != "" and person.name not in away


def _votes(talk: dict[str, Any], number: int, month: Month, voices: int) -> list[dict[str, Any]]:
    """Return the vote on the resolution, and the one that the matter of the month asked for."""
    votes: list[dict[str, Any]] = [
        {
            "question": f"Thông qua nghị quyết lãnh đạo thực hiện nhiệm vụ tháng {month.month}",
            "in_favour": voices,
            "against": 0,
        }
    ]
    if "question" in talk:
        against = number % 2
        votes.append({
            "question": talk["question"], "in_favour": voices - against, "against": against,
            "minority": "Đề nghị cân nhắc thêm về thời gian thực hiện." if against else "",
        })  # fmt: skip
    return votes


def _items(talk: dict[str, Any], voices: dict[str, Any], away: Collection[str]) -> list[dict[str, Any]]:
    titles = (
        ("Khai mạc, cử thư ký, điểm danh, thông qua chương trình", CHAIR, _OPENING),
        ("Thông tin thời sự, văn bản mới của cấp trên", CHAIR, talk["news"]),
        ("Kết quả thực hiện nghị quyết tháng trước và nhiệm vụ được giao", DEPUTY, talk["done"]),
        ("Nhiệm vụ trọng tâm tháng tới", CHAIR, talk["plan"]),
    )
    items: list[dict[str, Any]] = [
        {"title": title, "presenter": presenter, "text": text} for title, presenter, text in titles
    ]
    if "theme" in talk:
        items.append({
            "title": f"Chuyên đề: {talk['theme']}",
            "presenter": DEPUTY,
            "text": "Đồng chí Phó Bí thư trình bày chuyên đề; 5 đảng viên liên hệ bản thân, nêu việc sẽ làm.",
            "conclusion": "Mỗi đảng viên đăng ký một việc làm theo cụ thể.",
        })  # fmt: skip
    items.append({
        "title": talk["matter"],
        "presenter": talk["assignee"],
        "text": talk["discussion"],
        "speeches": [
            {"speaker": name, "text": said} for name, said in voices["speeches"] if name not in away
        ],
        "conclusion": f"Giao đồng chí {talk['assignee']} chủ trì thực hiện.",
    })  # fmt: skip
    return items


def _tasks(talk: dict[str, Any], voices: dict[str, Any], month: Month) -> list[dict[str, Any]]:
    """Return the task of the month's matter and a second one, each with its day."""
    text, assignees = voices["second"]
    middle = date(month.year, month.month, 20)
    return [
        {"text": talk["task"], "assignees": talk["assignee"], "due": month.last().isoformat()},
        {"text": text, "assignees": assignees, "due": middle.isoformat()},
    ]


def _scores(talk: dict[str, Any]) -> dict[str, Any]:
    """Return full points, or what is left of them with the reason for the loss."""
    scores: dict[str, Any] = dict(_FULL)
    for code, tenths, reason in talk.get("lost", []):
        scores[code] = {"points": _FULL[code] - tenths / 10, "reason": reason}
    return scores


@cache
def _talks() -> list[dict[str, Any]]:
    return _read("talks")


@cache
def _voices() -> list[dict[str, Any]]:
    return _read("voices")


def _read(name: str) -> list[dict[str, Any]]:
    """Return the months of a file, which stand in it under its own name."""
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)[name]
    return found
