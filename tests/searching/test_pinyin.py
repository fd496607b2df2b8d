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


@pytest.mark.parametrize(
    ("text", "wanted", "place"),
    [
        ("自助银行", "yin hang", 2),
        ("自助银行", "yin xing", 2),
        ("自助银行", "hang yin", -1),
        ("重庆人", "qing ren", 1),
        ("食a品", "shi pin", -1),
        ("食安", "shi an", 0),
        ("行行", "hang xing", 0),
        ("西安", "xian", -1),
        ("", "shi", -1),
    ],
)
def test_readings_are_found_where_they_stand(text, wanted, place):
    assert pinyin.sought([(one,) for one in wanted.split()])(text) == place


def test_one_of_several_readings_is_enough():
    assert pinyin.sought([("shi",), ("chang", "zhang")])("集市长") == 1
    assert pinyin.sought([("xing", "hang"), ("ye",)])("本行业") == 1
    assert pinyin.sought([("xing", "hang")])("航行") == 0


@pytest.mark.parametrize(
    ("text", "wanted", "place"),
    [
        ("食品经营", "pjy", 1),
        ("食品", "spj", -1),
        ("银行", "yh", 0),
        ("银行", "yx", 0),
        ("a品", "p", 1),
    ],
)
def test_initials_are_found_where_they_stand(text, wanted, place):
    assert pinyin.sought_by_initials(wanted)(text) == place


def test_nearly_every_character_is_known():
    known = [pinyin.readings(chr(point)) for point in range(0x4E00, 0x9FA6)]
    assert sum(map(bool, known)) > 0.95 * len(known)
    assert all(reading.isascii() and reading.isalpha() for each in known for reading in each)
