"""Demand (热门事项): what people begin most, counted without looking at anybody."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select

from servicehall.cases.models import Case
from servicehall.finding import search
from servicehall.finding.asking import Asked
from servicehall.kernel.work import UnitOfWork

LATELY = timedelta(days=90)


def hot(work: UnitOfWork, *, region: str = "", most: int = 9) -> Sequence[Row[Any]]:
    """The items most often begun in the last 90 days; where there are too few, others to apply for.

    Only those a visitor of *region* (12 digits, "" for all) may apply for, each once.
    """
    begun = func.count()
    query = (
        select(Case.item_code)
        .where(Case.begun_at >= work.now() - LATELY)
        .group_by(Case.item_code)
        .order_by(begun.desc(), Case.item_code)
        .limit(10 * most)
    )
    often = list(work.session.scalars(query))
    page = search.find(work, asked=Asked(region=region or None, applicable=True), limit=10 * most)
    place = {code: number for number, code in enumerate(often)}
    return sorted(page.entries, key=lambda one: place.get(one.code, len(place)))[:most]
