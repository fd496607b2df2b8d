"""Cleaning of single fields, with what real feeds write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.feeds.cleaning import Notes, code, limit, phones, plain, plain_list


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("无", ""),
        (" 暂无 ", ""),
        (None, ""),
        (7, "7"),
        ({"a": 1}, ""),
        ("一、\t条件&nbsp;\r\n  二", "一、 条件\n二"),
        ("<p>甲&lt;br/&gt;乙</p>", "甲\n乙"),
        ("&amp;lt;b&amp;gt;粗&amp;lt;/b&amp;gt;", "粗"),
        ("<script>alert(1)</script>好", "好"),
        ("面积<500平方米且>20", "面积<500平方米且>20"),
        ("\ud800坏\x00字", "坏 字"),
    ],
)
def test_plain_text(dirty, clean):
    assert plain(dirty, Notes()) == clean


def test_mending_is_noted_and_nothing_else_is():
    notes = Notes()
    plain("干净的一句话", notes)
    assert not notes.said
    plain("&lt;b&gt;", notes)
    plain("a\tb", notes)
    assert set(notes.said) == {"html", "control"}


@given(st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text())))
def test_nothing_breaks_it_and_twice_is_once(value):
    once = plain(value, Notes())
    once.encode()
    assert all(c == "\n" or c.isprintable() or ord(c) > 127 for c in once)
    assert plain_list(value, Notes()) == list(dict.fromkeys(plain_list(value, Notes())))


@pytest.mark.parametrize(
    ("text", "days", "unit"),
    [
        ("20(工作日)", 20, "working_day"),
        ("30（自然日）", 30, "natural_day"),
        ("5个工作日", 5, "working_day"),
        ("15日", 15, "natural_day"),
        ("当场办结", 0, "working_day"),
    ],
)
def test_limits(text, days, unit):
    found = limit(text, Notes(), what="法定办结时限")
    assert found is not None
    assert (found.days, found.unit) == (days, unit)


def test_a_limit_in_prose_is_noted_and_none_is_none():
    notes = Notes()
    assert limit("", notes, what="法定办结时限") is None
    assert not notes.said
    assert limit("按有关规定执行", notes, what="法定办结时限") is None
    assert "按有关规定执行" in notes.said["limit-unreadable"]


@pytest.mark.parametrize(
    ("text", "numbers", "prose"),
    [
        ("020-37628755", "020-37628755", False),
        ("020-84469270、020-84469702", "020-84469270、020-84469702", False),
        ("(020)83882222", "020-83882222", False),
        ("020－81102000", "020-81102000", False),
        ("020-38356454转1", "020-38356454转1", False),
        ("拨打12348或020-86350683", "12348、020-86350683", True),
        ("020-12333–9", "020-12333-9", False),
        ("省厅：020-86351219；深圳：0755-88127587", "020-86351219、0755-88127587", True),
        ("见网站", "见网站", False),
        ("", "", False),
    ],
)
def test_phones(text, numbers, prose):
    notes = Notes()
    assert phones(text, notes) == numbers
    assert ("phone-prose" in notes.said) == prose


def test_codes_lose_blanks_hyphens_and_width():
    notes = Notes()
    assert code("1144 0000-006939756ｂ", notes) == "11440000006939756B"
    assert "code-form" in notes.said
