"""Twelve months of sample meetings as plain data, just as `sochibo meeting add` reads them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from sochibo.commands.samples.people import CHAIR, DEPUTY, MINUTE_TAKER, Person, attending
from sochibo.rules.dates import Month

__all__ = ["FIRST_MONTH", "MONTHS", "meeting_of", "months"]

FIRST_MONTH: Final = Month(2025, 11)
MONTHS: Final = 12

_FULL: Final = {
    "1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5,
}  # fmt: skip
_REASONS: Final = ("illness", "work", "family", "weather", "study")
_STAYED_AWAY: Final = "Hà Văn Bàng"
_STAYED_AWAY_FROM: Final = 5


def months(count: int = MONTHS) -> tuple[Month, ...]:
    """Return the last so many of the sample months."""
    found = [FIRST_MONTH]
    while len(found) < MONTHS:
        found.append(found[-1].next())
    return tuple(found[MONTHS - count :])


def meeting_of(month: Month) -> dict[str, Any]:
    """Return the regular meeting of a sample month, with a thematic part where the month had one."""
    number = months().index(month)
    talk = _talks()[number]
    on = date(month.year, month.month, 3)
    people = attending(on)
    absent = _absent(number, people)
    themed = "theme" in talk
    data: dict[str, Any] = {
        "kind": "combined" if themed else "regular",
        "on": on.isoformat(),
        "start": "19:30" if not themed else "19:00",
        "end": "21:05" if not themed else "21:15",
        "place": "Nhà văn hóa thôn 4",
        "theme": talk.get("theme", ""),
        "chair": CHAIR,
        "minute_taker": MINUTE_TAKER,
        "fee": "Đảng viên đã đóng đảng phí đầy đủ, đúng hạn.",
        "absent": absent,
        "items": _items(talk),
        "votes": [],
        "tasks": _tasks(talk, number, month),
        "scores": _scores(talk),
        "conclusion": f"Đồng chí Bí thư kết luận: tập trung thực hiện tốt {talk['matter'].lower()}.",
        "adopted": True,
    }
    if number % 3 == 0:
        data["guests"] = [
            {"name": "Đào Thị Mơ", "post": "Đảng ủy viên phụ trách chi bộ", "superior": True,
             "remarks": "Ghi nhận kết quả của chi bộ, đề nghị giao việc rõ người, rõ thời hạn."},
        ]  # fmt: skip
    if "question" in talk:
        away = {line["name"] for line in absent}
        voices = sum(person.recognition != "" and person.name not in away for person in people)
        against = number % 2
        data["votes"] = [{"question": talk["question"], "in_favour": voices - against, "against": against}]
    return data


def _absent(number: int, people: tuple[Person, ...]) -> list[dict[str, Any]]:
    """Return who did not come: a few people in turn, and one who came no more from some month on."""
    can_miss = [each.name for each in people if each.name not in {CHAIR, DEPUTY, MINUTE_TAKER, _STAYED_AWAY}]
    missing = sorted({can_miss[(number * 5 + turn * 7) % len(can_miss)] for turn in range(1 + number % 3)})
    absent: list[dict[str, Any]] = [
        {"name": name, "reason": _REASONS[(number + place) % len(_REASONS)]}
        for place, name in enumerate(missing)
    ]
    if number >= _STAYED_AWAY_FROM and any(each.name == _STAYED_AWAY for each in people):
        absent.append({"name": _STAYED_AWAY, "excused": False})
    return absent


def _items(talk: dict[str, Any]) -> list[dict[str, str]]:
    titles = (
        ("Khai mạc, cử thư ký, điểm danh, thông qua chương trình", CHAIR, ""),
        ("Thông tin thời sự, văn bản mới của cấp trên", CHAIR, talk["news"]),
        ("Kết quả thực hiện nghị quyết tháng trước và nhiệm vụ được giao", DEPUTY, talk["done"]),
        ("Nhiệm vụ trọng tâm tháng tới", CHAIR, talk["plan"]),
    )
    items = [{"title": title, "presenter": presenter, "text": text} for title, presenter, text in titles]
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
        "conclusion": f"Giao đồng chí {talk['assignee']} chủ trì thực hiện.",
    })  # fmt: skip
    return items


def _tasks(talk: dict[str, Any], number: int, month: Month) -> list[dict[str, Any]]:
    task: dict[str, Any] = {
        "text": talk["task"],
        "assignees": talk["assignee"],
        "due": month.last().isoformat(),
    }
    common: dict[str, Any] = {
        "text": "Vệ sinh đường làng, ngõ xóm",
        "assignees": "Toàn thể đảng viên",
        "due": date(month.year, month.month, 15).isoformat(),
    }
    if number < MONTHS - 1:
        task |= {"done_percent": 80 if number % 4 == 1 else 100, "result": "Đã báo cáo chi bộ"}
        common |= {"done_percent": 100, "result": "Đã xong"}
    return [task, common]


def _scores(talk: dict[str, Any]) -> dict[str, Any]:
    """Return full points, or what is left of them with the reason for the loss."""
    scores: dict[str, Any] = dict(_FULL)
    for code, tenths, reason in talk.get("lost", []):
        scores[code] = {"points": _FULL[code] - tenths / 10, "reason": reason}
    return scores


@cache
def _talks() -> list[dict[str, Any]]:
    talks: list[dict[str, Any]] = tomllib.loads(
        resources.files(__package__).joinpath("talks.toml").read_text("utf-8")
    )["talks"]
    return talks
