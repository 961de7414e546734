"""Names are cleaned, found and sorted as a Vietnamese reader expects."""

from __future__ import annotations

import functools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QCollator, QLocale

from sochibo.rules import names

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Đoàn", "Đinh", "Ông", "Âu", "Ân", "Ưng", "H'", "Kpă",
)  # fmt: skip
MIDDLES = ("", "Văn", "Thị", "Đức", "Hữu", "Minh", "Thị Hồng", "Thị Hông", "Quang", "Ngọc Bảo", "Xuân")
GIVENS = (
    "An", "Ân", "Ấn", "Ẩn", "Ánh", "Ảnh", "Ăn", "Bà", "Ba", "Bả", "Bã", "Bá", "Bạ", "Bình", "Binh", "Cúc",
    "Dũng", "Dung", "Dụng", "Đào", "Đạo", "Đạt", "Diệp", "Điệp", "Em", "Ế", "Gấm", "Hoà", "Hòa", "Hoa", "Hoả",
    "Hỏa", "Hợp", "Hộp", "Hớp", "Ích", "Kiên", "Kiện", "Lan", "Lân", "Lăn", "Mơ", "Mô", "Mo", "Nga",
    "Ngà", "Ngã",
    "Oanh", "Ơn", "Ổn", "Phước", "Quý", "Quỳ", "Sơn", "Tư", "Tu", "Từ", "Tú", "Uyên", "Út", "Ước", "Vy", "Vĩ",
    "Xuân", "Ý", "Yên", "Yến", "Wang", "Zung", "Jun", "Fa", "an", "AN",
)  # fmt: skip


def invented_names() -> list[str]:
    """Return several hundred names: every given name with a few families and middles, and every pair."""
    made = list(GIVENS)
    for number, given_name in enumerate(GIVENS):
        for step in range(7):
            family = FAMILIES[(number * 5 + step * 3) % len(FAMILIES)]
            middle = MIDDLES[(number + step * 2) % len(MIDDLES)]
            made.append(" ".join(part for part in (family, middle, given_name) if part))
    made += [f"{family} Văn An" for family in FAMILIES]
    made += [names.clean(f"Lê {middle} Ánh") for middle in MIDDLES]
    return made


def parts(name: str) -> tuple[str, str, str]:
    words = name.split(" ")
    return (words[-1], words[0], " ".join(words[1:-1])) if len(words) > 1 else (words[-1], "", "")


def test_the_order_is_that_of_icu() -> None:
    collator = QCollator(QLocale("vi"))
    assert [*sorted("zđd", key=functools.cmp_to_key(collator.compare))] == ["d", "đ", "z"]  # ICU is there

    def compare(one: str, other: str) -> int:
        pairs = zip(parts(one), parts(other), strict=True)
        return next((order for order in (collator.compare(*pair) for pair in pairs) if order), 0)

    invented = invented_names()
    assert len(invented) > 500
    assert sorted(invented, key=names.sort_key) == sorted(invented, key=functools.cmp_to_key(compare))


VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệóòỏõọớờởỡợứừửữựýỳỷỹỵ", max_size=6
)


@given(VIETNAMESE, VIETNAMESE)
def test_any_two_words_compare_as_icu_compares_them(one: str, other: str) -> None:
    by_icu = QCollator(QLocale("vi")).compare(one, other)
    key, other_key = names.sort_key(one), names.sort_key(other)
    assert (key > other_key) - (key < other_key) == (by_icu > 0) - (by_icu < 0)


def test_organisations_stand_by_their_numbers_and_what_was_split_off_beside_the_first() -> None:
    called = ("Chi bộ Thôn 1", "Chi bộ Thôn 1A", "Chi bộ Thôn 1B", "Chi bộ Thôn 2", "Chi bộ Thôn 10",
              "Chi bộ Thôn Đông", "Chi bộ Trường học")  # fmt: skip
    assert tuple(sorted(called[3:] + called[:3], key=names.natural_key)) == called


def test_a_name_of_thousands_of_digits_can_be_sorted() -> None:
    assert min(["9" * 5000, "10"], key=names.natural_key) == "10"


def test_given_names_come_first_then_families_then_middles() -> None:
    told = [
        "Bùi Văn Đào",
        "Trần Thị An",
        "Nguyễn Văn An",
        "Nguyễn Thị An",
        "Lê Ánh",
        "Lê Ân",
        "Đỗ Dũng",
        "Ẩn",
    ]
    assert sorted(told, key=names.sort_key) == [
        "Nguyễn Thị An", "Nguyễn Văn An", "Trần Thị An", "Lê Ánh", "Lê Ân", "Ẩn", "Đỗ Dũng", "Bùi Văn Đào",
    ]  # fmt: skip


def test_all_letters_are_compared_before_the_first_tone() -> None:
    assert sorted(["Bạ", "Ban", "Ba"], key=names.sort_key) == ["Ba", "Bạ", "Ban"]


def test_signs_digits_and_other_scripts_have_a_place() -> None:
    told = ["Я", "An", "1", "-", "²"]
    assert sorted(told, key=names.sort_key) == ["-", "1", "²", "An", "Я"]
    assert names.sort_key("") < names.sort_key("-")


@given(st.text())
@example("\u0300")
@example("An \u0301")
def test_every_text_has_a_key_whatever_its_form(text: str) -> None:
    assert names.sort_key(unicodedata.normalize("NFD", text)) == names.sort_key(text)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Nguyễn   Văn\tAn\n", "Nguyễn Văn An"),
        ("Nguyễn\u00a0An", "Nguyễn An"),
        ("Nguy\u200bễn \ufeffAn", "Nguyễn An"),
        (unicodedata.normalize("NFD", "Nguyễn Văn Ân"), "Nguyễn Văn Ân"),
        ("", ""),
    ],
)
def test_clean(typed: str, clean: str) -> None:
    assert names.clean(typed) == clean


@given(st.text())
def test_clean_is_composed_and_stays_as_it_is(text: str) -> None:
    clean = names.clean(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert names.clean(clean) == clean == clean.strip()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("ĐẶNG Thị Đào", "dang thi dao"),
        ("Thuỷ", "thuy"),
        ("Nguyễn  Ưng", "nguyen ung"),
        (unicodedata.normalize("NFD", "Đặng"), "dang"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert names.fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


def test_initials() -> None:
    assert names.initials("Nguyễn Văn A") == "nva"
    assert names.initials("Đặng Thị Ánh") == "dta"
    assert names.initials("") == ""


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nva",
        "nv",
        "NVA",
        "nguyen",
        "van an",
        "ng a",
        "n v a",
        "Nguyễn Văn An",
        "guyễn",
        "nguyenvan",
        "an",
    ],
)
def test_what_is_typed_finds_the_name(typed: str) -> None:
    assert names.matches("Nguyễn Văn An", typed)


@pytest.mark.parametrize("typed", ["nvb", "an nguyen", "tran", "an van", "nguyen van ann", "x"])
def test_what_is_typed_does_not_find_another_name(typed: str) -> None:
    assert not names.matches("Nguyễn Văn An", typed)


@given(st.sampled_from(invented_names()))
def test_every_name_is_found_by_itself_its_words_and_its_initials(name: str) -> None:
    for typed in (name, names.fold(name), names.initials(name), *name.split(), name.upper()):
        assert names.matches(name, typed)
