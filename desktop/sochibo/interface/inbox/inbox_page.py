"""The committee's inbox: the board of the year, files received and judged, cells enrolled."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QProgressBar, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.inbox.decision_bar import DecisionBar
from sochibo.interface.inbox.gate import Gate
from sochibo.interface.inbox.inbox_board import Board, board_columns, board_words
from sochibo.interface.inbox.slips_panel import SlipsPanel
from sochibo.interface.inbox.submission_lines import (
    SHOWN_LABELS,
    Shown,
    counts_of,
    delivery_words,
    is_doubtful,
    judging_words,
    shown_of,
    submission_columns,
)
from sochibo.interface.inbox.submission_panel import SubmissionPanel
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.sight import begin_at_top
from sochibo.interface.parts.table import RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.trust.enrol_panel import EnrolPanel
from sochibo.messages import N_
from sochibo.rules.dates import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sochibo.book.inbox.inbox import BoardRow, Submission
    from sochibo.interface.session import Session

__all__ = ["InboxPage"]

_LEAST_ROWS = 3


class InboxPage(Page):
    """Board above, newest files below; a file or the enrolment opens in their place."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.ORGANISATION
    help_name = "inbox"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        self._panel: SubmissionPanel | EnrolPanel | SlipsPanel | None = None
        self._stopped = False
        self._of = 0
        self._began = 0.0
        self.receiving = False
        acts = self._build_acts()
        self.board_title = label("", "title", wrap=True)
        self._build_board()
        self.summary = label("", "title", wrap=True)
        self._build_files()
        self._main = QWidget()
        inside = QVBoxLayout(self._main)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(12))
        for part in (acts, self.bar, self.board_title, self.board, self.summary, self.decisions):
            inside.addWidget(part)
        inside.addWidget(self.table, 1)
        # Where nothing was received yet, the sentences stand together at the top.
        self._rest = QWidget()
        inside.addWidget(self._rest, 1)
        self._bind_letters()
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._main)
        self._show_progress(busy=False)
        bind_print(self, self._print)

    def _build_acts(self) -> QWidget:
        theme, say = self.session.theme, self.session.words.gettext
        self.take = ActButton(theme, say(N_("Receive files …")), icon="inbox", kind="primary")
        self.take.clicked.connect(self.choose_files)
        self.take_folder = ActButton(theme, say(N_("Receive a folder …")), icon="folder-open", kind="second")
        self.take_folder.clicked.connect(self.choose_folder)
        self.enrol = ActButton(theme, say(N_("Enrol cells …")), icon="user-plus", kind="second")
        self.enrol.clicked.connect(self.show_enrolment)
        self.slips = ActButton(theme, say(N_("Receipts and return slips …")), icon="stamp", kind="second")
        self.slips.clicked.connect(self.show_slips)
        said = say(N_("Board of a quarter or a year …"))
        self.longer = ActButton(theme, said, icon="calendar", kind="second")
        self.longer.clicked.connect(lambda: self.session.go("board"))
        self.stop = ActButton(theme, say(N_("Stop")), icon="x")
        self.stop.clicked.connect(self._stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say(N_("Files judged")))
        return flow(self.take, self.take_folder, self.slips, self.enrol, self.longer, self.stop)

    def _build_board(self) -> None:
        words = self.session.words
        self._year = Board(self.session.today())
        self.board_model: RecordTable[BoardRow] = RecordTable(
            words, board_columns(self._year, words), key=lambda line: line.unit.id
        )
        name = words.gettext(N_("Summaries of the year by unit"))
        self.board = TableView(self.session.theme, self.board_model, name, grows=True)
        self.board.opened.connect(self._open_unit)

    def _build_files(self) -> None:
        theme, words = self.session.theme, self.session.words
        self.shown: ChoiceField[Shown] = ChoiceField(
            theme,
            words.gettext(N_("Show")),
            [(one, words.gettext(text)) for one, text in SHOWN_LABELS.items()],
            lambda _shown: self.reload(),
        )
        self.shown.show_value(Shown.ALL)
        self.again = ActButton(
            theme, words.gettext(N_("Judge doubtful ones again")), icon="redo-2", kind="link"
        )
        self.again.clicked.connect(self.judge_again)
        self.decisions = DecisionBar(self.session, self.shown, self.again)
        self.decisions.decided.connect(self._after_decision)
        self.table_model: RecordTable[Submission] = RecordTable(
            words, submission_columns(words), key=lambda one: one.id
        )
        self.table = TableView(theme, self.table_model, words.gettext(N_("Received files")))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self.show_submission)
        self.table.selectionModel().selectionChanged.connect(self._take_chosen)
        # It takes the height that is left; asking for more would make the page scroll around it.
        self.table.ask_for(_LEAST_ROWS)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room."""
        room = self.session.words.gettext(N_("Inbox"))
        return (room, self._panel.title()) if self._panel is not None else (room,)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the inbox."""
        say = self.session.words.gettext
        if isinstance(self._panel, EnrolPanel | SlipsPanel):
            return ()
        if self._panel is None and not self.table_model.rowCount():
            return ()
        opens = () if self._panel else (KeyHint("Enter", say(N_("pages and details"))),)
        return (
            *opens,
            KeyHint("A", say(N_("accept"))),
            KeyHint("R", say(N_("return"))),
            KeyHint("X", say(N_("set aside"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the files, or with the button that receives some."""
        if self.table_model.rowCount():
            return self.table
        return self.take if self.board_model.rowCount() else self.enrol

    def reload(self) -> None:
        """Show the board of this year and the newest files."""
        inbox, words = self.session.book.inbox, self.session.words
        today = self.session.today()
        lines = inbox.board(today.year)
        received = inbox.submissions()
        self._year.show(lines, received)
        self.board_model.show_records(lines)
        self.board.setVisible(bool(lines))
        self.board_title.setText(board_words(self._year, Month.of(today).previous(), words))
        self.table_model.show_records(shown_of(received, self.shown.value() or Shown.ALL))
        for part in (self.table, self.decisions):
            part.setVisible(bool(received))
        self._rest.setVisible(not received)
        self.summary.setText(self._summary(received))
        free = not self.session.book.read_only
        for button in (self.take, self.take_folder, self.enrol, self.slips, self.again):
            button.setEnabled(free)
        self.again.setVisible(any(is_doubtful(one) for one in received))
        self._say_slips()
        self._take_chosen()
        if isinstance(self._panel, EnrolPanel | SlipsPanel):
            self._panel.reload()

    def go_back(self) -> bool:
        """Close the file or the enrolment that is open."""
        if self._panel is None:
            return False
        self._close_panel()
        return True

    def choose_files(self) -> None:
        """Ask for files."""
        self.receive(
            choosers.choose_files(
                self, self.session.words.gettext(N_("Choose the files received")), "PDF (*.pdf)"
            )
        )

    def choose_folder(self) -> None:
        """Ask for a folder or a stick."""
        folder = choosers.choose_folder(self, self.session.words.gettext(N_("Choose the stick or a folder")))
        if folder is not None:
            self.receive([folder])

    def receive(self, paths: Sequence[Path]) -> None:
        """Judge files, from a drop too; the book is asked in this thread, and the window drawn meanwhile."""
        if not paths or self.receiving or self.session.book.read_only:
            return
        self._close_panel()
        made = self._judge(lambda: self.session.book.inbox.receive(paths, self.session.now(), self._progress))
        kept = [one for one in made or () if one.id]
        if kept:
            self.shown.show_value(Shown.ALL)
            self.reload()
            self.table.choose(next(filter(is_doubtful, kept), kept[0]).id)
            self.table.setFocus()
        if made is not None:
            packed = self.session.book.inbox.packed(paths)
            self.session.told.emit(delivery_words(made, self._of, packed, self.session.words))

    def judge_again(self) -> None:
        """Judge what is in doubt anew: somebody may have been enrolled since."""
        inbox, words = self.session.book.inbox, self.session.words
        made = self._judge(lambda: inbox.judge_again(self.session.now(), self._progress))
        if made is not None:
            text = N_("Files with another verdict now: {n}")
            self.session.told.emit(words.sentence(text, {"n": len(made)}))

    def _judge(self, act: Callable[[], tuple[Submission, ...]]) -> tuple[Submission, ...] | None:
        """Judge behind a gate that lets only the stop button through; None where something went wrong."""
        self._stopped = False
        self._of = 0
        self._began = monotonic()
        self._show_progress(busy=True)
        gate = Gate(self.stop)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(gate)
        try:
            made: tuple[Submission, ...] | None = act()
        except Fault as fault:
            self.session.complain(fault)
            made = None
        finally:
            if application is not None:
                application.removeEventFilter(gate)
            self._show_progress(busy=False)
        self.session.tell(Changes.INBOX, self)
        self.reload()
        return made

    def chosen(self) -> tuple[Submission, ...]:
        """Return the files in hand, from top to bottom."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self.table_model.record(row) for row in rows)

    def show_submission(self, one: Submission) -> None:
        """Show one file with its pages."""
        panel = SubmissionPanel(self.session, one)
        panel.decisions.decided.connect(self._after_decision)
        self._open_panel(panel)

    def _open_unit(self, line: BoardRow) -> None:
        """Tell whom to ask for what a unit did not send this year."""
        self.session.go(f"board:{self.session.today().year:04d}:{line.unit.id}")

    def show_slips(self) -> None:
        """Show who waits for a receipt or a return slip."""
        self._open_panel(SlipsPanel(self.session))

    def show_enrolment(self) -> None:
        """Show how cells are enrolled."""
        self._open_panel(EnrolPanel(self.session))

    def _open_panel(self, panel: SubmissionPanel | EnrolPanel | SlipsPanel) -> None:
        self._close_panel()
        self._panel = panel
        panel.ended.connect(self._close_panel)
        self._main.hide()
        self._whole.addWidget(panel)
        # A layout shows what is added to it only later, and what is hidden takes no keyboard.
        panel.show()
        panel.first_focus().setFocus()
        begin_at_top(self)
        self.session.changed.emit(Changes.NONE, self)

    def _print(self) -> None:
        if isinstance(self._panel, SubmissionPanel):
            self._panel.preview.print_pages()

    def _close_panel(self) -> None:
        if self._panel is None:
            return
        enrolled = isinstance(self._panel, EnrolPanel)
        self._panel.hide()
        self._whole.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = None
        self._main.show()
        self.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)
        if enrolled and self.again.isVisibleTo(self) and self.again.isEnabled():
            self.judge_again()

    def _bind_letters(self) -> None:
        """Bind the clerk's letters to the table alone, where nothing is typed."""
        acts = (
            ("A", self.decisions.accept),
            ("R", self.decisions.begin_return),
            ("X", self.decisions.set_aside),
        )
        for letter, act in acts:
            QShortcut(QKeySequence(letter), self.table, act, context=Qt.ShortcutContext.WidgetShortcut)

    def _take_chosen(self) -> None:
        self.decisions.show_files(self.chosen())

    def _after_decision(self) -> None:
        """Go on where the clerk was."""
        if isinstance(self._panel, SubmissionPanel):
            self._close_panel()
        self.reload()
        self.table.setFocus()

    def _say_slips(self) -> None:
        """Say on the button how many units wait, and let it stand out where some do."""
        waiting = len(self.session.book.decisions.unanswered())
        words = self.session.words
        said = N_("Receipts and return slips: {n} …") if waiting else N_("Receipts and return slips …")
        self.slips.say(words.sentence(said, {"n": waiting}))

    def _progress(self, done: int, of: int) -> bool:
        self._of = of
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.summary.setText(judging_words(done, of, monotonic() - self._began, self.session.words))
        QCoreApplication.processEvents()
        return not self._stopped

    def _stop(self) -> None:
        self._stopped = True

    def _show_progress(self, *, busy: bool) -> None:
        self.receiving = busy
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        for button in (self.take, self.take_folder, self.enrol, self.slips, self.longer):
            button.setVisible(not busy)

    def _summary(self, received: Sequence[Submission]) -> str:
        words = self.session.words
        if not received:
            return words.gettext(N_("Nothing received yet. Drop files here, or press “Receive files”."))
        fields = {"all": len(received), **counts_of(received)}
        return words.sentence(
            N_("{all} files: {fine} accepted, {hold} to be looked at, {refused} refused"), fields
        )
