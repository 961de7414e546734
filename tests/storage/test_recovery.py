"""The recovery key on paper: every slip of the hand is found, and named by its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo.storage.engine.recovery import ALPHABET, NotRecoveryKey, parse, spell

KEYS = st.binary(min_size=32, max_size=32)
KEY = bytes(range(32))


def signs_of(lines: tuple[str, ...]) -> list[str]:
    return [line.replace("-", "") for line in lines]


@given(KEYS)
def test_what_was_spelled_is_read_again(raw: bytes) -> None:
    lines = spell(raw)
    assert [len(group) for line in lines for group in line.split("-")] == [4] * 15
    assert parse("\n".join(lines)) == raw


@pytest.mark.parametrize(
    "typed",
    [
        "\n".join(spell(KEY)),
        "-".join(spell(KEY)),
        "  ".join(spell(KEY)).lower().replace("-", " . "),
        "\r\n\r\n".join(spell(KEY)),
        "\n".join(spell(KEY)).replace("0", "o").replace("1", "l"),
        "\n".join(spell(KEY)).replace("0", "O").replace("1", "I").replace("D", "đ"),
    ],
    ids=[
        "as printed",
        "as scanned",
        "small with dots",
        "with empty lines",
        "small look-alikes",
        "look-alikes",
    ],
)
def test_it_is_read_however_it_was_typed(typed: str) -> None:
    assert parse(typed) == KEY


@given(KEYS, st.integers(0, 4), st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found_in_its_line(raw: bytes, line: int, place: int, sign: str) -> None:
    lines = signs_of(spell(raw))
    wrong = lines[line][:place] + sign + lines[line][place + 1 :]
    if wrong == lines[line]:
        return
    lines[line] = wrong
    with pytest.raises(NotRecoveryKey) as caught:
        parse("\n".join(lines))
    assert caught.value.fields == {"line": line + 1}


@given(KEYS, st.integers(0, 4), st.integers(0, 11), st.integers(0, 11))
def test_two_signs_exchanged_are_found_in_their_line(raw: bytes, line: int, one: int, other: int) -> None:
    lines = signs_of(spell(raw))
    signs = list(lines[line])
    if signs[one] == signs[other]:
        return
    signs[one], signs[other] = signs[other], signs[one]
    lines[line] = "".join(signs)
    with pytest.raises(NotRecoveryKey) as caught:
        parse("\n".join(lines))
    assert caught.value.fields == {"line": line + 1}


@given(KEYS, st.permutations(range(5)))
def test_lines_in_another_order_are_found(raw: bytes, order: list[int]) -> None:
    lines = spell(raw)
    typed = "\n".join(lines[place] for place in order)
    if typed == "\n".join(lines):
        return
    with pytest.raises(NotRecoveryKey):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", 1),
        ("mật khẩu của tôi", 1),
        ("\n".join(spell(KEY)[:3]), 4),
        ("\n".join(spell(KEY)) + "\n" + spell(KEY)[0], 5),
        ("\n".join((*spell(KEY)[:1], spell(KEY)[1][:-1], *spell(KEY)[2:])), 2),
        ("\n".join((*spell(KEY)[:2], spell(KEY)[2] + "7", *spell(KEY)[3:])), 3),
        ("\n".join((*spell(KEY)[:3], "U" + spell(KEY)[3][1:], *spell(KEY)[4:])), 4),
    ],
    ids=["nothing", "something else", "two lines missing", "a line too many", "a sign missing",
         "a sign too many", "a sign of no key"],
)  # fmt: skip
def test_what_is_missing_or_too_much_is_named_by_its_line(typed: str, line: int) -> None:
    with pytest.raises(NotRecoveryKey) as caught:
        parse(typed)
    assert caught.value.fields == {"line": line}
