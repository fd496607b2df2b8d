"""Hours (窗口开放时间): when a department's windows can be booked, laid out in the console."""

import re

from servicehall.identity import directory, policy
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.visits import booking
from servicehall.visits.models import VisitPlan

_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—至]\s*(\d{1,2})[:：](\d{2})")
DAY = 24 * 60
LENGTHS = range(5, 121)  # minutes of one slot
WINDOWS = range(1, 101)


def lay_out(
    work: UnitOfWork, department: str, *, said: str, minutes: int, windows: int
) -> VisitPlan:
    """Keep the spans *said* one a line, as ``09:00-12:00``; none closes the booking.

    What is booked already stays booked. Raises Invalid that names the field and line.
    """
    policy.require(work.actor, "visit.plan")
    if department not in {one.code for one in directory.departments(work)}:
        raise Invalid(N_("请选择部门"), field="department")
    spans = _spans(said)
    if minutes not in LENGTHS:
        raise Invalid(N_("每个时段应为 5 到 120 分钟"), field="minutes")
    if windows not in WINDOWS:
        raise Invalid(N_("窗口数应为 1 到 100 个"), field="windows")
    if any(last - first < minutes for first, last in spans):
        raise Invalid(N_("每段开放时间至少要有一个时段那么长"), field="spans")
    return booking.lay_out(work, department, spans=spans, minutes=minutes, windows=windows)


def told(plan: VisitPlan | None) -> str:
    """The spans of *plan* as they are typed, one a line."""
    spans = plan.spans if plan else []
    return "\n".join(f"{booking.spoken(first)}-{booking.spoken(last)}" for first, last in spans)


def _spans(said: str) -> list[tuple[int, int]]:
    """The spans in minutes of the day, in order and apart."""
    found: list[tuple[int, int]] = []
    for number, line in enumerate((one for one in said.splitlines() if one.strip()), 1):
        match = _SPAN.fullmatch(line.strip())
        first, last = _minutes(*match.groups()) if match else (0, 0)
        if not first < last <= DAY or (found and first < found[-1][1]):
            raise Invalid(
                N_("第 %(line)s 行不是开放时间：请写成 09:00-12:00，从早到晚，互不重叠"),
                field="spans", line=number,
            )  # fmt: skip
        found.append((first, last))
    return found


def _minutes(first: str, past: str, last: str, over: str) -> tuple[int, int]:
    if max(int(past), int(over)) > 59:
        return 0, 0
    return int(first) * 60 + int(past), int(last) * 60 + int(over)
