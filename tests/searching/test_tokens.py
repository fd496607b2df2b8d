"""Whatever is written becomes tokens; every part of a name asks for tokens the name has."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.searching import tokens

ANY = st.text(max_size=30)
NAMES = st.text(st.sampled_from("食品经营许可行长KtvＡ１（）()、- 　·"), min_size=1, max_size=24)
SAFE = re.compile(r"[A-Za-z0-9_-]|[^\x00-\x7f]")


@given(ANY)
def test_the_normal_form_is_final(text):
    once = tokens.normal(text)
    assert tokens.normal(once) == once
    assert "  " not in once


@given(ANY)
def test_letters_hold_no_signs(text):
    assert all(c.isalnum() or c == " " for c in tokens.letters(text))


def test_full_width_and_case_do_not_matter():
    assert tokens.normal("　ＫＴＶ　歌厅\t") == "ktv 歌厅"


@given(ANY, ANY)
def test_any_text_makes_tokens_that_mean_nothing_to_a_database(name, other):
    for kind in (tokens.NAME, tokens.PROSE, tokens.OFFICE):
        for token in tokens.document(name, [other], ["k-x"], ["b44"], kind).split():
            assert all(SAFE.fullmatch(c) for c in token), token


@given(NAMES, st.data())
def test_every_part_of_a_name_asks_for_tokens_it_has(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : start + data.draw(st.integers(1, 8))]
    held = set(tokens.document(name).split())
    words = tokens.letters(part).split()
    asked = [gram for word in words for gram in (*tokens.grams(word), *tokens.singles(word))]
    assert held.issuperset(asked)
    assert held.issuperset(tokens.signs(tokens.normal(part)))
    for arms in (tokens.sounds(word) for word in words):
        assert all(any(held.issuperset(arm) for arm in group) for group in arms)


def test_kinds_do_not_mix():
    name = set(tokens.document("食品").split())
    prose = set(tokens.document("食品", kind=tokens.PROSE).split())
    assert not name & prose


@pytest.mark.parametrize("typed", ["sp", "spjy"])
def test_initials_and_syllables_are_held(typed):
    held = set(tokens.document("食品经营").split())
    assert held.issuperset(tokens.initialled(typed))
    assert held.issuperset(tokens.spoken(("shi", "pin", "jing")))
    assert tokens.head("食品") in held
    assert tokens.head("食") in held
