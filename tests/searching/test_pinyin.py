"""Readings come from the library's table; what is typed is cut into syllables."""

import pytest

from servicehall.searching import pinyin


@pytest.mark.parametrize(
    ("character", "readings"),
    [
        ("食", ("shi",)),
        ("绿", ("lv",)),
        ("行", ("xing", "hang")),
        ("a", ()),
        ("，", ()),
        ("𠀀", ()),
    ],
)
def test_a_character_has_its_living_readings(character, readings):
    assert pinyin.readings(character) == readings


@pytest.mark.parametrize(
    ("typed", "syllables"),
    [
        ("shipinjingying", ("shi", "pin", "jing", "ying")),
        ("xian", ("xian",)),
        ("shengyu", ("sheng", "yu")),
        ("spjy", ()),
        ("", ()),
    ],
)
def test_letters_are_cut_into_the_fewest_syllables(typed, syllables):
    assert pinyin.syllables(typed) == syllables


def test_words_are_syllables_only_if_all_of_them_are():
    assert pinyin.typed(["shi", "pinjing"]) == ("shi", "pin", "jing")
    assert pinyin.typed(["shi", "食"]) == pinyin.typed(["shi", "xzq"]) == pinyin.typed([]) == ()


def test_readings_are_found_where_they_stand():
    assert pinyin.place_of("自助银行", ("yin", "hang")) == 2
    assert pinyin.place_of("自助银行", ("hang", "yin")) == -1
    assert pinyin.place_of_initials("食品经营", "pjy") == 1
    assert pinyin.place_of_initials("食品", "spj") == -1


def test_nearly_every_character_is_known():
    known = [pinyin.readings(chr(point)) for point in range(0x4E00, 0x9FA6)]
    assert sum(map(bool, known)) > 0.95 * len(known)
    assert all(reading.isascii() and reading.isalpha() for each in known for reading in each)
