"""What the fonts can show, and which characters never get near them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from servicehall.printing.fonts import cleaned, missing, show
from tests.licenses.conftest import FONTS


def test_names_with_rare_characters_can_be_shown():
    assert missing(FONTS, "欧阳𬱖婳祎 〇·（）《》ABCxyz0123456789") == ""
    assert show(FONTS, "欧阳𬱖婳祎 〇·（）《》ABCxyz0123456789")
    assert not show(FONTS, "王\U0001f600")
    assert missing(FONTS, "王\U00030edd\U0001f600王") == "\U0001f600\U00030edd"


def test_hidden_characters_are_taken_out():
    assert cleaned("\u202e王\u200b小\u2066明\x00\ufeff") == "王小明"
    assert cleaned(" 示范\r\n市\t\u3000局 ") == "示范 市 局"
    assert cleaned("e\u0301") == "é"


@given(st.text())
def test_cleaning_is_final(text):
    clean = cleaned(text)
    assert cleaned(clean) == clean
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in clean)


@given(st.text("王小 A\u0301e\u3000\u00a0\u200b\t\U0002c796") | st.text())
def test_the_quick_look_and_the_slow_one_say_the_same(text):
    spaced = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    shown = [c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert cleaned(text) == " ".join("".join(shown).split())
