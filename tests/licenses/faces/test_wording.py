"""Dates and money as certificates write them."""

from datetime import UTC, date, datetime

from servicehall.licenses.faces import wording
from tests.licenses.test_rendering import face, made


def test_the_day_of_issue_is_the_halls():
    late = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)
    assert wording.issue_date(made(issued_at=late)) == "二〇二六年三月一日"


def test_validity():
    assert wording.validity(made()) == "2026年3月1日起长期有效"
    ends = made(valid_to=date(2031, 2, 28))
    assert wording.validity(ends) == "2026年3月1日至2031年2月28日"


def test_values():
    assert wording.shown(face("123450", kind="money")) == "人民币1,234.50元"
    assert wording.shown(face("5", kind="money")) == "人民币0.05元"
    assert wording.shown(face("2019-05-01", kind="date")) == "2019年5月1日"
    assert wording.shown(face("二十")) == "二十"
    assert wording.spaced_code("7K3M9XQ2BPTW") == "7K3M-9XQ2-BPTW"
