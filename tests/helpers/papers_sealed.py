"""Papers of several kinds as they lie in a committee's inbox, each sealed once a run by whom it needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

import keys
import reports

from sochibo.documents.papers import Paper, assemble
from sochibo.rules.forms import FORMS
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import AnsweredPaper, ReceiptReport, Remark
from sochibo.sealing.seals import seal

if TYPE_CHECKING:
    from sochibo.rules.reports import Report
    from sochibo.sealing.trust import Trust

__all__ = ["SEALED", "sealed"]

_ANSWERED: Final = AnsweredPaper(
    kind=ReportKind.SUMMARY, period="2026-10", number="05-BC/CB", revision=1, digest="0123456789abcdef" * 4,
    received_on=date(2026, 11, 4), code="V11", verdict="Số liệu mâu thuẫn nhau.",
    remarks=(Remark("", "", "Gửi lại trước ngày 10."),),
)  # fmt: skip
_REPORTS: Final[dict[str, Report]] = {
    "minutes signed twice": reports.minutes(),
    "roll-up": reports.rollup(9),
    "receipt": ReceiptReport(
        reports.heading("03-PN/ĐU"), "2026-11-03", "u-1", "Chi bộ Thôn 5", (_ANSWERED,)
    ),
}  # fmt: skip
_SECOND: Final = "minute-taker"

SEALED: Final = tuple(_REPORTS)


@cache
def sealed(name: str) -> tuple[bytes, Trust, date]:
    """Return a paper with every seal that it needs, the trust by which it is good, and the day it comes."""
    envelope = reports.wrap(_REPORTS[name])
    paper = assemble(envelope)
    signers = [keys.cell_key(), keys.cell_key(_SECOND)]
    moment = max(keys.NOW, datetime.combine(envelope.issued_on, keys.NOW.timetz()))
    made = paper.pdf
    for role, key in zip(FORMS[envelope.kind].roles, signers, strict=False):
        made = seal(Paper(made, paper.spaces), key, role, moment)
    return made, keys.trust(*map(keys.registered, signers)), moment.date() + timedelta(days=1)
