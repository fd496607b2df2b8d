"""Misses (搜索未果): what people sought in vain, by day, so that the list of sayings grows.

The words only, nobody's name: whatever looks like a number of a person, a telephone or an address
of mail is not kept at all, and after a year nothing is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, insert, select, update

from servicehall.finding import search
from servicehall.finding.models import SearchMiss
from servicehall.identity import policy
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.searching.tokens import letters, normal

MOST_CHARACTERS, MOST_A_DAY, KEPT_DAYS, SHOWN = 100, 1000, 365, 100
_PERSONAL = re.compile(
    r"\d[\d\s-]{5,}\d|@|[a-z]\d{7,}", re.ASCII
)  # numbers, phones, passports, mail


@dataclass(frozen=True, slots=True)
class Miss:
    """Words, how often in the time asked for, and what they find now (the name, or nothing)."""

    words: str
    number: int
    now: str


def note(work: UnitOfWork, query: str, *, most: int = MOST_A_DAY) -> bool:
    """Count *query* for today if it says something, is nobody's number, and really finds nothing.

    At most *most* different words a day are kept. Raises Invalid for a query of nothing.
    """
    words = normal(query)[:MOST_CHARACTERS].strip()
    if not letters(words):
        raise Invalid(N_("请填写要找的事"), field="q")
    if _PERSONAL.search(words) or search.find(work, words, limit=1).entries:
        return False
    today = work.today()
    mine = (SearchMiss.day == today, SearchMiss.words == words)
    again = update(SearchMiss).where(*mine).values(number=SearchMiss.number + 1)
    if not work.session.execute(again).rowcount:  # type: ignore[attr-defined]
        number = select(func.count()).select_from(SearchMiss).where(SearchMiss.day == today)
        if (work.session.scalar(number) or 0) >= most:
            work.rollback()
            return False
        old = today - timedelta(days=KEPT_DAYS)
        work.session.execute(delete(SearchMiss).where(SearchMiss.day < old))
        work.session.execute(insert(SearchMiss), {"day": today, "words": words, "number": 1})
    work.record("search.missed", today.isoformat())
    return True


def listed(work: UnitOfWork, *, days: int = 30) -> Sequence[Miss]:
    """What was sought in vain in the last *days*, the most frequent first. For who edits items."""
    policy.require(work.actor, "item.edit")
    total = func.sum(SearchMiss.number)
    query = (
        select(SearchMiss.words, total)
        .where(SearchMiss.day > work.today() - timedelta(days=days))
        .group_by(SearchMiss.words)
        .order_by(total.desc(), SearchMiss.words)
        .limit(SHOWN)
    )
    rows = work.session.execute(query).all()
    return [Miss(words, number, _now(work, words)) for words, number in rows]


def _now(work: UnitOfWork, words: str) -> str:
    found = search.find(work, words, limit=1).entries
    return str(found[0].name) if found else ""
