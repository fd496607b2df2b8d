"""Dates (日期写法): days and hours as Chinese papers write them (GB/T 15835)."""

from datetime import date, time

_DIGITS = "〇一二三四五六七八九"


def numeric_date(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def numeric_time(hour: time) -> str:
    """14时30分, of twenty-four hours; the minutes have two digits, also where there are none."""
    return f"{hour.hour}时{hour.minute:02d}分"


def chinese_date(day: date) -> str:
    """二〇二六年三月一日, as official papers are dated (GB/T 15835)."""
    year = "".join(_DIGITS[int(d)] for d in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    """1 to 31 in Chinese."""
    tens, ones = divmod(value, 10)
    head = ("", "十", "二十", "三十")[tens]
    return head + (_DIGITS[ones] if ones or not head else "")
