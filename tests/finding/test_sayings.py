"""The list of sayings holds; sentences are stripped to what they ask for."""

import pytest

from servicehall.finding import sayings


def test_the_list_is_long_enough_and_in_order():
    assert len(sayings._read().rows) >= 60
    for says, means in sayings.known().items():
        assert says
        assert means


@pytest.mark.parametrize(
    ("said", "kept"),
    [("我想办理居住证", "居住证"), ("怎么办理护照", "护照"), ("请问", ""), ("护士证", "护士证")],
)
def test_words_that_ask_for_nothing_are_left_out(said, kept):
    assert sayings.plain(said) == kept


@pytest.mark.parametrize("said", ["开饭店", "我在老家开一家小饭店", "想开 饭店"])
def test_a_saying_is_heard_inside_a_sentence(said):
    assert "食品经营许可" in sayings.inside(said)


def test_nothing_is_heard_where_nothing_is_said():
    assert sayings.inside("量子力学") == ()
    assert sayings.inside("开了很多年的一家非常大的饭馆和书店") == ()
    assert sayings.meant("饭") == ()


def test_sayings_are_known_by_their_letters():
    assert sayings.spelt("kaifandian") == sayings.spelt("kfd") == sayings.meant("开饭店")
    assert "失业登记" in sayings.spelt("zgz")  # 找工作, among others
    assert sayings.spelt("fd") == sayings.spelt("") == ()


def test_sayings_near_the_words_are_offered():
    assert "开饭店" in sayings.near("开个小饭店子")
    assert sayings.near("囧") == []
