"""Book: one open file with its acts."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from sochibo.book.changes import Changes
from sochibo.book.drafts import Drafts
from sochibo.book.history import History
from sochibo.book.inbox.decisions import Decisions
from sochibo.book.inbox.inbox import Inbox
from sochibo.book.meetings.coexistence import Coexistence
from sochibo.book.meetings.meeting_papers import MeetingPapers
from sochibo.book.meetings.meetings import Meetings
from sochibo.book.meetings.plans import Plans
from sochibo.book.meetings.proposals import Proposals
from sochibo.book.meetings.resolutions import Resolutions
from sochibo.book.meetings.scoring import Scoring
from sochibo.book.meetings.studies import Commitments, Studies
from sochibo.book.members.duplicates import Duplicates
from sochibo.book.members.lives import Lives
from sochibo.book.members.member_papers import MemberPapers
from sochibo.book.members.members import Members
from sochibo.book.members.movements import Movements
from sochibo.book.members.registers import Registers
from sochibo.book.papers.answers import Answers
from sochibo.book.papers.countersigning import Countersigning
from sochibo.book.papers.reports import Reports
from sochibo.book.papers.stamping import Stamping
from sochibo.book.ratings.decided_ratings import DecidedRatings
from sochibo.book.ratings.ratings import Ratings
from sochibo.book.ratings.unit_ratings import UnitRatings
from sochibo.book.rollups.indicators import Indicators
from sochibo.book.rollups.rollups import Rollups
from sochibo.book.rollups.units import Units
from sochibo.book.search import Search
from sochibo.book.trust.authority import Authority
from sochibo.book.trust.keys import Keys
from sochibo.book.trust.official_roots import OfficialRoots
from sochibo.book.trust.revocation_lists import RevocationLists
from sochibo.book.trust.trusting import Trusting
from sochibo.book.upkeep.backups import Backups
from sochibo.book.upkeep.condition import Condition
from sochibo.book.upkeep.dumps import Dumps
from sochibo.book.upkeep.exports import Exports
from sochibo.book.upkeep.protection import Protection, check_book_passphrase
from sochibo.book.upkeep.restoring import judge_wrong_key
from sochibo.book.work.targets import Targets
from sochibo.book.work.tasks import Tasks
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.names import clean
from sochibo.rules.units.organisations import BookKind, Organisation, Term, suggest_symbol
from sochibo.storage.engine import dump
from sochibo.storage.engine.connection import NotABook, WrongKey
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.recovery import WrongRecoveryKey
from sochibo.storage.records import organisations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

__all__ = ["Book", "BookDraft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDraft:
    """What is asked when a book is made: the organisation as its papers name it, and its term."""

    kind: BookKind
    name: str
    superior: str
    place: str
    term_name: str
    term_start: date
    symbol: str = ""
    secretary: str = ""


class Book:
    """An open book (`*.sochibo`), a cell's or a committee's.

    Every write is one act: one transaction, one entry of the history, and it returns what changed. The
    book keeps no dirty state: what an act wrote is in the file when the act returns.
    """

    members: Members
    registers: Registers
    duplicates: Duplicates
    lives: Lives
    movements: Movements
    member_papers: MemberPapers
    meetings: Meetings
    scoring: Scoring
    proposals: Proposals
    studies: Studies
    commitments: Commitments
    ratings: Ratings
    decided_ratings: DecidedRatings
    reports: Reports
    keys: Keys
    official_roots: OfficialRoots
    revocation_lists: RevocationLists
    stamping: Stamping
    resolutions: Resolutions
    papers: MeetingPapers
    coexistence: Coexistence
    inbox: Inbox
    authority: Authority
    units: Units
    rollups: Rollups
    unit_ratings: UnitRatings
    indicators: Indicators
    trust: Trusting
    answers: Answers
    countersigning: Countersigning
    decisions: Decisions
    history: History
    exports: Exports
    backups: Backups
    condition: Condition
    protection: Protection
    search: Search
    targets: Targets
    dumps: Dumps
    drafts: Drafts

    def __init__(self, database: Database) -> None:
        row = organisations.read_book_row(database)
        if row is None:
            raise NotABook(name=database.path.name)
        self._database: Final = database
        self._id: Final[str] = row["id"]
        self.history = History(database)
        self.exports = Exports(self)
        self.backups = Backups(database, self._id)
        self.members = Members(database, self.backups)
        self.registers = Registers(database, self)
        self.duplicates = Duplicates(database, self)
        self.lives = Lives(database, self)
        self.movements = Movements(self)
        self.member_papers = MemberPapers(self)
        self.meetings = Meetings(database, self)
        self.plans = Plans(database, self)
        self.tasks = Tasks(database, self)
        self.scoring = Scoring(database, self)
        self.proposals = Proposals(database, self)
        self.studies = Studies(database, self)
        self.commitments = Commitments(database, self)
        self.ratings = Ratings(database, self)
        self.decided_ratings = DecidedRatings(database, self)
        self.reports = Reports(database, self)
        self.keys = Keys(database, self)
        self.official_roots = OfficialRoots(database)
        self.revocation_lists = RevocationLists(database, self)
        self.stamping = Stamping(database)
        self.resolutions = Resolutions(database, self)
        self.papers = MeetingPapers(self)
        self.coexistence = Coexistence(database, self)
        self.inbox = Inbox(database, self)
        self.authority = Authority(database, self)
        self.units = Units(database, self)
        self.rollups = Rollups(database, self)
        self.unit_ratings = UnitRatings(database, self)
        self.indicators = Indicators(database, self)
        self.trust = Trusting(database, self)
        self.answers = Answers(database, self)
        self.countersigning = Countersigning(database, self)
        self.decisions = Decisions(database, self)
        self.condition = Condition(database, self.backups)
        self.protection = Protection(database)
        self.search = Search(database)
        self.targets = Targets(database, self)
        self.dumps = Dumps(database)
        self.drafts = Drafts(database)

    @classmethod
    def create(cls, path: Path, draft: BookDraft, *, by: str = "", passphrase: str = "") -> Self:
        """Make a new book; an existing file is never overwritten.

        `by` is who works with it, for the history; `passphrase` protects it from the first byte on.

        Raises Refused (a name missing), faults.NotWritable, faults.DiskFull or storage's AlreadyThere.
        """
        organisation = Organisation(
            id=new_id(),
            kind=draft.kind,
            name=clean(draft.name),
            superior=clean(draft.superior),
            place=clean(draft.place),
            symbol=clean(draft.symbol) or suggest_symbol(draft.kind),
            secretary=clean(draft.secretary),
        )
        term = Term(id=new_id(), name=clean(draft.term_name), start=draft.term_start)
        _refuse([*_findings_of(organisation), *_findings_of_term(term, ())])
        if passphrase:
            check_book_passphrase(passphrase)

        def fill(database: Database) -> None:
            with database.act(N_("Made the book of {name}"), {"name": organisation.name}, lasting=True):
                organisations.start_book(
                    database, new_id(), datetime.now(UTC).isoformat(timespec="seconds"), organisation, term
                )

        return cls._over(Database.create(path, by=by, fill=fill, passphrase=passphrase))

    @classmethod
    def open(
        cls, path: Path, *, by: str = "", read_only: bool = False, passphrase: str = "", recovery: str = ""
    ) -> Self:
        """Open a book, migrating an older one after a copy; a book that somebody has open opens read-only.

        A protected one needs its passphrase or, as copied from paper, its recovery key; another needs
        neither. Raises storage's PassphraseNeeded, WrongKey, NotRecoveryKey, WrongRecoveryKey, NotABook,
        NewerBook, Damaged, OpensCopyOnly, or a fault of the operating system.
        """
        try:
            database = Database.open(
                path, by=by, read_only=read_only, passphrase=passphrase, recovery=recovery
            )
        except (WrongKey, WrongRecoveryKey) as fault:
            known = judge_wrong_key(path, passphrase=passphrase, recovery=recovery)
            if known is None:
                raise
            raise known from fault
        return cls._over(database)

    @classmethod
    def load(cls, source: Path, path: Path, *, by: str = "") -> Self:
        """Make a new book of a file that `dumps.write` wrote, its history included; nothing is overwritten.

        Raises storage's NotADump, NewerDump, BrokenDump, AlreadyThere, or a fault of the operating system.
        """
        return cls._over(dump.load(source, path, by=by)[0])

    @classmethod
    def _over(cls, database: Database) -> Self:
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        return self._database.path

    @property
    def id(self) -> str:
        """Return the book's own id, the same in every copy."""
        return self._id

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be written here."""
        return self._database.read_only

    @property
    def held_by(self) -> str:
        """Say who has the book open elsewhere (`Nguyễn Văn Mẫu, PC-03`), empty if nobody."""
        return self._database.held_by

    @property
    def saved_at(self) -> datetime | None:
        """Return when the newest entry of the history was written."""
        return self._database.saved_at()

    def rest(self) -> None:
        """Empty the write-ahead log into the one file; a window calls it after two idle seconds."""
        self._database.rest()

    def organisation(self) -> Organisation:
        """Return whose book it is."""
        return organisations.read_organisation(self._database)

    def change_organisation(self, organisation: Organisation) -> Changes:
        """Change names, place, regular day and signer; raises Refused."""
        now = self.organisation()
        texts = (
            "name", "superior", "place", "symbol", "code", "regular_time", "regular_place", "secretary",
            "secretary_office",
        )  # fmt: skip
        changed: dict[str, Any] = {name: clean(getattr(organisation, name)) for name in texts}
        cleaned = dataclasses.replace(organisation, id=now.id, kind=now.kind, **changed)
        _refuse(_findings_of(cleaned))
        with self._database.act(
            N_("Changed the organisation"), changes=Changes.ORGANISATION.value, merge_key="organisation"
        ):
            organisations.change_organisation(self._database, cleaned)
        return Changes.ORGANISATION

    def terms(self) -> tuple[Term, ...]:
        """Return the terms, newest first."""
        return organisations.read_terms(self._database)

    def change_term(self, term: Term) -> Changes:
        """Change a term's name or days; raises Refused."""
        cleaned = dataclasses.replace(term, name=clean(term.name))
        others = tuple(other for other in self.terms() if other.id != term.id)
        _refuse(_findings_of_term(cleaned, others))
        with self._database.act(
            N_("Changed the term {name}"), {"name": cleaned.name}, changes=Changes.ORGANISATION.value
        ):
            organisations.change_term(self._database, cleaned)
        return Changes.ORGANISATION

    def add_term(self, name: str, start: date) -> Changes:
        """Begin a new term; the one before ends the day before. Document numbers start again from 01."""
        term = Term(id=new_id(), name=clean(name), start=start)
        before = self.terms()
        ended = [
            dataclasses.replace(other, end=start - timedelta(days=1))
            for other in before[:1]
            if other.end is None and other.start < start
        ]
        _refuse(_findings_of_term(term, (*ended, *before[len(ended) :])))
        with self._database.act(
            N_("Began the term {name}"), {"name": term.name}, changes=Changes.ORGANISATION.value
        ):
            for other in ended:
                organisations.change_term(self._database, other)
            organisations.add_term(self._database, term)
        return Changes.ORGANISATION

    def close(self) -> None:
        """Empty the write-ahead log into the one file and give up the lock; a second call does nothing."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


CODE_SHAPE: Final = re.compile(r"\d{2}(\.\d{3}){4}")
TIME_SHAPE: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LAST_DAY: Final = 31


def _findings_of(organisation: Organisation) -> list[Finding]:
    """Return what must be mended before an organisation can head its papers."""
    red = Severity.RED
    missing = (
        ("O01", "name", N_("The organisation needs its name.")),
        ("O02", "superior", N_("The name of the body above is missing.")),
        ("O03", "place", N_("The place that stands before the date on papers is missing.")),
        ("O04", "symbol", N_("The letters that end document numbers are missing.")),
    )
    found = [
        Finding(code, red, template, {}, place)
        for code, place, template in missing
        if not getattr(organisation, place)
    ]
    if not 1 <= organisation.regular_day <= LAST_DAY:
        found.append(
            Finding("O05", red, N_("The regular day is a day of the month, 1 to 31."), {}, "regular_day")
        )
    if organisation.regular_time and not TIME_SHAPE.fullmatch(organisation.regular_time):
        found.append(Finding("O06", red, N_("The regular time is written like 19:30."), {}, "regular_time"))
    if organisation.code and not CODE_SHAPE.fullmatch(organisation.code):
        found.append(
            Finding("O07", red, N_("The organisation code is written like 38.168.053.000.001."), {}, "code")
        )
    return found


def _findings_of_term(term: Term, others: Sequence[Term]) -> list[Finding]:
    """Return what must be mended before a term can stand beside the others."""
    found = []
    if not term.name:
        found.append(Finding("O11", Severity.RED, N_("The term needs its name."), {}, "term_name"))
    if term.end is not None and term.end < term.start:
        found.append(Finding("O12", Severity.RED, N_("The term ends before it begins."), {}, "term_end"))
    last = date.max
    if any(term.start <= (other.end or last) and other.start <= (term.end or last) for other in others):
        found.append(
            Finding("O13", Severity.RED, N_("Two terms would cover the same days."), {}, "term_start")
        )
    return found


def _refuse(findings: Sequence[Finding]) -> None:
    if any(finding.severity is Severity.RED for finding in findings):
        raise Refused(findings)
