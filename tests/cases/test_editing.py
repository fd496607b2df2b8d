"""Editing: only one's own, only before it is handed in; words without hidden characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.cases import editing
from servicehall.kernel.errors import Conflict, NotFound
from tests.cases.halls import ID_CARD, Scene


def test_only_the_owner_and_only_until_it_is_handed_in(stage: Scene) -> None:
    key = stage.ready("wang", ID_CARD)
    with stage.work("chen") as work, pytest.raises(NotFound):
        editing.open_for_editing(work, stage.case(work, key))
    with stage.work("wang") as work:
        editing.open_for_editing(work, stage.case(work, key))
    stage.submit("wang", key)
    with stage.work("wang") as work, pytest.raises(Conflict):
        editing.open_for_editing(work, stage.case(work, key))


@given(st.text())
def test_readable_words_hide_nothing(said: str) -> None:
    shown = editing.readable(said)
    assert editing.readable(shown) == shown
    assert all(c in "\t\n" or ord(c) >= 32 for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x7f")


def test_full_width_becomes_plain() -> None:
    assert editing.plain(" １２３Ｘ ") == "123X"
