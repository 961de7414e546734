"""The committee's inbox: the board of the year, files received and judged, cells enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.inbox import LEVEL_LABELS, Level
from sochibo.faults import Fault
from sochibo.interface import choosers
from sochibo.interface.blocks import label
from sochibo.interface.enrol_panel import EnrolPanel
from sochibo.interface.flow import flow
from sochibo.interface.icons import ActButton
from sochibo.interface.inbox_board import Board, board_columns, board_words
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.printing import bind_print
from sochibo.interface.submission_panel import LEVEL_SIGNS, SubmissionPanel, paper_words
from sochibo.interface.table import Column, RecordTable, Tag
from sochibo.interface.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.dates import Month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from sochibo.book.inbox import BoardRow, Submission
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
        theme, say = session.theme, session.words.gettext
        self.setAcceptDrops(True)
        self._panel: SubmissionPanel | EnrolPanel | None = None
        self._stopped = False
        self.receiving = False
        self.take = ActButton(theme, say(N_("Receive files …")), icon="inbox", kind="primary")
        self.take.clicked.connect(self.choose_files)
        self.take_folder = ActButton(theme, say(N_("Receive a folder …")), icon="folder-open", kind="second")
        self.take_folder.clicked.connect(self.choose_folder)
        self.enrol = ActButton(theme, say(N_("Enrol cells …")), icon="user-plus", kind="second")
        self.enrol.clicked.connect(self.show_enrolment)
        self.stop = ActButton(theme, say(N_("Stop")), icon="x")
        self.stop.clicked.connect(self._stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say(N_("Files judged")))
        self.board_title = label("", "title", wrap=True)
        self._year = Board(session.today())
        self.board_model: RecordTable[BoardRow] = RecordTable(
            session.words,
            board_columns(self._year, session.words),
            key=lambda line: line.unit.id,
        )
        self.board = TableView(theme, self.board_model, say(N_("Summaries of the year by unit")), grows=True)
        self.summary = label("", "title", wrap=True)
        self.table_model: RecordTable[Submission] = RecordTable(
            session.words, self._columns(), key=lambda one: one.id
        )
        self.table = TableView(theme, self.table_model, say(N_("Received files")))
        self.table.opened.connect(self.show_submission)
        # It takes the height that is left; asking for more would make the page scroll around it.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(_LEAST_ROWS * theme.row_height)
        self._main = QWidget()
        inside = QVBoxLayout(self._main)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (flow(self.take, self.take_folder, self.enrol, self.stop), self.bar, self.board_title):
            inside.addWidget(part)
        inside.addWidget(self.board)
        inside.addWidget(self.summary)
        inside.addWidget(self.table, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._main)
        self._show_progress(busy=False)
        bind_print(self, self._print)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room."""
        return (self.session.words.gettext(N_("Inbox")),)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the inbox."""
        return (KeyHint("Enter", self.session.words.gettext(N_("pages and details"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the files, or with the button that receives some."""
        return self.table if self.table_model.rowCount() else self.take

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
        self.table_model.show_records(received)
        self.table.setVisible(bool(received))
        self.summary.setText(self._summary(received))
        free = not self.session.book.read_only
        for button in (self.take, self.take_folder, self.enrol):
            button.setEnabled(free)
        if isinstance(self._panel, EnrolPanel):
            self._panel.reload()

    def go_back(self) -> bool:
        """Close the file or the enrolment that is open."""
        if self._panel is None:
            return False
        self._close_panel()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files."""
        if event.mimeData().hasUrls() and not self.session.book.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Receive what was dropped."""
        from pathlib import Path

        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.receive(paths)

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
        """Judge files in this thread, since judging asks the book; the window is drawn between two files."""
        if not paths or self.receiving:
            return
        self._close_panel()
        self._stopped = False
        self._show_progress(busy=True)
        gate = _Gate(self.stop)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(gate)
        try:
            made = self.session.book.inbox.receive(paths, self.session.now(), self._progress)
        except Fault as fault:
            self.session.complain(fault)
            made = ()
        finally:
            if application is not None:
                application.removeEventFilter(gate)
            self._show_progress(busy=False)
        self.session.tell(Changes.INBOX, self)
        self.reload()
        if made:
            self.table.choose(made[0].id)
            self.table.setFocus()

    def show_submission(self, one: Submission) -> None:
        """Show one file with its pages."""
        self._open_panel(SubmissionPanel(self.session, one))

    def show_enrolment(self) -> None:
        """Show how cells are enrolled."""
        self._open_panel(EnrolPanel(self.session))

    def _open_panel(self, panel: SubmissionPanel | EnrolPanel) -> None:
        self._close_panel()
        self._panel = panel
        panel.ended.connect(self._close_panel)
        self._main.hide()
        self._whole.addWidget(panel)
        # A layout shows what is added to it only later, and what is hidden takes no keyboard.
        panel.show()
        first = panel.leave if isinstance(panel, SubmissionPanel) else panel.passphrase.line
        first.setFocus()

    def _print(self) -> None:
        if isinstance(self._panel, SubmissionPanel):
            self._panel.preview.print_pages()

    def _close_panel(self) -> None:
        if self._panel is None:
            return
        self._panel.hide()
        self._whole.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = None
        self._main.show()
        self.table.setFocus()

    def _progress(self, done: int, of: int) -> bool:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.summary.setText(
            self.session.words.sentence(N_("Judging file {done} of {of} …"), {"done": done, "of": of})
        )
        QCoreApplication.processEvents()
        return not self._stopped

    def _stop(self) -> None:
        self._stopped = True

    def _show_progress(self, *, busy: bool) -> None:
        self.receiving = busy
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        for button in (self.take, self.take_folder, self.enrol):
            button.setVisible(not busy)

    def _summary(self, received: Sequence[Submission]) -> str:
        words = self.session.words
        if not received:
            return words.gettext(N_("Nothing received yet. Drop files here, or press “Receive files”."))
        levels = [one.verdict.level for one in received]
        fields = {
            "all": len(levels),
            "fine": sum(level in {Level.ACCEPT, Level.NOTE} for level in levels),
            "hold": levels.count(Level.HOLD),
            "refused": levels.count(Level.REFUSE),
        }
        return words.sentence(
            N_("{all} files: {fine} accepted, {hold} to be looked at, {refused} refused"), fields
        )

    def _columns(self) -> tuple[Column[Submission], ...]:
        words = self.session.words

        def verdict(one: Submission) -> str:
            said = words.gettext(LEVEL_LABELS[one.verdict.level])
            return said if one.verdict.level is Level.ACCEPT else f"{said} · {one.verdict.code}"

        def tag(one: Submission) -> Tag:
            tone, icon = LEVEL_SIGNS[one.verdict.level]
            return Tag(tone, icon)

        return (
            Column(title=N_("Unit"), text=lambda one: one.unit or one.file, strong=True),
            Column(title=N_("Kind, period"), text=lambda one: paper_words(one, words), drop=1),
            Column(title=N_("Verdict"), text=verdict, tag=tag),
            Column(title=N_("Signer"), text=lambda one: one.signer or words.gettext(N_("unknown")), drop=2),
            Column(
                title=N_("What to do"),
                text=lambda one: one.verdict.advice(words),
                tooltip=lambda one: one.verdict.sentence(words),
                soft=True,
                stretch=True,
            ),
        )


class _Gate(QObject):
    """Lets only one button through while files are judged: nothing may close or change the book meanwhile."""

    _INPUT: ClassVar[frozenset[QEvent.Type]] = frozenset(
        {
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.KeyPress,
            QEvent.Type.Shortcut,
            QEvent.Type.ShortcutOverride,
            QEvent.Type.Close,
            QEvent.Type.Drop,
        }
    )

    def __init__(self, let_through: QPushButton) -> None:
        super().__init__()
        self._let_through = let_through

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Swallow what people press, except on the one button; the window itself only hands events down."""
        if event.type() not in self._INPUT or watched is self._let_through:
            return False
        return isinstance(watched, QWidget)
