"""Keys and trust by commands: requests on paper, tokens, the register, the package that a cell takes in."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import keys
import pytest
from shell import quick_keys
from softhsm import PIN, WRONG_PIN, Token

from sochibo.book.book import Book
from sochibo.sealing.keys import fingerprint_groups
from sochibo.sealing.trust import root_of

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.fixture
def books(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return copies of the cell's and the committee's book."""
    quick_keys(monkeypatch)
    return tuple(  # type: ignore[return-value] # two of them
        shutil.copy(each, tmp_path / f"{name}.sochibo")
        for name, each in (("cell", world.cell), ("committee", world.committee))
    )


def test_a_request_on_paper_is_shown_and_enrolled(
    shell: Shell, world: World, books: tuple[Path, Path], tmp_path: Path
) -> None:
    cell, committee = books
    secret = ("--passphrase-file", world.secret)
    request, certificate = tmp_path / "request.pdf", tmp_path / "certificate.pem"
    told = shell("key", "request", cell, request, *secret)
    assert request.read_bytes().startswith(b"%PDF-")
    shown = shell("committee", "enrol", committee, request, certificate, "--dry-run")
    assert "Nguyễn Văn Bưởi" in shown.out
    assert not certificate.exists()
    assert shell("committee", "enrol", committee, request, certificate, *secret).code == 0
    assert shell("key", "accept", cell, certificate, *secret).code == 0
    assert "Fingerprint" in told.out


def test_the_register_is_listed_renewed_revoked_and_ended(
    shell: Shell, world: World, books: tuple[Path, Path], tmp_path: Path
) -> None:
    _, committee = books
    secret = ("--passphrase-file", world.secret)
    (signer,) = shell("committee", "signers", committee, "--json").json()
    assert (signer["person"], signer["state"]) == ("Nguyễn Văn Bưởi", "signs")
    new = tmp_path / "new.pem"
    assert shell("committee", "reissue", committee, signer["fingerprint"], new, *secret).code == 0
    assert b"BEGIN CERTIFICATE" in new.read_bytes()
    _, second = sorted(
        shell("committee", "signers", committee, "--json").json(), key=lambda one: str(one["valid_from"])
    )
    revoked = shell(
        "committee", "revoke", committee, second["fingerprint"][:20], "--reason", "mất máy", *secret
    )
    assert revoked.code == 0
    # The earlier certificate is of the same key, so it went with the newer one.
    states = [one["state"] for one in shell("committee", "signers", committee, "--json").json()]
    assert states == ["revoked", "revoked"]
    assert shell("committee", "end", committee, signer["fingerprint"], "--last-day", "2026-06-30").code == 0
    unknown = shell("committee", "revoke", committee, "ffff", "--reason", "x", *secret)
    assert (unknown.code, "X10" in unknown.err) == (1, True)
    assert "Nguyễn Văn Bưởi" in shell("committee", "signers", committee).out


def test_a_cell_takes_the_package_in_only_after_comparing(
    shell: Shell, world: World, books: tuple[Path, Path], tmp_path: Path
) -> None:
    cell, committee = books
    secret = ("--passphrase-file", world.secret)
    shell("key", "make", committee, "--person", "Đào Thị Mơ", *secret)
    package = tmp_path / "trust.pdf"
    assert shell("committee", "trust", committee, package, *secret).code == 0
    assert package.read_bytes().startswith(b"%PDF-")
    shown = shell("key", "trust", cell, package)
    assert "--compared" in shown.out
    with Book.open(cell, read_only=True) as opened:
        assert opened.trust.current() is None
    assert shell("key", "trust", cell, package, "--compared").code == 0
    with Book.open(cell, read_only=True) as opened:
        assert opened.trust.current() is not None


def test_a_plain_trust_file_is_compared_as_a_whole(
    shell: Shell, books: tuple[Path, Path], tmp_path: Path
) -> None:
    cell, committee = books
    plain = tmp_path / "trust.json"
    written = shell("committee", "trust", committee, plain)
    groups = fingerprint_groups(hashlib.sha256(plain.read_bytes()).hexdigest())
    assert groups in written.out
    shown = shell("key", "trust", cell, plain)
    assert groups in shown.out
    assert "did not confirm" in shown.out
    assert shell("key", "trust", cell, plain, "--compared").code == 0


def test_roots_are_shown_first_and_trusted_when_compared(
    shell: Shell, books: tuple[Path, Path], tmp_path: Path
) -> None:
    _, committee = books
    file = tmp_path / "goc.pem"
    file.write_text(root_of(keys.authority("state")))
    assert "--compared" in shell("committee", "roots", committee, file).out
    assert shell("committee", "roots", committee, file, "--compared").code == 0
    with Book.open(committee, read_only=True) as opened:
        assert len(opened.official_roots.all()) == 1


def test_a_token_is_listed_and_used_with_one_try_of_its_pin(
    shell: Shell, books: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell, _ = books
    token = Token(tmp_path, monkeypatch)
    token.put(keys.private_key("token", keys.BITS), unit="CCCD:001000000000")
    (seen,) = shell("key", "tokens", "--json").json()
    assert (seen["person"], seen["pin"]) == ("Nguyễn Văn Mẫu", "fine")
    assert "Nguyễn Văn Mẫu" in shell("key", "tokens").out
    pin = tmp_path / "pin.txt"
    pin.write_text(WRONG_PIN)
    wrong = shell("key", "token", cell, "--passphrase-file", pin)
    assert (wrong.code, "S14" in wrong.err) == (1, True)
    pin.write_text(PIN)
    assert shell("key", "token", cell, "--passphrase-file", pin).code == 0
    none = shell("key", "token", cell, "--fingerprint", "ffff", "--passphrase-file", pin)
    assert (none.code, "S12" in none.err) == (1, True)
