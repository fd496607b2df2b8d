"""Words are marked, not changed."""

from servicehall.kernel.words import LANGUAGES, N_


def test_a_marked_sentence_is_itself():
    assert N_("请稍后再试") == "请稍后再试"


def test_chinese_comes_first():
    assert LANGUAGES[0] == "zh_CN"
    assert "en" in LANGUAGES
