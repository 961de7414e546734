"""Every command that the README shows can be typed as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from sochibo.commands.program import Program, program
from sochibo.messages import Messages

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
LINES = re.findall(r"^sochibo (.*)$", README, re.MULTILINE) + re.findall(r"`sochibo ([^`]+)`", README)


@pytest.fixture(scope="module")
def idle() -> Program:
    """Return the whole command line, which reads what is typed and carries nothing out."""

    def still(command: click.Command) -> None:
        command.callback = lambda **_: None
        if isinstance(command, click.Group):
            for each in command.commands.values():
                still(each)

    made = program(Messages("en"))
    still(made)
    return made


def type_in(idle: Program, typed: str) -> None:
    idle.main(shlex.split(typed, comments=True), "sochibo", standalone_mode=False)


def test_a_command_in_the_readme_can_be_typed(idle: Program) -> None:
    refused: list[str] = []
    for typed in LINES:
        try:
            type_in(idle, typed)
        except (click.UsageError, ValueError) as error:
            refused.append(f"sochibo {typed}: {error}")
    assert not refused, "\n".join(refused)
    assert len(LINES) > 75


@pytest.mark.parametrize(
    "typed", ["update take FILE", "backup", "search BOOK --nothing words", "report BOOK --period"]
)
def test_what_cannot_be_typed_is_found(idle: Program, typed: str) -> None:
    with pytest.raises(click.UsageError):
        type_in(idle, typed)
