"""What the demo tells as it goes, on the screen and into its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.commands.spoken import make_folder, say

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["Teller"]


class Teller:
    """Speaks in steps, and knows the folder in which everything lies."""

    def __init__(self, words: Messages, folder: Path) -> None:
        self.words = words
        self.folder = folder
        self.told: list[str] = []
        self._steps = 0

    def step(self, template: str) -> None:
        """Begin a numbered step."""
        self._steps += 1
        self.tell("")
        self.tell(f"{self._steps}. {self.words.gettext(template)}")

    def say(self, template: str, **fields: object) -> None:
        """Say a sentence."""
        self.tell(self.words.sentence(template, fields))

    def tell(self, text: str) -> None:
        """Say what is worded already."""
        self.told.append(text)
        say(text)

    def inside(self, name: str) -> Path:
        """Return a folder of the demo, made where it is missing."""
        return make_folder(self.folder / name)
