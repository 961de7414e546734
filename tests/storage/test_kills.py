"""Programs killed at any moment, in plain and in protected books: nothing acknowledged is lost."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from passphrases import FIRST, SECOND, quick_passphrases

from bench import kill
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passphrases(monkeypatch)


@pytest.mark.parametrize("passphrase", ["", FIRST], ids=["plain", "encrypted"])
def test_no_acknowledged_act_is_lost_when_the_program_is_killed(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "Sổ.sochibo"
    Database.create(path, passphrase=passphrase).close()
    chance, acts = random.Random(4), 0  # noqa: S311 - moments to be killed at, no secret
    for _ in range(8):
        now = kill.acts_after_a_kill(path, acts, passphrase, chance)
        assert now > acts
        acts = now


def test_a_passphrase_is_set_changed_or_removed_or_it_is_not_whenever_the_program_is_killed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "Sổ.sochibo"
    with Database.create(path) as database, database.act("Added a unit"):
        database.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
    chance, ways = random.Random(5), set()  # noqa: S311 - as above
    for _ in range(8):
        way = kill.opened_after_a_kill(path, (FIRST, SECOND), chance)
        ways.add(way)
        with Database.open(path, passphrase=way) as database:
            assert [row["id"] for row in database.rows("select id from unit")] == ["u"]
        assert [file.name for file in tmp_path.iterdir()] == ["Sổ.sochibo"]
    assert len(ways) > 1


def test_a_loss_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "Sổ.sochibo"
    Database.create(path).close()
    chance = random.Random(6)  # noqa: S311 - as above
    acts = kill.acts_after_a_kill(path, 0, "", chance)
    with Database.open(path) as database, database.act("Lost the first"):
        database.delete("unit", "000001a")
    with pytest.raises(kill.Lost):
        kill.acts_after_a_kill(path, acts, "", chance)
