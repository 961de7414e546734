"""The life of a member: Party age, what is due, the line of events, meetings and ratings by year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.members.event_form import EventForm
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.year_dots import YearDots
from sochibo.messages import N_
from sochibo.rules.members.members import EVENT_LABELS
from sochibo.rules.ratings.ratings import LEVEL_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.members.lives import Life, LifeEvent, YearOfMeetings
    from sochibo.interface.session import Session
    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members.member_rules import Deadline
    from sochibo.rules.members.members import MemberEvent

__all__ = ["LifeCard"]

_BADGE_AHEAD: Final = timedelta(days=2 * 366)
"""A badge is spoken of once an early award to the gravely ill may come into question."""


class LifeCard(Card):
    """Everything a Party life is, on one card; events are opened to be changed."""

    removed = Signal(str)
    """The id of an event to be taken back."""

    def __init__(self, session: Session, member_id: str) -> None:
        super().__init__(session.theme)
        self.session = session
        say, px = session.words.gettext, session.theme.px
        self.body.addWidget(label(say(N_("Party life")), "title"))
        self.age = label("", "plain", wrap=True)
        self.body.addWidget(self.age)
        self._due = QVBoxLayout()
        self._due.setSpacing(px(4))
        self.body.addLayout(self._due)
        self.untold = label(
            say(
                N_(
                    "Record the admission or the transfer in first: until then this person stands on no roll "
                    "of the cell."
                )
            ),
            "advice",
            wrap=True,
        )
        self.body.addWidget(self.untold)
        self.form = EventForm(session, member_id)
        self.body.addWidget(self.form)
        self._events = QVBoxLayout()
        self._events.setSpacing(0)
        self.body.addLayout(self._events)
        self._meetings_title = label(say(N_("Meetings of the last years")), "strong")
        self.dots = YearDots(session)
        self._ratings_title = label(say(N_("Ratings of the last years")), "strong")
        self.ratings = label("", "plain", wrap=True)
        for part in (self._meetings_title, self.dots, self._ratings_title, self.ratings):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_meetings(self, years: Sequence[YearOfMeetings]) -> None:
        """Show how often somebody came in the last years."""
        self._meetings_title.setVisible(bool(years))
        self.dots.setVisible(bool(years))
        self.dots.show_years(years)

    def show_life(self, life: Life, *, listed: bool) -> None:
        """Show a life; what is due only of somebody who is still here."""
        self.age.setText(self._say_age(life))
        self.age.setVisible(bool(self.age.text()))
        _empty(self._due)
        today = self.session.today()
        for deadline in life.open if listed else ():
            # Once it has ended, what is due is the cell's own deadline, the next line.
            if deadline.code != "probation" or deadline.by > today:
                self._due.addWidget(self._due_line(deadline))
        if listed and life.badge is not None and life.badge.file_by <= today + _BADGE_AHEAD:
            self._due.addWidget(self._badge_line(life))
        self.untold.setVisible(not life.events)
        _empty(self._events)
        shown = tuple(reversed(life.events))
        for number, one in enumerate(shown):
            self._events.addWidget(self._event_line(one, last=number == len(shown) - 1))
        self.form.setVisible(not self.session.book.read_only)
        self._ratings_title.setVisible(bool(life.levels))
        self.ratings.setVisible(bool(life.levels))
        say = self.session.words.gettext
        self.ratings.setText(
            "  ·  ".join(
                f"{year}: {say(LEVEL_LABELS[level]) if level else '–'}" for year, level in life.levels
            )
        )

    def _say_age(self, life: Life) -> str:
        if life.age is None:
            return ""
        words = self.session.words
        years = life.age.years_on(self.session.today())
        said = words.sentence(
            N_("Party age: {years} years, counted from {day}"), {"years": years, "day": life.age.start}
        )
        more = []
        if life.age.about:
            more.append(words.gettext(N_("the day is not known exactly")))
        if life.age.gap_months:
            more.append(words.sentence(N_("{months} months taken off"), {"months": life.age.gap_months}))
        if life.fee_free:
            more.append(words.gettext(N_("free of fees")))
        return f"{'; '.join((said, *more))}."

    def _due_line(self, deadline: Deadline) -> QWidget:
        overdue = deadline.by < self.session.today()
        words = self.session.words
        said = words.sentence(
            N_("{what}: {day}"), {"what": words.gettext(deadline.label), "day": deadline.by}
        )
        if overdue:
            late = words.gettext(N_("overdue"))
            said = f"{said} – {late}"
        return self._line("circle-alert" if overdue else "clock", said, overdue=overdue, why=deadline.article)

    def _badge_line(self, life: Life) -> QWidget:
        badge, words = life.badge, self.session.words
        if badge is None:
            return QWidget()
        said = words.sentence(
            N_("Badge of {years} years: {day}; the file goes up by {by}"),
            {"years": badge.years, "day": badge.batch_on, "by": badge.file_by},
        )
        early = ""
        if life.badge_early is not None and life.badge_early <= self.session.today() < badge.anniversary:
            early = words.sentence(
                N_("Gravely ill members may have it from {day} on."), {"day": life.badge_early}
            )
        overdue = badge.file_by < self.session.today()
        return self._line("star", f"{said}. {early}".strip(), overdue=overdue, why="")

    def _line(self, icon: str, said: str, *, overdue: bool, why: str) -> QWidget:
        theme = self.session.theme
        line = QWidget()
        words = label(said, "advice" if overdue else "plain", wrap=True)
        words.setToolTip(why)
        sign = Glyph(theme, icon, Tone.ADVICE if overdue else Tone.ACCENT, 16)
        whole = row(sign, words, spacing=theme.px(8))
        whole.setStretch(1, 1)
        # Only the sign: a layout that is aligned as a whole measures its text at another width and cuts it.
        whole.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        line.setLayout(whole)
        return line

    def _event_line(self, one: LifeEvent, *, last: bool) -> QWidget:
        """Draw one event beside the line that runs through all of them."""
        words, theme, event = self.session.words, self.session.theme, one.event
        name = words.gettext(EVENT_LABELS[event.kind])
        when = _when(event.on) or words.gettext(N_("date unknown"))
        if event.until:
            when = words.sentence(N_("{start} until {end}"), {"start": when, "end": _when(event.until)})
        told = QVBoxLayout()
        told.setSpacing(0)
        told.setContentsMargins(0, 0, 0, theme.px(10))
        told.addWidget(label(f"{when}  {name}", "strong", wrap=True))
        for text in (self._say_decision(event), self._say_more(event), self._say_papers(one)):
            if text:
                told.addWidget(label(text, "soft", wrap=True))
        change = ActButton(
            theme,
            words.sentence(N_("Change: {event}, {when}"), {"event": name, "when": when}),
            icon="pen-line",
            kind="tool",
        )
        change.clicked.connect(lambda: self.form.change(event))
        remove = ActButton(
            theme,
            words.sentence(N_("Remove: {event}, {when}"), {"event": name, "when": when}),
            icon="trash-2",
            kind="tool",
        )
        remove.clicked.connect(lambda: self.removed.emit(event.id))
        for button in (change, remove):
            button.setEnabled(not self.session.book.read_only)
        line = QWidget()
        whole = row(self._thread(last=last), told, change, remove, spacing=theme.px(8))
        whole.setStretch(1, 1)
        for place in (2, 3):
            item = whole.itemAt(place)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        line.setLayout(whole)
        # Also an event of one line keeps its buttons apart from those of the next.
        line.setMinimumHeight(theme.row_height)
        return line

    def _thread(self, *, last: bool) -> QWidget:
        """Draw the knot of an event and the thread to the next one below."""
        theme = self.session.theme
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, theme.px(3), 0, 0)
        inside.setSpacing(0)
        inside.addWidget(Glyph(theme, "circle", Tone.ACCENT, 14))
        if last:
            inside.addStretch(1)
        else:
            thread = QFrame()
            thread.setFixedWidth(max(2, theme.px(2)))
            thread.setStyleSheet(f"background: {theme.palette.line};")
            inside.addWidget(thread, 1, Qt.AlignmentFlag.AlignHCenter)
        return made

    def _say_decision(self, event: MemberEvent) -> str:
        words = self.session.words
        decided = words.date(event.decided_on) if event.decided_on else ""
        decision = ", ".join(filter(None, (event.decision, decided, event.decided_by)))
        resolved = ""
        if event.resolved_on is not None:
            resolved = words.sentence(N_("cell's resolution of {day}"), {"day": event.resolved_on})
        if event.in_favour is not None and event.vote_base is not None:
            votes = {"n": event.in_favour, "base": event.vote_base}
            voted = words.sentence(N_("{n} of {base} in favour"), votes)
            resolved = ", ".join(filter(None, (resolved, voted)))
        return "; ".join(filter(None, (decision, resolved)))

    def _say_more(self, event: MemberEvent) -> str:
        fees = ""
        if event.fees_paid_until is not None:
            month = f"{event.fees_paid_until.month:02d}/{event.fees_paid_until.year}"
            fees = self.session.words.sentence(N_("fees paid until {month}"), {"month": month})
        return " · ".join(
            filter(
                None,
                (
                    event.other_organisation,
                    event.former_name,
                    event.helpers,
                    event.certificate,
                    event.reason,
                    fees,
                    event.note,
                ),
            )
        )

    def _say_papers(self, one: LifeEvent) -> str:
        """Name the papers of an event whose slip has not gone up yet: they are still to be gathered."""
        waits = any(deadline.code == "slip" and not deadline.met for deadline in one.deadlines)
        if not waits:
            return ""
        return self.session.words.sentence(N_("Papers: {papers}."), {"papers": "; ".join(one.papers)})


def _empty(column: QVBoxLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _when(when: PartialDate | None) -> str:
    """Draw a date as registers print it."""
    return when.vietnamese() if when is not None else ""
