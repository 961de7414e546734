"""The style sheet, generated from a palette and a scale; the only place that knows Qt's style sheet words.

Widgets say what they are by the dynamic property `kind` (`title`, `card`, `hint`, `primary` …).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.interface.looks.palette import Palette

__all__ = ["style_sheet"]

_LENGTHS: Final = (1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 16, 18, 20, 21, 24, 26, 28, 32, 36, 38, 42)

_SHEET: Final = Template("""
* { font-family: "Be Vietnam Pro"; font-size: ${p15}px; }
QWidget { color: $ink; }
QWidget#Window, QWidget#Body, QStackedWidget, QDialog, QMessageBox { background: $ground; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget#PageHost { background: $ground; }
QLabel { background: transparent; }
QLabel[kind="page-title"] { font-size: ${p18}px; }
QLabel[kind="title"] { font-size: ${p16}px; font-weight: 600; }
QLabel[kind="big"] { font-size: ${p21}px; font-weight: 700; }
QLabel[kind="large"] { font-size: ${p28}px; font-weight: 600; }
QLabel[kind="huge"] { font-size: ${p42}px; font-weight: 700; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="soft"] { color: $soft; }
QLabel[kind="hint"] { color: $soft; font-size: ${p13}px; }
QLabel[kind="paper"] { background: white; border: 1px solid $line; padding: ${p8}px; }
QLabel[kind="label"] { font-weight: 500; }
QLabel[kind="good"] { color: $good; font-size: ${p13}px; font-weight: 500; }
QLabel[kind="wrong"] { color: $wrong; font-size: ${p13}px; font-weight: 500; }
QLabel[kind="advice"] { color: $advice; font-size: ${p13}px; font-weight: 500; }
QFrame[kind="card"] { background: $card; border: 1px solid $line; border-radius: ${p9}px; }
QFrame[kind="note"] { background: $card; border: 1px solid $line; border-left: ${p5}px solid $accent;
    border-radius: ${p9}px; border-top-left-radius: 0px; border-bottom-left-radius: 0px; }
QFrame[kind="banner-advice"] { background: $advice_soft; border: 1px solid $advice; border-radius: ${p8}px; }
QFrame[kind="banner-wrong"] { background: $wrong_soft; border: 1px solid $wrong; border-radius: ${p8}px; }
QFrame[kind="pill-wrong"] { background: $wrong_soft; border: none; border-radius: ${p5}px; }
QFrame[kind="pill-advice"] { background: $advice_soft; border: none; border-radius: ${p5}px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QWidget#Sidebar { background: $side; border-right: 1px solid $line; }
QFrame#Band { background: $band; border: none; }
QLabel#Organisation { font-size: ${p16}px; font-weight: 700; }
QLabel#Superior { font-size: ${p13}px; color: $soft; }
QWidget#TopBar { background: $ground; border-bottom: 1px solid $line; }
QWidget#Strip { background: $ground; border-top: 1px solid $line; }
QWidget#Strip QLabel { font-size: ${p13}px; }
QLabel[kind="key"] { background: $card; border: 1px solid $border; border-bottom: 2px solid $border;
    border-radius: ${p4}px; padding: 0px ${p5}px; font-size: ${p12}px; font-weight: 500; }

QPushButton { background: $card; color: $ink; border: 1px solid $border; border-radius: ${p8}px;
    padding: ${p8}px ${p15}px; min-height: ${p21}px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: ${p8}px ${p14}px; }
QPushButton:disabled { background: $disabled; color: $on_disabled; border-color: $disabled; }
QPushButton::menu-indicator { image: none; width: 0px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { border: 1px solid $ink; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; padding: ${p8}px ${p14}px; }
QPushButton[kind="primary"]:disabled { background: $disabled; color: $on_disabled; border-color: $disabled; }
QPushButton[kind="second"] { color: $accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="second"]:focus { border: 2px solid $accent; }
QPushButton[kind="second"]:disabled { color: $on_disabled; border-color: $disabled; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: ${p4}px ${p6}px; text-align: left; font-weight: 600; }
QPushButton[kind="link"]:hover { background: $accent_soft; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: ${p3}px ${p5}px; }
QPushButton[kind="link"]:disabled { color: $soft; }
QPushButton[kind="tool"], QToolButton[kind="tool"] { background: $card; border: 1px solid $line;
    border-radius: ${p8}px; padding: ${p6}px; min-width: ${p21}px; min-height: ${p21}px; font-weight: 600; }
QPushButton[kind="tool"]:hover, QToolButton[kind="tool"]:hover { background: $hover; }
QPushButton[kind="tool"]:focus, QToolButton[kind="tool"]:focus { border: 2px solid $accent;
    padding: ${p5}px; }
QPushButton[kind="tool"]:disabled { background: $ground; color: $soft; border-color: $line; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox { background: $card; color: $ink; border: 1px solid $border;
    border-radius: ${p8}px; padding: ${p6}px ${p10}px; min-height: ${p24}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $soft; }
QPlainTextEdit { padding: ${p4}px ${p6}px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $accent;
    padding: ${p5}px ${p9}px; }
QPlainTextEdit:focus { padding: ${p3}px ${p5}px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled, QComboBox:disabled {
    background: $plain_soft; border-color: $line; color: $ink; }
QLineEdit[trouble="true"], QPlainTextEdit[trouble="true"], QComboBox[trouble="true"] {
    border: 2px solid $wrong; padding: ${p5}px ${p9}px; }
QComboBox::drop-down { border: none; width: ${p32}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $border; outline: none;
    selection-background-color: $accent_soft; selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: ${p36}px; padding-left: ${p8}px; }
QCheckBox { spacing: ${p8}px; padding: ${p4}px; border: 2px solid transparent;
    border-radius: ${p6}px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator { width: ${p18}px; height: ${p18}px; background: $card;
    border: 1px solid $border; border-radius: ${p4}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }

QTableView, QListView, QTreeView { background: $card; border: 1px solid $line; border-radius: ${p9}px;
    gridline-color: $line; outline: none; selection-background-color: $accent_soft; selection-color: $ink;
    padding: ${p2}px; }
QTableView:focus, QListView:focus { border: 2px solid $accent; padding: ${p1}px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $soft; font-size: ${p13}px; font-weight: 600;
    border: none; border-bottom: 1px solid $line; padding: ${p9}px ${p14}px; text-align: left; }
QTableCornerButton::section { background: $card; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QListView::item { padding: ${p8}px; min-height: ${p24}px; }
QListView::item:selected { background: $accent_soft; color: $ink; }

QScrollBar:vertical { background: transparent; width: ${p12}px; margin: ${p2}px; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: ${p2}px; }
QScrollBar::handle { background: $border; border-radius: ${p4}px; min-height: ${p28}px; min-width: ${p28}px; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $plain_soft; border: none; border-radius: ${p4}px; min-height: ${p8}px;
    max-height: ${p8}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p4}px; }
QToolTip { background: $card; color: $ink; border: 1px solid $border; padding: ${p6}px; }
QMenu { background: $card; border: 1px solid $border; padding: ${p4}px; }
QMenu::item { padding: ${p8}px ${p24}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $soft; }
QTextBrowser { background: $card; border: 1px solid $line; border-radius: ${p9}px; padding: ${p16}px; }
QTextBrowser:focus { border: 2px solid $accent; padding: ${p15}px; }
QSplitter::handle { background: transparent; }
""")


def style_sheet(colours: Palette, px: Callable[[float], int]) -> str:
    """Return the sheet; `px` scales lengths given at 100 %."""
    words = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    words |= {f"p{length}": str(max(1, px(length))) for length in _LENGTHS}
    return _SHEET.substitute(words)
