"""Troubles are sorted into few kinds, and said without paths, tracebacks or blame."""

from __future__ import annotations

import errno
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sochibo import faults
from sochibo.faults import DiskFull, Fault, Finding, NotReadable, NotWritable, Refused, Severity, from_os
from sochibo.messages import LANGUAGES, Messages


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EFBIG, DiskFull),
        (getattr(errno, "EDQUOT", errno.ENOSPC), DiskFull),
        (errno.EACCES, NotWritable),
        (errno.EPERM, NotWritable),
        (errno.EROFS, NotWritable),
        (errno.EBUSY, NotWritable),
        (errno.ENOENT, NotReadable),
        (errno.ENOTDIR, NotReadable),
        (errno.EIO, NotReadable),
        (errno.ENODEV, NotReadable),
    ],
)
def test_errors_of_the_system_are_sorted(number: int, kind: type[Fault]) -> None:
    fault = from_os(OSError(number, os.strerror(number), "/home/an/book.sochibo"), "book.sochibo")
    assert type(fault) is kind
    assert fault.fields == {"name": "book.sochibo"}


def test_a_full_disk_of_windows_is_one_too() -> None:
    error = OSError(errno.EINVAL, "The disk is full")
    error.winerror = 39  # type: ignore[attr-defined, unused-ignore]  # only Windows declares it
    assert type(from_os(error, "a")) is DiskFull


def test_an_error_without_number_is_sorted_too() -> None:
    assert type(from_os(OSError("odd"), "a")) is NotReadable


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Fault, DiskFull, NotWritable, NotReadable])
def test_a_fault_says_what_happened_what_to_do_and_its_code(kind: type[Fault], language: str) -> None:
    said = kind(name="sổ.sochibo").say(Messages(language))
    assert said.endswith(f". ({kind.code})")
    assert said.count(". ") >= len(("sentence", "advice"))
    assert "{" not in said
    if kind is not Fault:
        assert "sổ.sochibo" in said


def test_codes_are_unique() -> None:
    """A person reads the code out on the telephone, so it means one trouble in the whole program."""
    sources = Path(faults.__file__).parent.rglob("*.py")
    codes = Counter(
        code
        for path in sources
        for code in re.findall(r'^    code = "(\w+)"', path.read_text("utf-8"), re.MULTILINE)
    )
    assert len(codes) > 50
    assert [code for code, times in codes.items() if times > 1] == []


def test_a_fault_tells_the_developer_its_fields() -> None:
    assert str(DiskFull(name="a.pdf")) == "K01: There is no room left to write “{name}”. {'name': 'a.pdf'}"
    assert isinstance(faults.DiskFull(name="a.pdf"), Exception)


def test_a_refusal_says_every_finding_with_its_code() -> None:
    findings = [
        Finding("M05", Severity.YELLOW, "The place of the meeting is missing.", place="place"),
        Finding("Q07", Severity.RED, "The meeting of {day} does not lie in the month of the summary.",
                {"day": date(2026, 11, 3)}),
    ]  # fmt: skip
    refused = Refused(findings)
    assert refused.findings == tuple(findings)
    assert refused.say(Messages("en")) == (
        "The place of the meeting is missing. (M05) "
        "The meeting of 3 Nov 2026 does not lie in the month of the summary. (Q07)"
    )
    assert "Chưa ghi địa điểm. (M05)" in refused.say(Messages("vi"))
