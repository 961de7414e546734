"""Findings as calm lines: what is wrong or worth a look, each with a jump to its field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from sochibo.faults import Severity
from sochibo.interface.looks.icons import TONE_ICONS, ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from sochibo.faults import Finding
    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.session import Session

__all__ = ["FindingArea", "FindingList", "grouped", "say_severity"]

_TONES = {Severity.RED: Tone.WRONG, Severity.YELLOW: Tone.ADVICE}
_PILLS = {Tone.WRONG: "pill-wrong", Tone.ADVICE: "pill-advice"}
_LEAST = 150
_GROUPS = {"M20": N_("{n} agenda items have nothing written under them.")}
"""Codes of advice that is said once for all its places."""
_LABELS = {Severity.RED: N_("To be mended"), Severity.YELLOW: N_("Worth a look")}


def say_severity(severity: Severity) -> tuple[str, Tone]:
    """Return the word (a message id) and the tone of a severity."""
    return _LABELS[severity], _TONES[severity]


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings red first, advice of one kind as a single line that leads to its first place."""
    alike = {code: [one for one in findings if one.code == code] for code in _GROUPS}
    made = []
    for one in sorted(findings, key=lambda finding: finding.severity is not Severity.RED):
        same = alike.get(one.code, [])
        if len(same) < 2:  # noqa: PLR2004 - one is no group
            made.append(one)
        elif one == same[0]:
            made.append(replace(one, template=_GROUPS[one.code], fields={"n": len(same)}))
    return tuple(made)


class FindingList(Card):
    """All findings, red first; hidden while there is none."""

    jumped = Signal(str)
    """The place of the finding that one wants to go to."""

    def __init__(self, session: Session, where: Callable[[str], str]) -> None:
        """`where` names the place a jump leads to, empty where there is none to go to."""
        super().__init__(session.theme)
        self._session = session
        self._where = where
        self._shown: tuple[Finding, ...] | None = None
        self.buttons: list[ActButton] = []
        self._lines: list[QWidget] = []

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for what the sentences need in this width; Qt asks for that of a narrower one."""
        least = super().minimumSizeHint()
        if self.hasHeightForWidth() and self.width():
            least.setHeight(self.heightForWidth(self.width()))
        return least

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these; the same ones again change nothing, so that the keyboard stays."""
        if self._shown == tuple(findings):
            return
        self._shown = tuple(findings)
        for line in self._lines:
            line.hide()
            self.body.removeWidget(line)
            line.deleteLater()
        self._lines, self.buttons = [], []
        for finding in findings:
            if self._lines:
                rule = QFrame()
                rule.setProperty("kind", "rule")
                self._keep(rule)
            self._keep(self._line(finding))
        self.setVisible(bool(findings))

    def _keep(self, line: QWidget) -> None:
        self._lines.append(line)
        self.body.addWidget(line)
        # A layout shows what is added to it only later, and what is hidden takes no keyboard.
        line.show()

    def _line(self, finding: Finding) -> QWidget:
        session = self._session
        word, tone = say_severity(finding.severity)
        said = finding.say(session.words)
        line = QWidget()
        inside = QVBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(4))
        inside.addLayout(row(_pill(session.theme, session.words.gettext(word), tone), None))
        inside.addWidget(label(said, wrap=True))
        where = self._where(finding.place)
        if where:
            jump = ActButton(
                session.theme,
                session.words.sentence(N_("Go to: {place}"), {"place": where}),
                icon="chevron-right",
                kind="link",
            )
            jump.setAccessibleDescription(said)
            jump.clicked.connect(lambda _checked=False, place=finding.place: self.jumped.emit(place))
            self.buttons.append(jump)
            inside.addLayout(row(jump, None))
        return line


class FindingArea(QScrollArea):
    """Holds the findings where they share a screen: as high as they are, scrolled where room is short."""

    def __init__(self, theme: Theme, findings: FindingList) -> None:
        super().__init__()
        self._theme = theme
        self._whole = False
        self._findings = findings
        self.setWidget(findings)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Not `Ignored`: a page that scrolls would count no height at all for it, and press all else together.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        findings.installEventFilter(self)

    def show_whole(self, *, whole: bool) -> None:
        """Never scroll, where the page around does."""
        self._whole = whole
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the least height only; what is left is given by its share."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Sentences break otherwise in another width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the height of the findings."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        height = self._findings.heightForWidth(self.viewport().width())
        if height < 0:
            # Without a sentence in it nothing breaks, and Qt has no height for a width.
            height = self._findings.sizeHint().height()
        self.setMinimumHeight(height if self._whole else min(height, self._theme.px(_LEAST)))
        self.setMaximumHeight(height)


def _pill(theme: Theme, word: str, tone: Tone) -> QFrame:
    pill = QFrame()
    pill.setProperty("kind", _PILLS[tone])
    inside = QHBoxLayout(pill)
    inside.setContentsMargins(theme.px(9), theme.px(2), theme.px(9), theme.px(2))
    inside.setSpacing(theme.px(5))
    inside.addWidget(Glyph(theme, TONE_ICONS[tone], tone, 14))
    inside.addWidget(label(word, "wrong" if tone is Tone.WRONG else "advice"))
    return pill
