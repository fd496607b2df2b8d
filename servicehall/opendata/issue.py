"""Issue (数据发布): rows become an edition, whole or not at all; the hall's own figures by themselves."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, insert, select

from servicehall.identity import policy
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.opendata import figures
from servicehall.opendata.models import OpenEdition, OpenRow
from servicehall.opendata.openness import OpenSet, released

EVERY = {"daily": timedelta(days=1), "monthly": timedelta(days=30)}
CHUNK = 1000


def publish(work: UnitOfWork, of: OpenSet, rows: Iterable[Mapping[str, str]]) -> int:
    """Put *rows* in the place of the dataset's last edition; how many.

    Raises Classified for what is not open, Invalid for a key that is missing or comes twice.
    """
    policy.require(work.actor, "data.publish")
    work.session.execute(delete(OpenRow).where(OpenRow.dataset == of.code))
    number, seen, waiting = 0, set[str](), []
    for number, row in enumerate(released(of, rows), 1):
        key = row[of.key]
        if not key or key in seen:
            raise Invalid(N_("第 %(line)s 行的 %(key)s 是空的或者重复了"), line=number, key=of.key)
        seen.add(key)
        words = " ".join(row.values()).lower()
        waiting.append({"dataset": of.code, "key": key, "body": row, "words": words})
        if len(waiting) == CHUNK:
            work.session.execute(insert(OpenRow), waiting)
            waiting = []
    if waiting:
        work.session.execute(insert(OpenRow), waiting)
    edition = _edition(work, of.code) or OpenEdition(dataset=of.code)
    edition.published_at, edition.rows = work.now(), number
    work.session.add(edition)
    work.record("data.published", of.code, rows=number)
    return number


def from_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a department's sheet, its first line the columns. Raises Invalid naming the line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            if None in row or None in row.values():
                raise Invalid(
                    N_("%(file)s 第 %(line)s 行的列数与表头不同"), file=path.name, line=line
                )
            yield row


def figure_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Publish one of the hall's own figures whose time has come anew; False where none has."""
    for number, (of, rows) in enumerate(figures.KEPT.values()):
        last = _edition(work, of.code)
        due = last is None or last.published_at + EVERY[of.cycle] <= work.now()
        if due and number not in tried:
            tried.add(number)
            publish(work, of, rows(work))
            return True
    return False


def _edition(work: UnitOfWork, code: str) -> OpenEdition | None:
    return work.session.scalar(select(OpenEdition).where(OpenEdition.dataset == code))
