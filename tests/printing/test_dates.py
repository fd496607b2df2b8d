"""Dates as papers write them."""

from datetime import date, time

import pytest

from servicehall.printing import dates


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 1), "二〇二六年三月一日"),
        (date(2019, 10, 10), "二〇一九年十月十日"),
        (date(2030, 12, 31), "二〇三〇年十二月三十一日"),
        (date(2000, 11, 20), "二〇〇〇年十一月二十日"),
    ],
)
def test_chinese_dates(day, text):
    assert dates.chinese_date(day) == text


def test_numeric_dates():
    assert dates.numeric_date(date(2026, 3, 1)) == "2026年3月1日"


@pytest.mark.parametrize(
    ("hour", "text"), [("09:30", "9时30分"), ("14:05", "14时05分"), ("00:00", "0时00分")]
)
def test_numeric_times(hour, text):
    assert dates.numeric_time(time.fromisoformat(hour)) == text
