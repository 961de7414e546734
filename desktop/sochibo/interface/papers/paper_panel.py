"""PaperPanel: seal a paper with the passphrase, then write it to a stick."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from shiboken6 import isValid

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.papers.answer_card import AnswerCard
from sochibo.interface.papers.countersign_card import CountersignCard
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.parts.stamp_tick import StampTick
from sochibo.interface.trust.key_words import key_secret
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sochibo.book.papers.reports import Document
    from sochibo.interface.session import Session

__all__ = ["PaperPanel"]


class PaperPanel(Card):
    """What comes next for an issued paper: seal it, or carry it to the committee."""

    sealed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self.session = session
        say = session.words.gettext
        self._document: Document | None = None
        self._is_cell = session.book.organisation().kind is BookKind.CELL
        self._sign = Glyph(session.theme, "lock")
        self.state = label("", "strong", wrap=True)
        line = row(self._sign)
        line.addWidget(self.state, 1)
        self.body.addLayout(line)
        self.no_key = ActButton(session.theme, say(N_("Make a signing key")), icon="key-round", kind="second")
        self.no_key.clicked.connect(lambda: session.go("key"))
        self.passphrase = PassphraseField(session, key_secret(session))
        self.passphrase.returned.connect(self.seal)
        self._asked = LabelledField(session.theme, key_secret(session), self.passphrase)
        self.seal_button = ActButton(session.theme, say(N_("Seal")), icon="stamp", kind="primary")
        self.seal_button.clicked.connect(self.seal)
        self.send_button = ActButton(
            session.theme, say(N_("Write to a stick or folder …")), icon="usb", kind="primary"
        )
        self.send_button.clicked.connect(self.send)
        self.stamp = StampTick(session)
        self.plain_button = ActButton(
            session.theme, say(N_("Seal without a time stamp")), icon="stamp", kind="second"
        )
        self.plain_button.clicked.connect(self._seal_plainly)
        self.answer = AnswerCard(session)
        self.trouble = label("", "wrong", wrap=True)
        self.lies = label("", "good", wrap=True)
        parts: tuple[QWidget, ...] = (self.answer, self._asked, self.stamp, self.trouble)
        for part in parts:
            self.body.addWidget(part)
        self.body.addWidget(flow(self.seal_button, self.plain_button, self.send_button, self.no_key))
        self.body.addWidget(self.lies)
        self.countersign = CountersignCard(session)
        self.countersign.signed.connect(self._take_second)
        self.body.addWidget(self.countersign)
        self.show_document(None)

    def show_document(self, document: Document | None) -> None:
        """Show a paper, or nothing."""
        if document is None or self._document is None or document.id != self._document.id:
            self.trouble.setText("")
            self.lies.setText("")
            self.plain_button.hide()
            self.stamp.forget()
        self._document = document
        self.setVisible(document is not None)
        if document is None:
            return
        words = self.session.words
        self.answer.show_document(document)
        is_sealed = document.is_sealed
        key = self.session.book.reports.key()
        has_key = key is not None
        free = not self.session.book.read_only
        if is_sealed:
            said = N_("No. {number} is sealed by {who}, {at}.")
            self._sign.show_icon("badge-check", Tone.GOOD)
        elif key is not None and not key.issued and self._is_cell:
            said = N_(
                "No. {number} is ready. Let the committee enrol the key before you seal: what is sealed "
                "earlier it cannot accept."
            )
            self._sign.show_icon("key-round", Tone.ADVICE)
        elif has_key:
            said = N_("No. {number} is ready to be sealed.")
            self._sign.show_icon("lock", Tone.ACCENT)
        else:
            said = N_("No. {number} is ready. To seal it, a signing key is needed once.")
            self._sign.show_icon("key-round", Tone.ADVICE)
        fields = {
            "number": document.number,
            "who": document.sealed_by,
            "at": document.sealed_at.astimezone() if document.sealed_at else "",
        }
        self.state.setText(words.sentence(said, fields))
        self._asked.setVisible(has_key and not is_sealed and free)
        self.seal_button.setVisible(has_key and not is_sealed and free)
        self.stamp.offer(sealing=has_key and not is_sealed and free)
        self.no_key.setVisible(not has_key and not is_sealed and free)
        self.send_button.setVisible(is_sealed)
        self._offer_second(document)
        self.trouble.setVisible(bool(self.trouble.text()))
        self.lies.setVisible(bool(self.lies.text()))

    def _offer_second(self, document: Document) -> None:
        """Let a sealed paper be signed by the second person, where it has room for one."""
        countersigning = self.session.book.countersigning
        waiting = countersigning.waiting(document.id) if document.is_sealed else None
        self.countersign.show_waiting(waiting, partial(countersigning.sign, document.id))
        others = self.session.book.reports.countersigned_by(document.id) if document.is_sealed else ()
        if others:
            words = self.session.words
            said = words.sentence(N_("Countersigned by {who}."), {"who": ", ".join(others)})
            self.state.setText(f"{self.state.text()} {said}")

    def focus_next(self) -> None:
        """Put the keyboard where the next act is."""
        for part in (self.passphrase.line, *self.answer.jumps, self.send_button, self.no_key):
            if part.isVisibleTo(self):
                part.setFocus()
                return

    def seal(self) -> None:
        """Seal off the GUI thread: opening the key and signing take a second or two on an old PC."""
        document = self._document
        if document is None or not self.seal_button.isEnabled():
            return
        self._complain("")
        say, reports = self.session.words.gettext, self.session.book.reports
        passphrase, now, stamps = self.passphrase.text(), self.session.now(), self.stamp.source()
        self._be_busy(busy=True)
        self.session.work(
            lambda: reports.seal(document.id, reports.open_key(passphrase), now, stamps),
            lambda _sealed: self._take_seal(),
            say(N_("Sealing, and waiting for the time stamp …") if stamps else N_("Sealing …")),
            self._fail,
        )

    def _seal_plainly(self) -> None:
        """Seal without the stamp that did not come, because a person says so."""
        self.stamp.forget()
        if self.passphrase.text():
            self.seal()
        else:
            self.passphrase.setFocus()

    def send(self) -> None:
        """Write the sealed file to a place of the person's choice and say where it lies."""
        if self._document is None:
            return
        words = self.session.words
        folder = choosers.choose_folder(self, words.gettext(N_("Choose the stick or a folder")))
        if folder is None:
            return
        try:
            path = self.session.book.answers.send(self._document.id, folder, self.session.now())
        except Fault as fault:
            self._complain(fault.say(words))
            return
        self._complain("")
        place = folder.name or str(folder)
        said = words.sentence(
            N_("“{name}” was written to “{place}”, read back and found whole."),
            {"name": path.name, "place": place},
        )
        self.lies.setText(said)
        self.session.tell(Changes.REPORTS | Changes.MEETINGS)
        self.lies.show()
        self.answer.hide()
        self.session.told.emit(said)

    def _take_seal(self) -> None:
        session = self.session
        # What follows concerns every page, also if this one was left meanwhile.
        if isValid(self):
            self._be_busy(busy=False)
            self.passphrase.forget()
            self.stamp.forget()
        session.tell(Changes.REPORTS | Changes.MEETINGS)
        session.told.emit(session.words.gettext(N_("Sealed, and the seal was checked.")))
        if isValid(self):
            self.sealed.emit()
            self.focus_next()

    def _take_second(self) -> None:
        session = self.session
        session.tell(Changes.REPORTS | Changes.MEETINGS)
        session.told.emit(session.words.gettext(N_("Countersigned, and both seals were checked.")))
        if isValid(self):
            self.sealed.emit()
            self.focus_next()

    def _fail(self, fault: Fault) -> None:
        if not isValid(self):
            self.session.complain(fault)
            return
        self._be_busy(busy=False)
        self._complain(fault.say(self.session.words))
        self.plain_button.setVisible(self.stamp.failed(fault))
        if self.session.book.keys.token_label():
            # Enter pressed twice must not try the same wrong PIN twice.
            self.passphrase.forget()
        self.passphrase.line.selectAll()
        # With large type the second way out stands below the edge: the button beside it brings it into sight.
        (self.seal_button if self.stamp.failed(fault) else self.passphrase).setFocus()

    def _be_busy(self, *, busy: bool) -> None:
        self.plain_button.hide()
        for part in (self.seal_button, self.passphrase, self.stamp):
            part.setEnabled(not busy)
        self.seal_button.say(self.session.words.gettext(N_("Sealing …") if busy else N_("Seal")))

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
