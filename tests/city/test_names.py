"""Names come from lists, fit their sex, and include those that old systems lost."""

from servicehall.city import names
from servicehall.city.town import chance


def test_names_are_one_surname_and_one_or_two_characters():
    dice = chance(1)
    for _ in range(500):
        assert names.surname(dice) in names.SURNAMES
        given = names.given(dice, "女")
        first, second = names.GIVEN["女"]
        assert given[-1] in second
        assert given[:-1] == "" or given[0] in first


def test_common_surnames_are_drawn_more_often():
    dice = chance(2)
    drawn = [names.surname(dice) for _ in range(2000)]
    assert drawn.count("王") > 5 * drawn.count(names.SURNAMES[60])


def test_there_are_characters_beyond_the_basic_plane_and_beyond_gb2312():
    rare = "".join(name for name, _ in names.RARE)
    assert max(map(ord, rare)) > 0xFFFF
    assert "祎".encode("gb2312", "ignore") == b""
    assert "婳祎" in rare


def test_there_are_enough_brands_without_repetition():
    assert len(set(names.BRANDS)) == len(names.BRANDS) >= 240
