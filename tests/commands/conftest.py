"""A cell and its committee, made wholly by commands, once for all tests of commands."""

from __future__ import annotations

import json

import pytest
from shell import PASSPHRASE, Shell, World, quick_keys

from sochibo.commands.program import run
from sochibo.commands.samples.meetings import meeting_of
from sochibo.commands.samples.roster import write_roster
from sochibo.rules.dates import Month


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    made = World(
        folder=folder,
        roster=folder / "danh sách.xlsx",
        meeting=folder / "october.json",
        cell=folder / "Chi bộ Thôn 4.sochibo",
        committee=folder / "Đảng ủy.sochibo",
        secret=folder / "secret.txt",
        trust=folder / "trust.json",
        stick=folder / "stick",
    )
    write_roster(made.roster)
    made.meeting.write_text(json.dumps(meeting_of(Month(2025, 11)), ensure_ascii=False), "utf-8")
    made.secret.write_text(PASSPHRASE + "\n", "utf-8")
    secret = ("--passphrase-file", str(made.secret))
    request, certificate = folder / "request.pem", folder / "certificate.pem"
    for command in (
        ("new", made.cell, "--name", "Chi bộ Thôn 4", "--superior", "Đảng bộ xã Đông Hòa", "--place",
         "Đông Hòa", "--secretary", "Nguyễn Văn Bưởi", "--term-start", "2025-06-01"),
        ("import", made.cell, made.roster),
        ("meeting", "add", made.cell, made.meeting, "--close"),
        ("key", "make", made.cell, "--person", "Nguyễn Văn Bưởi", *secret),
        ("key", "request", made.cell, request, *secret),
        ("new", made.committee, "--kind", "committee", "--name", "Đảng ủy xã Đông Hòa", "--superior",
         "Đảng bộ tỉnh An Bình", "--place", "Đông Hòa", "--secretary", "Đào Thị Mơ"),
        ("committee", "authority", made.committee, *secret),
        ("committee", "enrol", made.committee, request, certificate, "--since", "2025-01-01", *secret),
        ("committee", "trust", made.committee, made.trust),
        ("key", "accept", made.cell, certificate, *secret),
        ("report", made.cell, "--period", "2025-11", "--kind", "summary", "--kind", "minutes", "--seal",
         *secret, "--out", made.stick),
    ):  # fmt: skip
        with pytest.MonkeyPatch.context() as quick:
            quick_keys(quick)
            assert run(["--language", "en", *map(str, command)]) == 0, command
    return made
