"""Troubles that a person can understand and mend, as opposed to bugs.

Three families (see README): a *refusal* is a rule's no, a list of findings; a *known fault* is the
environment's (full disk, wrong passphrase, newer file); everything else is a bug. Each layer declares
its own faults as subclasses beside the code that raises them.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochibo.messages import Messages

__all__ = [
    "DiskFull", "Fault", "Finding", "NotReadable", "NotWritable", "Refused", "Severity", "from_os", "red",
    "yellow",
]  # fmt: skip


class Severity(StrEnum):
    """How a finding weighs: red blocks what would be false or unreadable, yellow advises."""

    RED = "red"
    YELLOW = "yellow"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule has to say about what was entered.

    `code` is stable and short (`M04`), `template` an English message id, `fields` what fills it,
    `place` the field concerned (`votes.0.in_favour`), to which a screen can jump.
    """

    code: str
    severity: Severity
    template: str
    fields: Mapping[str, object] = field(default_factory=dict)
    place: str = ""

    def say(self, words: Messages) -> str:
        """Return the finding as one sentence."""
        return words.sentence(self.template, self.fields)


def red(code: str, template: str, place: str, /, **fields: object) -> Finding:
    """Return a finding that blocks."""
    return Finding(code, Severity.RED, template, fields, place)


def yellow(code: str, template: str, place: str, /, **fields: object) -> Finding:
    """Return a finding that advises."""
    return Finding(code, Severity.YELLOW, template, fields, place)


class Fault(Exception):
    """A known trouble: a code, one plain sentence, and what to do; nothing was lost."""

    code: ClassVar[str] = "K00"
    sentence: ClassVar[str] = N_("That did not work.")
    advice: ClassVar[str] = N_("Nothing was changed. Please try again.")

    def __init__(self, **fields: object) -> None:
        super().__init__(self.sentence)
        self.fields: Final = fields

    def say(self, words: Messages) -> str:
        """Return sentence, advice and code in the person's language."""
        parts = (words.sentence(self.sentence, self.fields), words.sentence(self.advice, self.fields))
        return f"{' '.join(part for part in parts if part)} ({self.code})"

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence} {self.fields}"

    def __reduce__(self) -> tuple[Callable[..., Fault], tuple[object, ...]]:
        """Come whole out of another process: an exception is else made anew from its text alone."""
        return _made_again, (type(self), self.fields)


class Refused(Fault):
    """A rule says no; the findings say why and where."""

    code = "R00"
    sentence = N_("This cannot be recorded as it stands.")
    advice = ""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings: Final = tuple(findings)

    def say(self, words: Messages) -> str:
        """Return every finding with its code, one after the other."""
        return " ".join(f"{finding.say(words)} ({finding.code})" for finding in self.findings)

    def __reduce__(self) -> tuple[Callable[..., Fault], tuple[object, ...]]:
        """Come whole out of another process."""
        return type(self), (self.findings,)


def _made_again(kind: type[Fault], fields: Mapping[str, object]) -> Fault:
    return kind(**fields)


class DiskFull(Fault):
    """No room is left where a file was to be written."""

    code = "K01"
    sentence = N_("There is no room left to write “{name}”.")
    advice = N_("Free some space or choose another place. Nothing was changed.")


class NotWritable(Fault):
    """A file or folder may not be written."""

    code = "K02"
    sentence = N_("“{name}” may not be written here.")
    advice = N_("See whether it is open in another program, or choose another folder. Nothing was changed.")


class NotReadable(Fault):
    """A file is not there or may not be read."""

    code = "K03"
    sentence = N_("“{name}” cannot be read.")
    advice = N_("See whether the file is there and the stick is plugged in.")


NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""No space, a file larger than the file system can hold (FAT32 on sticks), a quota that Windows lacks."""

NO_ROOM_WINDOWS: Final = frozenset({39, 112})
"""ERROR_HANDLE_DISK_FULL, which Python does not turn into ENOSPC, and ERROR_DISK_FULL."""

NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY})


def from_os(error: OSError, name: str) -> Fault:
    """Sort an error of the operating system into a known fault about the file called `name`.

    `name` is a bare file or folder name: messages show no paths.
    """
    if error.errno in NO_ROOM or getattr(error, "winerror", None) in NO_ROOM_WINDOWS:
        return DiskFull(name=name)
    if error.errno in NOT_ALLOWED:
        return NotWritable(name=name)
    return NotReadable(name=name)
