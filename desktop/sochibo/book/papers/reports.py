"""The papers of a book: issued with a number, drawn, sealed, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import FINISHED
from sochibo.book.meetings.summaries import SUMMARY_ACTS, summary_draft, unready
from sochibo.book.papers import sending
from sochibo.book.papers.countersigning import check_owner, open_roles
from sochibo.book.papers.issuing import Draft, draw_up, issue, next_number
from sochibo.book.rollups.rollups import ROLLUP_ACTS
from sochibo.book.trust import keyring
from sochibo.book.trust.keyring import NoKey
from sochibo.faults import Refused, Severity, red
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.meetings.summaries import check_summary
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind, RollupReport, SummaryReport
from sochibo.storage.records import documents as papers
from sochibo.storage.records import keys as kept_keys
from sochibo.storage.records import meetings as meeting_rows
from sochibo.storage.records.documents import DOCUMENT_STATE_LABELS, Document, DocumentState
from sochibo.storage.records.keys import Purpose

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.documents.envelopes import Envelope
    from sochibo.faults import Finding
    from sochibo.rules.dates import Month
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import Report
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.timestamps import StampSource
    from sochibo.storage.engine.database import Database

__all__ = ["DOCUMENT_STATE_LABELS", "Document", "DocumentState", "KeyInfo", "NoKey", "Reports"]


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """The signing key kept in the book, as far as it can be told without its passphrase."""

    person: str
    fingerprint: str
    not_after: date
    issued: bool


class Reports:
    """Papers and the key that seals them; drawing and sealing are safe in a worker thread."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def documents(self, kind: ReportKind | None = None) -> tuple[Document, ...]:
        """Return the issued papers, newest first."""
        return papers.all_of(self._database, kind)

    def get(self, document_id: str) -> Document:
        """Return one paper; raises KeyError."""
        return papers.get(self._database, document_id)

    def of_period(self, kind: ReportKind, period: Month | Period) -> Document | None:
        """Return the newest revision of the paper of a kind for a period, if one was issued."""
        return papers.of_period(self._database, kind, str(period))

    def of_meeting(self, kind: ReportKind, meeting_id: str) -> Document | None:
        """Return the newest revision of the paper of a kind that follows from a meeting, if there is one."""
        return papers.of_meeting(self._database, kind, meeting_id)

    def minutes_of(self, meeting_id: str) -> Document | None:
        """Return the minutes of a meeting, if they are closed."""
        return papers.minutes_of(self._database, meeting_id)

    def next_number(self, kind: ReportKind, on: date) -> int:
        """Return the number that the next paper of a kind gets; Refused where no term covers the day."""
        return next_number(self._database, self._book, kind, on)

    def envelope(self, document_id: str) -> Envelope:
        """Return the data of a paper, as they travel inside it."""
        return papers.envelope(self._database, document_id)

    def preview(self, draft: Draft) -> bytes:
        """Draw a paper as it would be now, without a number and without a seal."""
        return _drawn(draw_up(self._database, self._book, draft))

    def report_of(self, draft: Draft) -> Report:
        """Return what a paper would say now."""
        return draw_up(self._database, self._book, draft).report

    def issue_draft(self, template: str, draft: Draft, **fields: object) -> str:
        """Number a paper and keep its data as one act of the history; returns the document's id.

        `template` says the act (`Issued the resolution of {day}`). Raises Refused where no term covers the
        day.
        """
        with self._database.act(template, fields, changes=int(Changes.REPORTS.value)):
            return issue(self._database, self._book, draft)

    def preview_minutes(self, meeting_id: str) -> bytes:
        """Draw the minutes of a meeting as they would be now; the very pages once it is closed."""
        closed = self.minutes_of(meeting_id)
        # Minutes that are being corrected are drawn as they will be; what was closed before keeps its pages.
        if closed and meeting_rows.get(self._database, meeting_id).state in FINISHED:
            return self.pages(closed.id)
        return _drawn(self._book.meetings.minutes_draft(meeting_id))

    def check_summary(self, period: Month | Period, *, on: date | None = None) -> tuple[Finding, ...]:
        """Return what speaks against issuing the summary of a period on a day (today), red first."""
        whole = parse_period(str(period))
        draft = summary_draft(self._book, whole, on or _today())
        report = draw_up(self._database, self._book, draft).report
        if not isinstance(report, SummaryReport):
            raise TypeError(report)
        return tuple(sorted(
            (*unready(self._book, whole, draft.issued_on), *check_summary(report)),
            key=lambda finding: finding.severity is not Severity.RED,
        ))  # fmt: skip

    def preview_summary(self, period: Month | Period, remarks: str = "") -> bytes:
        """Draw the summary of a period as it would be now."""
        return self.preview(summary_draft(self._book, parse_period(str(period)), _today(), remarks))

    def issue_summary(self, period: Month | Period, *, on: date, remarks: str = "") -> str:
        """Issue the summary of a period: number, chain, data; returns the document's id.

        A second issue for the same period is a new revision that replaces the one before. Raises Refused.
        """
        reds = [one for one in self.check_summary(period, on=on) if one.severity is Severity.RED]
        if reds:
            raise Refused(reds)
        whole = parse_period(str(period))
        draft = summary_draft(self._book, whole, on, remarks)
        return self.issue_draft(SUMMARY_ACTS[whole.kind], draft, month=_said(period))

    def issue_rollup(
        self, period: Month | Period, *, on: date, prepared_by: str | None = None, remarks: str = ""
    ) -> str:
        """Issue a committee's roll-up of a month or longer over its units; returns the document's id.

        Raises Refused, also where no unit has sent anything yet.
        """
        whole = parse_period(str(period))
        reds = [one for one in self._book.rollups.check(whole) if one.severity is Severity.RED]
        if reds:
            raise Refused(reds)
        draft = self._book.rollups.draft(whole, on, prepared_by, remarks)
        return self.issue_draft(ROLLUP_ACTS[whole.kind], draft, month=_said(period))

    def rollup(self, period: Month | Period) -> RollupReport:
        """Return the figures of a period over all units as they would be issued now, with their sum."""
        return self._book.rollups.report(parse_period(str(period)))

    def preview_rollup(
        self, period: Month | Period, prepared_by: str | None = None, remarks: str = ""
    ) -> bytes:
        """Draw the roll-up of a period as it would be now."""
        whole = parse_period(str(period))
        return self.preview(self._book.rollups.draft(whole, _today(), prepared_by, remarks))

    def pages(self, document_id: str) -> bytes:
        """Return the PDF of a paper: the sealed file if there is one, else its pages without a seal."""
        from sochibo.documents.papers import assemble

        sealed = papers.sealed(self._database, document_id)
        return assemble(self.envelope(document_id)).pdf if sealed is None else sealed

    def seal(
        self, document_id: str, key: SigningKey, now: datetime, stamps: StampSource | None = None
    ) -> bytes:
        """Seal a paper, judge the seal, keep the file in the book; returns it. Raises sealing's faults.

        A paper is sealed once: afterwards the kept file is returned. A key that names another organisation
        is refused. With `stamps` the seal gets a time stamp, or the paper stays unsealed.
        """
        from sochibo.documents.papers import assemble
        from sochibo.sealing.seals import seal

        document = self.get(document_id)
        kept = papers.sealed(self._database, document_id)
        if kept is not None:
            return kept
        check_owner(self._book, key)
        sealed = seal(assemble(self.envelope(document_id)), key, FORMS[document.kind].roles[0], now, stamps)
        changes = Changes.REPORTS | Changes.MEETINGS
        fields = {"number": document.number}
        with self._database.act(N_("Sealed {number}"), fields, changes=int(changes.value), lasting=True):
            papers.keep_sealed(self._database, document_id, sealed, key.subject.person, now)
            if document.kind is ReportKind.MINUTES and document.meeting_id is not None:
                meeting_rows.update_state(self._database, document.meeting_id, MeetingState.SEALED)
        return sealed

    def open_roles(self, document_id: str) -> tuple[str, ...]:
        """Return the fields of a sealed paper that are still to be signed, in the order of signing."""
        return open_roles(self._database, document_id)

    def countersigned_by(self, document_id: str) -> tuple[str, ...]:
        """Return who signed a sealed paper after the first."""
        return papers.countersigned_by(self._database, document_id)

    def file_name(self, document_id: str) -> str:
        """Return the name under which a paper travels: `2026-10 BC Chi bo Thon 4 05-BC-CB.pdf`."""
        return sending.file_name(self.get(document_id), self.envelope(document_id).organisation)

    def send(self, document_id: str, folder: Path, now: datetime | None = None) -> Path:
        """Write the sealed file to a stick as `book.answers.send` does, now unless told when."""
        return self._book.answers.send(document_id, folder, now or datetime.now(UTC))

    def key(self) -> KeyInfo | None:
        """Tell about the key kept in the book."""
        kept = kept_keys.newest(self._database, Purpose.SIGNER)
        return KeyInfo(kept.person, kept.fingerprint, kept.not_after, kept.issued) if kept else None

    def make_key(self, person: str, passphrase: str, now: datetime) -> Changes:
        """Make a key for this organisation and keep it in the book, locked by the passphrase.

        A key kept before stays in the file but is no longer used. Raises Refused without a name, or with a
        passphrase that anybody guesses.
        """
        from sochibo.sealing.keys import KeySubject, make_key

        keyring.check_passphrase(passphrase)
        if not person.strip():
            raise Refused([red("Q95", N_("Say whose key it is."), "person")])
        organisation = self._book.organisation()
        subject = KeySubject(person.strip(), organisation.name, organisation.id)
        return self._keep_key(make_key(subject, passphrase, now), passphrase, now)

    def take_key(self, pkcs12: bytes, passphrase: str) -> Changes:
        """Keep a PKCS#12 key in the book; raises WrongKeyPassphrase or KeyNotUsable."""
        return self._keep_key(pkcs12, passphrase, datetime.now(UTC))

    def open_key(self, passphrase: str) -> SigningKey:
        """Open the kept key; raises NoKey or WrongKeyPassphrase."""
        return keyring.open_kept(self._database, Purpose.SIGNER, passphrase)

    def key_request(self, passphrase: str) -> bytes:
        """Return the enrolment request to carry to the committee."""
        return self._book.keys.request(passphrase)

    def accept_certificate(self, chain: bytes, passphrase: str) -> Changes:
        """Put the certificate that the committee issued beside the kept key."""
        return self._book.keys.accept(chain, passphrase)

    def page_count(self, pdf: bytes) -> int:
        """Return the number of pages of a PDF made here."""
        from sochibo.documents.papers import page_count

        return page_count(pdf)

    def page_picture(self, pdf: bytes, page: int, scale: float) -> tuple[int, int, bytes]:
        """Draw one page: width, height, RGBA bytes; `scale` 1 is 72 dots an inch. Safe in a worker thread."""
        from sochibo.documents.papers import page_picture

        return page_picture(pdf, page, scale)

    def _keep_key(self, pkcs12: bytes, passphrase: str, now: datetime) -> Changes:
        from sochibo.sealing.keys import open_key

        keyring.keep(self._database, open_key(pkcs12, passphrase, now), Purpose.SIGNER, now)
        return Changes.REPORTS


def _drawn(envelope: Envelope) -> bytes:
    from sochibo.documents.papers import draft

    return draft(envelope)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _said(period: Month | Period) -> str:
    """Return a period as both languages write it: `11/2026`, `3/2026`, `2026`."""
    year, _, part = str(period).partition("-")
    return f"{part.lstrip('QH')}/{year}" if part else year
