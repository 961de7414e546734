"""Receipts and return slips for all units at once: one act, one passphrase, one stick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.trust.key_words import key_secret
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.book.inbox.decisions import Unanswered
    from sochibo.faults import Fault
    from sochibo.interface.session import Session
    from sochibo.messages import Messages

__all__ = ["SlipsPanel"]


class SlipsPanel(QWidget):
    """Who waits for a word, the passphrase of the committee's seal, and the way to the stick."""

    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme, say = session.theme, session.words.gettext
        self.leave = ActButton(theme, say(N_("Back to the inbox")), icon="chevron-left")
        self.leave.clicked.connect(self.ended)
        self.head = label("", "title", wrap=True)
        self.table_model: RecordTable[Unanswered] = RecordTable(
            session.words, _columns(session.words), key=lambda one: one.unit_id
        )
        self.table = TableView(theme, self.table_model, say(N_("Units that wait for a slip")), grows=True)
        self.card = Card(theme)
        self.no_key = ActButton(theme, say(N_("Make a signing key")), icon="key-round", kind="second")
        self.no_key.clicked.connect(lambda: session.go("key"))
        said = N_("Slips are sealed. The committee makes a signing key for that, once.")
        self.why = label(say(said), "soft", wrap=True)
        self.passphrase = PassphraseField(session, key_secret(session))
        self.passphrase.returned.connect(self.write)
        self._asked = LabelledField(theme, key_secret(session), self.passphrase)
        self.write_button = ActButton(
            theme, say(N_("Issue, seal and write to a stick …")), icon="stamp", kind="primary"
        )
        self.write_button.clicked.connect(self.write)
        self.trouble = label("", "wrong", wrap=True)
        self.lies = label("", "good", wrap=True)
        for part in (self.why, self._asked, self.trouble, flow(self.write_button, self.no_key), self.lies):
            self.card.body.addWidget(part)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (flow(self.leave), self.head, self.table, self.card):
            inside.addWidget(part)
        inside.addStretch(1)
        self.reload()

    def reload(self) -> None:
        """Show who waits, also for slips that were issued and never written."""
        book, words = self.session.book, self.session.words
        waiting, unsent = book.decisions.unanswered(), book.decisions.unsent_slips()
        self.table_model.show_records(waiting)
        self.table.setVisible(bool(waiting))
        if waiting:
            fields = {"n": len(waiting)}
            said = words.ngettext("{n} unit waits for a slip", "{n} units wait for a slip", len(waiting))
        elif unsent:
            fields = {"n": len(unsent)}
            said = words.ngettext(
                "{n} issued slip was not written yet", "{n} issued slips were not written yet", len(unsent)
            )
        else:
            fields, said = {}, words.gettext(N_("Every unit was told everything."))
        self.head.setText(words.sentence(said, fields))
        has_key = book.reports.key() is not None
        self._asked.setVisible(has_key)
        self.write_button.setVisible(has_key)
        for part in (self.why, self.no_key):
            part.setVisible(not has_key)
        free = bool(waiting or unsent) and not book.read_only
        self.card.setVisible(free or bool(self.lies.text()))
        self.write_button.setEnabled(free)
        self.passphrase.setEnabled(free)
        for part in (self.trouble, self.lies):
            part.setVisible(bool(part.text()))

    def title(self) -> str:
        """Return what this is."""
        return self.session.words.gettext(N_("Receipts and return slips"))

    def first_focus(self) -> QWidget:
        """Return where the keyboard begins."""
        return self.passphrase.line if self.passphrase.isVisibleTo(self) else self.leave

    def write(self) -> None:
        """Open the key first: a wrong passphrase issues nothing."""
        if not self.write_button.isEnabled():
            return
        self._complain("")
        words, reports, passphrase = self.session.words, self.session.book.reports, self.passphrase.text()
        folder = choosers.choose_folder(self, words.gettext(N_("Choose the stick or a folder")))
        if folder is None:
            return
        book, session, now = self.session.book, self.session, self.session.now()
        self._be_busy(busy=True)

        def job() -> Sequence[Path]:
            key = reports.open_key(passphrase)
            book.decisions.issue_slips(session.today())
            unsent = book.decisions.unsent_slips()
            return book.decisions.seal_and_send(unsent, key, folder, now, session.progress)

        session.work(
            job, lambda paths: self._written(paths, folder), words.gettext(N_("Sealing …")), self._fail
        )

    def _written(self, paths: Sequence[Path], folder: Path) -> None:
        words = self.session.words
        fields = {"n": len(paths), "place": folder.name or str(folder)}
        said = words.sentence(
            words.ngettext(
                "{n} slip was written to “{place}”, read back and found whole.",
                "{n} slips were written to “{place}”, read back and found whole.",
                len(paths),
            ),
            fields,
        )
        if isValid(self):
            self._be_busy(busy=False)
            self.passphrase.forget()
            self.lies.setText(said)
        self.session.tell(Changes.INBOX | Changes.REPORTS)
        self.session.told.emit(said)
        if isValid(self):
            self.reload()
            self.leave.setFocus()

    def _fail(self, fault: Fault) -> None:
        if not isValid(self):
            self.session.complain(fault)
            return
        self._be_busy(busy=False)
        self.session.tell(Changes.INBOX | Changes.REPORTS)
        self._complain(fault.say(self.session.words))
        self.reload()
        if self.session.book.keys.token_label():
            # Enter pressed twice must not try the same wrong PIN twice.
            self.passphrase.forget()
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def _be_busy(self, *, busy: bool) -> None:
        self.write_button.setEnabled(not busy)
        self.passphrase.setEnabled(not busy)

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


def _columns(words: Messages) -> tuple[Column[Unanswered], ...]:
    def papers(count: int) -> str:
        return (
            words.sentence(words.ngettext("{n} paper", "{n} papers", count), {"n": count}) if count else "–"
        )

    return (
        Column(title=N_("Unit"), text=lambda one: one.unit, strong=True, stretch=True),
        Column(title=N_("Counted"), text=lambda one: papers(one.received)),
        Column(title=N_("Returned by us"), text=lambda one: papers(one.returned)),
    )
