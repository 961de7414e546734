"""Protection: the passphrase of the book, the recovery paper, and when the window locks itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.book.upkeep.backups import Reason
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Banner, Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.book.upkeep.backups import Outcome
    from sochibo.book.upkeep.protection import RecoveryKey
    from sochibo.interface.session import Session

__all__ = ["ProtectionPage"]

_MINUTES: Final = (0, 5, 10, 15, 30, 60)


class ProtectionPage(Page):
    """One card for the passphrase, one for the paper, one for the lock; the last two once there is one."""

    concerns: ClassVar[Changes] = Changes.NONE
    help_name = "protection"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        theme, say = session.theme, session.words.gettext
        self._key: RecoveryKey | None = None
        self.state = label("", "title", wrap=True)
        self.details = label("", "soft", wrap=True)
        head = Card(theme, "note")
        for part in (self.state, self.details):
            head.body.addWidget(part)
        self.due = Banner(theme, say(N_("Choose a new passphrase now, and print a new recovery paper.")))
        self.trouble = Banner(theme, tone=Tone.WRONG, icon="triangle-alert")
        self.trouble.hide()
        self.told = label("", "good", wrap=True)
        self.told.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        for widget in (head, self.due, self.trouble, self.told, self._make_paper(), self._make_passphrase(),
                       self._make_lock()):  # fmt: skip
            whole.addWidget(widget)
        whole.addStretch(1)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return words.gettext(N_("Settings")), words.gettext(N_("Passphrase"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the key that locks."""
        if not self.session.book.protection.is_set:
            return ()
        return (KeyHint("Ctrl L", self.session.words.gettext(N_("lock the book"))),)

    def first_focus(self) -> QWidget | None:
        """Begin where the next act is."""
        return self.current.line if self.current.isVisibleTo(self) else self.new.line

    def reload(self) -> None:
        """Show whether the book is protected."""
        words, protection = self.session.words, self.session.book.protection
        free = not self.session.book.read_only
        is_set, recovered = protection.is_set, protection.recovered
        self.state.setText(
            words.gettext(N_("This book is protected by a passphrase"))
            if is_set
            else words.gettext(N_("Whoever gets this file can read it"))
        )
        self.details.setText(
            words.gettext(
                N_("Without the passphrase or the recovery paper nobody can read the file or its copies.")
            )
            if is_set
            else words.gettext(
                N_(
                    "With a passphrase the file and its future copies are encrypted. Copies made before stay "
                    "readable: delete them if nobody else may read them."
                )
            )
        )
        self.due.setVisible(recovered)
        asks = is_set and not recovered
        self._current_field.setVisible(asks)
        self.choose_button.say(
            words.gettext(N_("Change the passphrase") if is_set else N_("Protect the book"))
        )
        self._heading.setText(
            words.gettext(N_("Another passphrase") if is_set else N_("Protect the book by a passphrase"))
        )
        self.remove_button.setVisible(is_set and free)
        self.print_button.setVisible(asks)
        # One thing at a time: first the paper is put away.
        self.making.setVisible((free or asks) and self._key is None)
        for part in (self._new_field, self._repeat_field, self.choose_button):
            part.setVisible(free)
        self.lock.setVisible(is_set)
        self.paper.setVisible(self._key is not None)

    def _make_passphrase(self) -> QWidget:
        session = self.session
        theme, say = session.theme, session.words.gettext
        self.making = Card(theme)
        self.making.body.setSpacing(theme.px(12))
        self._heading = label("", "title", wrap=True)
        self.making.body.addWidget(self._heading)
        self.current = PassphraseField(session, say(N_("Passphrase till now")))
        self.new = PassphraseField(session, say(N_("New passphrase")))
        self.repeat = PassphraseField(session, say(N_("The passphrase once more")))
        hint = say(
            N_("At least 8 signs; three or four words are easy to keep in mind. Nobody can bring it back.")
        )
        self._current_field = LabelledField(theme, say(N_("Passphrase till now")), self.current)
        self._new_field = LabelledField(theme, say(N_("New passphrase")), self.new, hint)
        self._repeat_field = LabelledField(theme, say(N_("The passphrase once more")), self.repeat)
        for part in (self._current_field, self._new_field, self._repeat_field):
            self.making.body.addWidget(part)
        self.choose_button = ActButton(theme, "", icon="lock", kind="primary")
        self.choose_button.clicked.connect(self.choose)
        self.print_button = ActButton(
            theme, say(N_("Make the recovery paper once more")), icon="file-text", kind="second"
        )
        self.print_button.clicked.connect(self.make_paper_again)
        self.remove_button = ActButton(theme, say(N_("Take the passphrase away")), icon="lock", kind="link")
        self.remove_button.clicked.connect(self.remove)
        self.making.body.addWidget(flow(self.choose_button, self.print_button, self.remove_button))
        return self.making

    def _make_paper(self) -> QWidget:
        theme, say = self.session.theme, self.session.words.gettext
        self.paper = Card(theme)
        self.paper.body.addWidget(label(say(N_("The recovery paper")), "title"))
        said = N_(
            "It opens the book when the passphrase is forgotten. Print it, or copy these five lines by hand, "
            "and lock it away. Papers made before are void."
        )
        self.paper.body.addWidget(label(say(said), "soft", wrap=True))
        self.lines = label("", "strong", wrap=True)
        self.paper.body.addWidget(self.lines)
        save = ActButton(theme, say(N_("Save the paper to print it …")), icon="printer", kind="primary")
        save.clicked.connect(self.save_paper)
        done = ActButton(theme, say(N_("It is locked away")), icon="check", kind="plain")
        done.clicked.connect(self.put_away)
        self.paper.body.addLayout(row(save, done, None))
        return self.paper

    def _make_lock(self) -> QWidget:
        session = self.session
        theme, words = session.theme, session.words
        self.lock = Card(theme)
        choices = [
            (
                n,
                words.ngettext("{n} minute", "{n} minutes", n).format(n=n)
                if n
                else words.gettext(N_("Never")),
            )
            for n in _MINUTES
        ]
        name = words.gettext(N_("Lock the book when nobody is there for"))
        self.minutes = ChoiceField(theme, name, choices, self._set_minutes)
        self.minutes.show_value(session.settings.lock_minutes)
        hint = words.gettext(
            N_("Everything is saved first; the passphrase brings you back to where you were.")
        )
        self.lock.body.addWidget(LabelledField(theme, name, self.minutes, hint))
        now = ActButton(theme, words.gettext(N_("Lock now")), icon="lock", kind="second")
        now.clicked.connect(session.asked_lock)
        self.lock.body.addLayout(row(now, None))
        return self.lock

    def choose(self) -> None:
        """Set or change the passphrase; one typed differently the second time is told at once."""
        if self.new.text() != self.repeat.text():
            self._say(
                self.session.words.gettext(N_("The two passphrases differ. Please type them once more."))
            )
            self.repeat.line.setFocus()
            return
        current, new = self.current.text(), self.new.text()

        def act() -> str:
            self._key = self.session.book.protection.choose(new, current)
            self._let_files_follow()
            return N_("The passphrase is set. Now print the recovery paper.")

        self._run(act)

    def make_paper_again(self) -> None:
        """Show the paper once more, for the passphrase."""
        current = self.current.text()

        def act() -> str:
            self._key = self.session.book.protection.recovery_key(current)
            return ""

        self._run(act)

    def offer_paper(self, passphrase: str) -> None:
        """Show the recovery paper of a book that was just made with a passphrase."""

        def act() -> str:
            self._key = self.session.book.protection.recovery_key(passphrase)
            return N_("The passphrase is set. Now print the recovery paper.")

        self._run(act)

    def remove(self) -> None:
        """Let everybody open the file."""
        current = self.current.text()

        def act() -> str:
            self.session.book.protection.remove(current)
            self._key = None
            self._let_files_follow()
            return N_("The book has no passphrase any more.")

        self._run(act)

    def _let_files_follow(self) -> None:
        """Lock or open the received files beside the book as it is now; the paper need not wait for that."""
        session, backups = self.session, self.session.book.backups
        if session.book.protection.has_followers:
            doing = session.words.gettext(N_("Making a backup copy and going through the received files …"))
            session.work(lambda: backups.make(Reason.ASKED, progress=session.progress), self._followed, doing)

    def _followed(self, outcome: Outcome) -> None:
        for fault in outcome.faults:
            self.session.complain(fault)
        self.session.check()

    def save_paper(self) -> None:
        """Write the paper as PDF, to a place of the person's choice."""
        words = self.session.words
        if self._key is None:
            return
        name = f"{words.gettext(N_('Recovery paper'))} {self.session.book.organisation().name}.pdf"
        title = words.gettext(N_("Where to save the recovery paper"))
        path = choosers.choose_new_file(self, title, name, "PDF (*.pdf)")
        if path is None:
            return
        try:
            sheet = self.session.book.protection.recovery_sheet(self._key, self.session.today())
            files.write_whole(path, sheet)
        except Fault as fault:
            self._say(fault.say(words))
            return
        said = N_("“{name}” was written. Print it, lock the paper away, and delete the file.")
        self._say("", words.sentence(said, {"name": path.name}))

    def put_away(self) -> None:
        """Show the key no longer."""
        self._key = None
        self.lines.setText("")
        self._say("")
        self.reload()

    def go_back(self) -> bool:
        """Put the paper away first."""
        if self._key is None:
            return False
        self.put_away()
        return True

    def _set_minutes(self, minutes: int) -> None:
        self.session.settings.lock_minutes = minutes
        self.session.touched_settings.emit()

    def _run(self, act: Callable[[], str]) -> None:
        """Run an act of this page after its button is drawn: the whole file may have to be written anew."""
        self._say("", self.session.words.gettext(N_("One moment …")))
        self.setEnabled(False)
        QTimer.singleShot(30, self, lambda: self._finish(act))

    def _finish(self, act: Callable[[], str]) -> None:
        words = self.session.words
        self.session.let_work_end()
        self.setEnabled(True)
        try:
            told = act()
        except Fault as fault:
            self._say(fault.say(words))
            return
        for field in (self.current, self.new, self.repeat):
            field.forget()
        numbered = enumerate(self._key.lines if self._key else (), 1)
        self.lines.setText("\n".join(f"{number}.  {line}" for number, line in numbered))
        self._say("", words.gettext(told))
        self.reload()
        self.session.touched_settings.emit()
        self.session.changed.emit(Changes.NONE, self)

    def _say(self, trouble: str, good: str = "") -> None:
        self.trouble.say(trouble)
        self.told.setText(good)
        self.told.setVisible(bool(good))
