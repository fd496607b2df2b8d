"""What lists and search derive from a wording."""

from hypothesis import given
from hypothesis import strategies as st

from servicehall.catalogue.entries import derive, normal


@given(st.text())
def test_normal_form_is_final(text):
    once = normal(text)
    assert normal(once) == once
    assert "  " not in once


def test_full_width_and_case_do_not_matter():
    assert normal("　ＫＴＶ　歌厅\t") == "ktv 歌厅"


def test_an_entry_says_for_whom_and_how_much(items_read):
    row = derive(items_read["nurse-registration"])
    assert (row["natural"], row["legal"]) == (True, False)
    assert row["themes"] == ",natural-050,natural-145,"
    assert (row["promised_days"], row["promised_unit"]) == (5, "working_day")
    assert row["exempt_count"] == 4
    for word in ("护士证", "卫生健康局", "医疗卫生", "nurse", "119901010000002388"):
        assert word in row["search_text"]
