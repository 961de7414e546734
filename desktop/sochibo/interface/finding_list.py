"""Findings as calm lines: what is wrong or worth a look, each with a jump to its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sochibo.faults import Severity
from sochibo.interface.blocks import Card, label, row
from sochibo.interface.icons import TONE_ICONS, ActButton, Glyph
from sochibo.interface.palette import Tone
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochibo.faults import Finding
    from sochibo.interface.session import Session

__all__ = ["FindingList", "say_severity"]

_TONES = {Severity.RED: Tone.WRONG, Severity.YELLOW: Tone.ADVICE}
_LABELS = {Severity.RED: N_("To be mended"), Severity.YELLOW: N_("Worth a look")}


def say_severity(severity: Severity) -> tuple[str, Tone]:
    """Return the word (a message id) and the tone of a severity."""
    return _LABELS[severity], _TONES[severity]


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

    def _line(self, finding: Finding) -> QWidget:
        session = self._session
        word, tone = say_severity(finding.severity)
        said = finding.say(session.words)
        line = QWidget()
        inside = QVBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(2))
        kind = label(session.words.gettext(word), "wrong" if tone is Tone.WRONG else "advice")
        inside.addLayout(row(Glyph(session.theme, TONE_ICONS[tone], tone, 16), kind, None))
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
