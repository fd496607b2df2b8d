"""Acts in words: every act by which a case moves on is told, staff see more, in either language."""

import pytest
from flask import Flask
from flask_babel import force_locale

from servicehall.cases.acts import ACTS
from servicehall.portals import chronicle
from servicehall.portals.chronicle import act_words


@pytest.mark.parametrize("act", sorted({one.entry for one in ACTS.values()}))
def test_each_act_of_a_case_is_told(act: str) -> None:
    assert chronicle.TOLD[act]


def test_no_act_is_told_in_two_ways() -> None:
    assert not chronicle.TOLD.keys() & chronicle.INSIDE.keys()


def test_staff_see_more(app: Flask) -> None:
    with app.test_request_context():
        assert act_words("case.viewed") == ""
        assert act_words("case.viewed", staff=True) == "查看办件"
        assert act_words("case.accepted") == act_words("case.accepted", staff=True)
        assert act_words("never.heard", staff=True) == ""
        with force_locale("en"):
            assert act_words("case.viewed", staff=True) == "Viewed a case"
