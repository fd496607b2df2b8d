"""Amending: by item administrators, with a reason, a whole year or none of it."""

from datetime import date, timedelta

import pytest

from servicehall.calendars import amending
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from tests.cases.halls import Scene, hall, stage

__all__ = ["hall", "stage"]
DAY, REASON = date(2026, 3, 5), "示范区停工停业通告"


def sheet(year: int, **other: str) -> bytes:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    lines = [f"{d},{other.get(f'd{d:%m%d}', '班' if d.weekday() < 5 else '休')}" for d in days]
    return "\n".join(lines).encode()


def test_a_day_changes_once_and_with_a_reason(stage: Scene) -> None:
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        amending.change(work, DAY, worked=False, reason=REASON)
    for day, worked, reason, field in (
        (None, False, REASON, "day"), (date(2031, 1, 1), False, REASON, "day"),
        (DAY, None, REASON, "worked"), (DAY, False, " ", "reason"),
    ):  # fmt: skip
        with stage.work("items") as work, pytest.raises(Invalid) as refused:
            amending.change(work, day, worked=worked, reason=reason)
        assert refused.value.field == field
    with stage.work("items") as work:
        amending.change(work, DAY, worked=False, reason=REASON)
    with stage.work("items") as work:
        with pytest.raises(Conflict):
            amending.change(work, DAY, worked=False, reason=REASON)
        assert (DAY, False) in amending.year(work, 2026)[2]
        assert amending.changes(work)[0].reason == REASON


def test_a_year_comes_whole_or_not_at_all(stage: Scene) -> None:
    whole = sheet(2027)
    for content, words in (
        (b"2027-01-01", "第 1 行"), (b"2027-01-01,maybe", "第 1 行"),
        (b"\n".join(whole.split(b"\n")[:-1]), "还缺 2027-12-31"), (sheet(2028), "还缺"),
        (whole + b"\n2027-01-01,\xe4\xbc\x91", "写了两次"), (whole + b"\n2028-01-01,1", "不在 2027"),
        (b"\xff\xfe", "UTF-8"), (b"x" * 100_001, "太大"),
    ):  # fmt: skip
        with stage.work("items") as work, pytest.raises(Invalid, match=words):
            amending.bring(work, content, reason=REASON)
    with stage.work("items") as work:
        assert amending.bring(work, whole, reason=REASON) == 365
    with stage.work("items") as work:
        assert amending.years(work)[1] == 2027
        assert all(worked is None for _, worked in amending.year(work, 2028)[0])
