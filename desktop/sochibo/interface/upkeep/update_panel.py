"""Taking an update file, step by step: what it is, what will be done, how far it is, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo.book.upkeep import updating
from sochibo.book.upkeep.updating import Offer, Stage
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Banner, Card, label
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from subprocess import Popen

    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

    Work = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[Fault], None]], None]

__all__ = ["UpdatePanel"]

_SAYS: Final = {
    Stage.UNPACK: N_("Unpacking the new version …"),
    Stage.TRY: N_("The new version tries itself out on this computer. This takes a minute or two …"),
    Stage.SWITCH: N_("Putting the new version in place …"),
}


@dataclass(frozen=True, slots=True)
class NotCopied:
    """A book that could not be copied first: a person decides whether to go on without."""

    path: Path
    fault: Fault


class _Progress(QObject):
    """How far an update is; it outlives the panel, which a person may leave while the update goes on."""

    heard = Signal(str, int, int)


class UpdatePanel(QWidget):
    """One card at a time: how the program stands, what a file offers, what is being done, what came of it."""

    asked_end = Signal()
    """Not now: leave the file alone."""
    asked_restart = Signal()
    """The new version was started; this window should close."""

    def __init__(
        self,
        words: Messages,
        theme: Theme,
        books: Sequence[Path],
        copy: Callable[[Path], None],
        work: Work,
    ) -> None:
        """`books` are copied first, by `copy`; `work` runs a job off the GUI thread, tells its end in it."""
        super().__init__()
        self._words, self._theme = words, theme
        self._books, self._copy, self._work = tuple(books), copy, work
        self._without: set[Path] = set()
        self.working = False
        """Whether a file is being read or taken."""
        self._offer: Offer | None = None
        self.started: Popen[bytes] | None = None
        """The window of the other version, once it was started."""
        self.trouble = Banner(theme, tone=Tone.WRONG, icon="triangle-alert")
        self.trouble.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(self.trouble)
        self.card = Card(theme)
        self._column.addWidget(self.card)
        self._column.addStretch(1)
        self._progress = _Progress()
        self._progress.heard.connect(self._show_stage)
        self.show_standing()

    def first_focus(self) -> QWidget:
        """Return the first thing to press."""
        buttons: list[ActButton] = self.card.findChildren(ActButton)  # type: ignore[assignment]  # the stub forgets the type
        return buttons[0] if buttons else self

    def show_standing(self) -> None:
        """Show which version this is, the way to an update file, and the way back where one is kept."""
        say, standing = self._words.gettext, updating.standing()
        card = self._new_card()
        self._standing = True
        fields = {"version": standing.present}
        card.body.addWidget(
            label(self._words.sentence(N_("This program is version {version}."), fields), "title")
        )
        if standing.trouble is not None:
            card.body.addWidget(label(standing.trouble.say(self._words), "soft", wrap=True))
            return
        said = N_(
            "A new version comes as a file that ends in .sochibo-update, mostly on a stick. No internet is "
            "needed."
        )
        card.body.addWidget(label(say(said), "soft", wrap=True))
        choose = self._button(N_("Choose an update file …"), self.choose, icon="folder-open", kind="primary")
        card.body.addWidget(flow(choose))
        if standing.earlier:
            fields = {"version": standing.earlier}
            kept = self._words.sentence(N_("Version {version} is kept on this computer."), fields)
            card.body.addWidget(label(kept, "soft", wrap=True))
            back = self._button(
                N_("Go back to the version before …"), self.ask_back, icon="undo-2", kind="link"
            )
            card.body.addWidget(flow(back))

    def choose(self) -> None:
        """Ask for an update file."""
        say = self._words.gettext
        kinds = f"{say(N_('Updates'))} (*{updating.SUFFIX})"
        path = choosers.choose_file(self, say(N_("Choose an update file")), kinds)
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Read a file and show what it offers; a file that cannot be taken is said in words."""
        self._say_trouble(None)
        self._without.clear()
        self._wait(N_("Reading the update file …"))
        self._run(partial(self._look, path), self._show_offer)

    def update_now(self) -> None:
        """Copy the books, try the new version, and start with it from the next time on."""
        offer = self._offer
        if offer is None:
            return
        self._say_trouble(None)
        self._wait(N_("Copying the books first …"))
        self._run(partial(self._install, offer, self._progress), self._installed)

    def ask_back(self) -> None:
        """Ask before going back: a book may have changed its form since."""
        say = self._words.gettext
        card = self._new_card()
        fields = {"version": updating.standing().earlier}
        card.body.addWidget(
            label(self._words.sentence(N_("Go back to version {version}?"), fields), "title", wrap=True)
        )
        said = N_(
            "Nothing in your books is changed by this. A book that was opened with the newer version may no "
            "longer open with the older one; then go back to its copy from before the update."
        )
        card.body.addWidget(label(say(said), "soft", wrap=True))
        back = self._button(N_("Yes, go back"), self.take_back, icon="undo-2", kind="second")
        card.body.addWidget(flow(back, self._button(N_("No, stay"), self.show_standing, kind="plain")))
        self.first_focus().setFocus()

    def take_back(self) -> None:
        """Start with the version before from now on."""
        try:
            version = updating.go_back()
        except Fault as fault:
            self._refuse(fault)
            return
        self._show_done(version)

    def start_again(self) -> None:
        """Start the chosen version now and let this window close."""
        try:
            self.started = updating.start_again()
        except Fault as fault:
            self._say_trouble(fault)
            return
        self.asked_restart.emit()

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.working = True

        def end(act: Callable[[Any], None], result: object) -> None:
            # Who left the page meanwhile finds the new version at the next start.
            if isValid(self):
                self.working = False
                act(result)

        self._work(job, partial(end, done), partial(end, self._refuse))

    def _look(self, path: Path) -> Offer:
        trouble = updating.standing().trouble
        if trouble is not None:
            raise trouble
        return updating.look_at(path)

    def _show_offer(self, offer: Offer) -> None:
        self._offer = offer
        words, card = self._words, self._new_card()
        fields: dict[str, object] = {
            "version": offer.version,
            "present": offer.present,
            "name": offer.publisher.name,
            "fingerprint": offer.fingerprint,
        }

        def add(template: str, kind: str = "plain") -> None:
            card.body.addWidget(label(words.sentence(template, fields), kind, wrap=True))

        add(N_("Version {version} takes the place of version {present}"), "title")
        add(N_("Published by: {name}. The seal is whole: nobody changed the file on its way."))
        add(N_("Fingerprint of the publisher's key: {fingerprint}"), "hint")
        notes = offer.notes(words.language)
        if notes:
            add(N_("What is new"), "strong")
            card.body.addWidget(label(notes, wrap=True))
        add(N_("What will be done"), "strong")
        fields["names"] = ", ".join(path.stem for path in self._books)
        add(
            N_("1. The books of this computer are copied first: {names}.")
            if self._books
            else N_("1. No book was opened on this computer yet, so none needs to be copied.")
        )
        add(N_("2. The new version tries itself out here. Where anything does not work, all stays as it is."))
        add(N_("3. The next start is with the new version. Version {present} is kept for going back."))
        go = self._button(N_("Update now"), self.update_now, icon="download", kind="primary")
        card.body.addWidget(flow(go, self._button(N_("Not now"), self._leave, kind="plain")))
        go.setFocus()

    def go_back(self) -> bool:
        """Take one step back, from an offer or a question; False where there is none."""
        if self.working or self._standing:
            return False
        self._leave()
        return True

    def _install(self, offer: Offer, progress: _Progress) -> NotCopied | None:
        for path in self._books:
            if path in self._without:
                continue
            try:
                self._copy(path)
            except Fault as fault:
                return NotCopied(path, fault)
        updating.install(offer, told=lambda stage, done, of: progress.heard.emit(stage.value, done, of))
        return None

    def _installed(self, found: NotCopied | None) -> None:
        if found is not None:
            self._ask_without(found)
        elif self._offer is not None:
            self._show_done(self._offer.version)

    def _ask_without(self, found: NotCopied) -> None:
        """Say which book could not be copied, and let a person decide."""
        self._say_trouble(found.fault)
        card = self._new_card()
        said = self._words.sentence(
            N_("“{name}” could not be copied, so nothing was done yet."), {"name": found.path.stem}
        )
        card.body.addWidget(label(said, "title", wrap=True))
        again = self._button(N_("Try again"), self.update_now, kind="primary")
        on = self._button(
            N_("Update without copying this book"), partial(self._go_on_without, found.path), kind="link"
        )
        card.body.addWidget(flow(again, self._button(N_("Not now"), self._leave, kind="plain"), on))
        again.setFocus()

    def _go_on_without(self, path: Path) -> None:
        self._without.add(path)
        self.update_now()

    def _show_done(self, version: str) -> None:
        self._offer = None
        card = self._new_card()
        said = self._words.sentence(N_("Version {version} is ready."), {"version": version})
        card.body.addWidget(label(said, "title", wrap=True))
        hint = N_("It starts when you open the program the next time. Your books stay as they are.")
        card.body.addWidget(label(self._words.gettext(hint), "soft", wrap=True))
        again = self._button(N_("Close and start it now"), self.start_again, kind="primary")
        card.body.addWidget(flow(again, self._button(N_("Later"), self._leave, kind="plain")))
        again.setFocus()

    def _leave(self) -> None:
        self._offer = None
        self._say_trouble(None)
        self.show_standing()
        self.asked_end.emit()

    def _refuse(self, fault: Fault) -> None:
        self._offer = None
        self.show_standing()
        self._say_trouble(fault)
        self.first_focus().setFocus()

    def _wait(self, template: str) -> None:
        """Show that something is being done, and nothing that could be pressed meanwhile."""
        card = self._new_card()
        self.doing = label(self._words.gettext(template), "title", wrap=True)
        card.body.addWidget(self.doing)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.doing.text())
        card.body.addWidget(self.bar)
        hint = N_("Please leave the computer on. If it stops all the same, the present version stays.")
        card.body.addWidget(label(self._words.gettext(hint), "hint", wrap=True))

    def _show_stage(self, stage: str, done: int, of: int) -> None:
        if self._offer is None:
            return
        self.doing.setText(self._words.gettext(_SAYS[Stage(stage)]))
        self.bar.setAccessibleName(self.doing.text())
        self.bar.setRange(0, of if done else 0)
        self.bar.setValue(done)

    def _say_trouble(self, fault: Fault | None) -> None:
        self.trouble.say(fault.say(self._words) if fault else "")

    def _new_card(self) -> Card:
        """Put an empty card in the place of the one before."""
        self._column.removeWidget(self.card)
        self.card.hide()
        self.card.deleteLater()
        self.card = Card(self._theme)
        self.card.body.setSpacing(self._theme.px(10))
        self._column.insertWidget(1, self.card)
        self._standing = False
        return self.card

    def _button(self, says: str, act: Callable[[], object], *, icon: str = "", kind: str) -> ActButton:
        made = ActButton(self._theme, self._words.gettext(says), icon=icon, kind=kind)
        # After the click has ended: the act takes away the card on which the button stands.
        made.clicked.connect(lambda: QTimer.singleShot(0, self, act))
        return made
