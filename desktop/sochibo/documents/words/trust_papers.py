"""The words of enrolment requests (đề nghị đăng ký khóa) and trust packages (danh sách khóa tin cậy)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.phrases import committee_above, counted, filed_by, sentence
from sochibo.rules.dates import official_date, short_official_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.reports import Heading
    from sochibo.rules.units.trust_papers import EnrolmentReport, TrustLine, TrustReport

__all__ = ["enrolment_content", "trust_content"]

GROUP: Final = 4
GROUPS_A_LINE: Final = 8
LARGE: Final = 16.0
"""Points: two people read it to each other across a desk."""
_GAP: Final = "\u00a0" * 3
"""Spaces that never break: usual ones are levelled to one."""
SHORT: Final = 12
"""So many digits of a fingerprint stand in a table, where it is only looked up, never compared."""

_FINGERPRINT: Final = (Column("Mã nhận dạng khóa (64 ký tự, đọc từng nhóm)", 165),)
_SIGNERS: Final = (
    Column("TT", 9),
    Column("Đơn vị", 40, Align.LEFT),
    Column("Người ký", 36, Align.LEFT),
    Column("Từ ngày", 22),
    Column("Đến ngày", 22),
    Column("Mã khóa", 36),
)


def enrolment_content(report: EnrolmentReport) -> Content:
    """Return an enrolment request as a paper."""
    return _content(
        report.heading, "ĐỀ NGHỊ", "đăng ký khóa ký số nội bộ", tuple(_enrolment(report)),
        (committee_above(report.heading.superior) or "Đảng ủy cấp trên trực tiếp",),
    )  # fmt: skip


def trust_content(report: TrustReport) -> Content:
    """Return a trust package as a paper."""
    return _content(
        report.heading, "DANH SÁCH", f"khóa tin cậy số {report.trust_number}", tuple(_trust(report)),
        ("Các đơn vị trực thuộc",),
    )  # fmt: skip


def _content(
    heading: Heading, kind: str, subject: str, elements: tuple[Element, ...], recipients: tuple[str, ...]
) -> Content:
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind=kind,
        subject=subject,
        elements=elements,
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=(*recipients, filed_by(heading)),
    )


def _enrolment(report: EnrolmentReport) -> Iterator[Element]:
    where = "nằm trong thiết bị chữ ký số (USB)" if report.on_token else "được tạo và giữ trong sổ của đơn vị"
    yield Text(
        f"{report.organisation} đề nghị đăng ký khóa ký số nội bộ của đồng chí {report.person}. "
        f"Khóa {where}, dùng được đến {official_date(report.valid_to)}."
    )
    yield _digits(report.fingerprint)
    yield Text(
        "Khi tiếp nhận, hai bên gặp trực tiếp, đọc cho nhau từng nhóm ký tự ở trên và so với màn hình của "
        "cấp ủy. Chỉ đăng ký khi tất cả các nhóm trùng nhau."
    )
    yield Text(_PURPOSE, italic=True)


def _trust(report: TrustReport) -> Iterator[Element]:
    yield Text(
        f"{report.heading.body} công bố danh sách {counted(len(report.signers))} khóa dùng để kiểm tra văn "
        f"bản. Danh sách thu hồi kèm theo có hiệu lực đến {official_date(report.lists_until)}. Danh sách "
        "có số lớn hơn thay danh sách này."
    )
    yield Text("Khóa gốc của cấp ủy, so một lần khi nhận danh sách đầu tiên:")
    yield _digits(report.fingerprint)
    yield Section("I- Người được ký")
    yield Grid(_SIGNERS, tuple(_row(n, one) for n, one in enumerate(report.signers, start=1)))
    revoked = tuple(one for one in report.signers if one.revoked_since is not None)
    yield Section("II- Khóa đã thu hồi")
    if not revoked:
        yield Text("Không có.")
    for one in revoked:
        if one.revoked_since is not None:
            why = sentence(f"Lý do: {one.revoked_because}") if one.revoked_because.strip() else ""
            since = official_date(one.revoked_since)
            yield Text(f"{one.person}, {one.organisation}: từ {since}. {why}".rstrip())
    yield Text(_PURPOSE, italic=True)


def _row(n: int, one: TrustLine) -> tuple[str, ...]:
    until = short_official_date(one.valid_to) if one.valid_to else ""
    return (
        str(n), one.organisation, one.person, short_official_date(one.valid_from), until,
        one.fingerprint[:SHORT].upper(),
    )  # fmt: skip


def _digits(fingerprint: str) -> Grid:
    """Return a fingerprint in groups, eight a line, so that eyes do not lose their place."""
    digits = fingerprint.upper()
    groups = [digits[start : start + GROUP] for start in range(0, len(digits), GROUP)]
    lines = [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]
    return Grid(_FINGERPRINT, tuple((_GAP.join(line),) for line in lines), size=LARGE)


_PURPOSE: Final = (
    "Khóa này bảo đảm văn bản nội bộ còn nguyên vẹn và đúng người gửi; không thay cho chữ ký số chuyên dùng "
    "do cơ quan có thẩm quyền cấp."
)
