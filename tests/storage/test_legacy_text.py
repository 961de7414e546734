"""Letters of fonts before Unicode: known by their words, rewritten, or told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rosters import write_roster

from sochibo import faults
from sochibo.storage.sheets.legacy_text import Font, is_syllable, read_as, rewrite
from sochibo.storage.sheets.roster import read_roster
from sochibo.storage.sheets.roster_sheet import OldLetters

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 5)

NAMES = {
    "Nguyễn Văn Mẫu": ("NguyÔn V¨n MÉu", "Nguyeãn Vaên Maãu"),
    "Trần Thị Bích": ("TrÇn ThÞ BÝch", "Traàn Thò Bích"),
    "Lê Hoàng Đức": ("Lª Hoµng §øc", "Leâ Hoaøng Ñöùc"),
    "Phạm Thị Vân": ("Ph¹m ThÞ V©n", "Phaïm Thò Vaân"),
    "Vũ Thị Yến": ("Vò ThÞ YÕn", "Vuõ Thò Yeán"),
    "Bùi Quang Hưởng": ("Bïi Quang H­ëng", "Buøi Quang Höôûng"),
    "Ngô Thị Hòa": ("Ng« ThÞ Hßa", "Ngoâ Thò Hoøa"),
    "Dương Văn Quý": ("D­¬ng V¨n Quý", "Döông Vaên Quyù"),
    "Đỗ Kỳ Nghĩa": ("§ç Kú NghÜa", "Ñoã Kyø Nghóa"),
}
HEADERS = {
    Font.TCVN3: ["Hä vµ tªn", "Ngµy sinh", "Quª qu¸n"],
    Font.VNI: ["Hoï vaø teân", "Ngaøy sinh", "Queâ quaùn"],
}
HOMES = {Font.TCVN3: "§«ng Hßa", Font.VNI: "Ñoâng Hoøa"}
FONTS = pytest.mark.parametrize(("font", "place"), [(Font.TCVN3, 0), (Font.VNI, 1)])


@pytest.mark.parametrize(("name", "written"), NAMES.items())
def test_each_font_has_its_letters(name: str, written: tuple[str, str]) -> None:
    assert read_as(written[0], Font.TCVN3) == name
    assert read_as(written[1], Font.VNI) == name


def test_capitals_of_old_fonts_are_capitals() -> None:
    # The capital font of TCVN3 draws small letters with tones as capitals.
    assert read_as("NGUYÔN V¡N MÉU, §ç LÝ", Font.TCVN3) == "NGUYỄN VĂN MẪU, Đỗ Lí"
    assert read_as("NGUYEÃN VAÊN MAÃU ÑÖÙC", Font.VNI) == "NGUYỄN VĂN MẪU ĐỨC"


@FONTS
def test_a_roster_in_an_old_font_is_rewritten_and_every_row_says_so(
    tmp_path: Path, font: Font, place: int
) -> None:
    rows = [[written[place], "1961", HOMES[font]] for written in NAMES.values()]
    roster = read_roster(write_roster(tmp_path / "r.xlsx", [HEADERS[font], *rows]), TODAY)
    assert [line.member.name for line in roster.lines] == list(NAMES)
    assert {line.member.home_place for line in roster.lines} == {"Đông Hòa"}
    assert roster.columns[0] == ("Họ và tên", "name")
    for line in roster.lines:
        (finding,) = [finding for finding in line.findings if finding.code == "P53"]
        assert finding.fields == {"font": font.value}


@FONTS
def test_text_in_an_8_bit_file_is_known_too(tmp_path: Path, font: Font, place: int) -> None:
    rows = [HEADERS[font], *([written[place], "1961", HOMES[font]] for written in NAMES.values())]
    (tmp_path / "r.csv").write_bytes("\n".join(map(";".join, rows)).encode("latin-1"))
    roster = read_roster(tmp_path / "r.csv", TODAY)
    assert [line.member.name for line in roster.lines] == list(NAMES)


def test_a_toned_letter_at_the_beginning_of_a_name_becomes_a_capital(tmp_path: Path) -> None:
    rows = [
        HEADERS[Font.TCVN3],
        *([written[0], "", ""] for written in NAMES.values()),
        ["TrÇn ThÞ ¸nh", "", ""],
    ]
    roster = read_roster(write_roster(tmp_path / "r.xlsx", rows), TODAY)
    assert roster.lines[-1].member.name == "Trần Thị Ánh"


def test_only_the_column_in_an_old_font_is_rewritten(tmp_path: Path) -> None:
    rows = [[name, written[0], "Hà Nam"] for name, written in NAMES.items()]
    roster = read_roster(
        write_roster(tmp_path / "r.xlsx", [["Họ và tên", "Ghi chú", "Quê quán"], *rows]), TODAY
    )
    for line in roster.lines:
        assert (line.member.name, line.member.note, line.member.home_place) == (
            line.member.name, line.member.name, "Hà Nam",
        )  # fmt: skip
        assert line.member.name in NAMES


def test_unicode_stays_as_it_is() -> None:
    # Each of these could be letters of an old font if it stood alone.
    rows = [["Họ và tên", "Ghi chú"], *([name, "Vò"] for name in NAMES), ["Hà Vân", "Café"], ["Tô Hà", ""]]
    done = rewrite(rows)
    assert done.rows == tuple(map(tuple, rows))
    assert (done.fonts, done.unclear) == ({}, frozenset())


def test_one_foreign_word_is_no_old_font() -> None:
    done = rewrite([["Note"], ["Müller"], ["naïve"]])
    assert (done.rows, done.fonts, done.unclear) == ((("Note",), ("Müller",), ("naïve",)), {}, frozenset())


GARBLED = [
    "Nguy\u00dfn V\u00fen",
    "Tr\u00dfn Th\u00ffe",
    "L\u00fee Ho\u00dfng",
    "Ph\u00ffm Th\u00fe",
    "V\u00ffi Y\u00dfn",
]


def test_names_in_letters_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    rows = [["Họ và tên"], *([name] for name in GARBLED)]
    with pytest.raises(OldLetters) as caught:
        read_roster(write_roster(tmp_path / "r.xlsx", rows), TODAY)
    assert caught.value.code == "I06"
    assert isinstance(caught.value, faults.Fault)


def test_other_columns_in_such_letters_are_left_empty_and_told(tmp_path: Path) -> None:
    rows = [["Họ và tên", "Quê quán"], *([name, odd] for name, odd in zip(NAMES, GARBLED, strict=False))]
    roster = read_roster(write_roster(tmp_path / "r.xlsx", rows), TODAY)
    assert {line.member.home_place for line in roster.lines} == {""}
    assert [[f.fields["column"] for f in line.findings if f.code == "P54"] for line in roster.lines] == [
        ["Quê quán"]
    ] * len(roster.lines)


@pytest.mark.parametrize(
    "word",
    [
        "Quỳnh",
        "quốc",
        "gìn",
        "giữ",
        "Giếng",
        "khuỷu",
        "nghĩa",
        "thuyết",
        "Phượng",
        "uống",
        "yến",
        "Ước",
        "huề",
    ],
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "Vaên", "tác̀", "còc", "hat", "strength", "Müller", "áà"])
def test_other_words_are_none(word: str) -> None:
    assert not is_syllable(word)


@given(st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=12), st.sampled_from([0, 1]))
def test_any_column_of_names_is_known(names: list[str], place: int) -> None:
    done = rewrite([[NAMES[name][place]] for name in names])
    assert [row[0] for row in done.rows] == names
