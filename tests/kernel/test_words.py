"""Words are marked, not changed."""

from servicehall.kernel.words import LANGUAGES, N_, Words


def test_a_marked_sentence_is_itself():
    assert N_("请稍后再试") == "请稍后再试"


def test_words_are_texts_that_are_known_as_such():
    assert Words("常见问题") == "常见问题"
    assert f"没有{Words('常见问题')}" == "没有常见问题"


def test_chinese_comes_first():
    assert LANGUAGES[0] == "zh_CN"
    assert "en" in LANGUAGES
