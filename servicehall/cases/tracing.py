"""Tracing (计算依据): how every date of a case comes about, for anybody to count again."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from servicehall.cases import deadlines
from servicehall.cases.models import Case
from servicehall.kernel import workdays
from servicehall.kernel.clock import local_date
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.schema import Limit

Told = dict[str, Any]


def trace(work: UnitOfWork, case: Case) -> Told:
    """The limits with the days they end on, the special procedures, and every day of the longest.

    A limit counts from its ``start``, which itself never counts (民法典 第201条), over its ``spans``
    one after the other; where a span ``rolls``, its last day counts only if it is worked
    (第203条). A day is ``worked`` or not by the calendar, ``paused`` by a procedure's name
    or "". Of a span in working days those days count that are worked, of one in natural days all;
    where the limit ``stops``, paused days do not. Dates nobody can know yet are null.
    """
    limits = list(_limits(case))
    told: Told = {
        "case": case.number, "item": case.item_name,
        "law": ["民法典 第201、203条", "行政许可法 第32、42、44、45、82条"],
        "start": case.accepted_at and local_date(case.accepted_at).isoformat(),
        "limits": {one["code"]: one for one in limits},
        "procedures": [
            {"name": p.name, "basis": p.basis, "from": p.starts_on.isoformat(),
             "to": (p.ended_on or p.planned_end).isoformat(), "ended": p.ended_on is not None}
            for p in case.pauses
        ],
        "unpublished": deadlines.unpublished(work, case),
        "days": [],
    }  # fmt: skip
    return told | {"days": _days(work, case, limits)}


def _limits(case: Case) -> Iterator[Told]:
    """Every limit that has begun."""
    corrected = case.correction and case.correction.answered_at
    if received := corrected or case.submitted_at:
        yield _told("acceptance", "acceptance", received, [deadlines.ACCEPT_WITHIN], case.accept_by)
    if notice := case.correction:
        limits = [deadlines.CORRECT_WITHIN]
        yield _told("correction", "correction", notice.asked_at, limits, notice.answer_by)
    yield from _from_acceptance(case)
    if case.delivery and case.decided_at:
        limits = [deadlines.DELIVER_WITHIN]
        yield _told("delivery", "delivery", case.decided_at, limits, case.delivery.due_on)


def _from_acceptance(case: Case) -> Iterator[Told]:
    if case.accepted_at is None:
        return
    for name, limit, ends in (
        ("promised", case.item.promised, case.due_on),
        ("statutory", case.item.statutory, case.statutory_on),
    ):
        if spans := deadlines.spans(case, limit):
            yield _told(name, name, case.accepted_at, spans, ends, stops=True)
    for number, review in enumerate(case.reviews, 1):
        if review.agrees is not None or review.waived_at is not None:
            continue
        limits = [deadlines.review_limit(case, review)]
        name = f"{review.name}（{review.department_name}）"
        yield _told(f"review-{number}", name, case.accepted_at, limits, review.due_on, stops=True)


def _told(
    code: str,
    name: str,
    start: datetime,
    spans: list[Limit],
    ends: date | None,
    *,
    stops: bool = False,
) -> Told:
    return {
        "code": code, "name": name, "start": local_date(start).isoformat(), "days": spans[0].days,
        "unit": spans[0].unit, "spans": [{"days": s.days, "unit": s.unit, "rolls": deadlines.rolls(s)} for s in spans],
        "stops": stops, "basis": spans[0].note, "ends_on": ends and ends.isoformat(),
    }  # fmt: skip


def _days(work: UnitOfWork, case: Case, limits: list[Told]) -> list[Told]:
    ends = [one["ends_on"] for one in limits if one["ends_on"]]
    if not ends:
        return []
    first = date.fromisoformat(min(one["start"] for one in limits))
    last = date.fromisoformat(max(ends))
    known = workdays.calendar(work.session).days
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        {"day": day.isoformat(), "worked": known.get(day), "paused": deadlines.paused(case, day)}
        for day in span
    ]
