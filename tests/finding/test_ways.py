"""The ways to look, and how each ranks what it finds."""

import pytest

from servicehall.finding import ways


def named(query):
    return {way.name: way for way in ways.ways(query)}


def test_a_query_of_nothing_has_no_way():
    assert list(ways.ways("  ")) == []
    assert list(named("（")) == ["literal"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("证", ["literal", "prose", "sounds"]),
        ("spjy", ["literal", "initials", "prose", "slip"]),
        ("shi pin", ["literal", "pinyin", "initials", "prose", "slip"]),
        ("护士", ["literal", "scattered", "prose", "sounds"]),
    ],
)
def test_the_ways_go_from_the_letter_to_the_likely_slip(query, expected):
    assert list(named(query)) == expected


def test_a_sentence_is_understood():
    found = named("我想开个饭店")
    assert found["meant"].rank("食品经营许可新办", "") == 0
    assert found["plain"].rank("食品经营许可新办", "") == ways.ALIAS
    assert list(named("我想开个饭店"))[:3] == ["literal", "plain", "meant"]


def test_ranks_know_where_the_words_stand():
    rank = ways.literal(["许可"], "literal").rank
    texts = [
        ("许可", ""),
        ("许可查询", ""),
        ("取水许可", ""),
        ("取水", "许可\n"),
        ("取水", "\n许可"),
    ]
    assert [rank(*text) for text in texts] == [0, 1, 2, 3, 4]
    assert rank("取水", "") is None
    both = ways.literal(["取水", "许可"], "literal").rank
    assert both("取水许可", "") == 3
    assert both("取水", "") is None


def test_a_saying_ranks_as_another_name():
    assert ways.literal(["找工作"], "literal").rank("失业登记", "\n") == ways.ALIAS


def test_only_what_was_meant_is_kept():
    found = named("护士 注册")
    assert found["scattered"].rank("护士执业注册", "") is not None
    assert found["scattered"].rank("注册护士", "") is None
    assert named("食频经营")["sounds"].rank("食品经营许可", "") == ways.PREFIX
    slip = named("食品经宫许可")["slip"].rank
    assert slip("食品经营许可", "") < slip("食品生产许可", "")
    assert slip("取水", "") is None


def test_long_queries_are_cut():
    assert len(ways.words_of(" ".join(map(str, range(99))))) == ways.MOST_WORDS
    assert len(ways.words_of("字" * 3000)[0]) == ways.MOST_CHARACTERS
    assert all(len(way.wanted) < 200 for way in ways.ways("字" * 3000))


def test_a_department_is_looked_for_by_its_name():
    way = ways.office("公安")
    assert way.office
    assert way.rank("示范区公安分局", "") is not None
    assert way.rank("示范区民政局", "") is None
