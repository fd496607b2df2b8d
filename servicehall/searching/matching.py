"""Matching (匹配): the names that hold what is wanted, and the rows of whoever holds them."""

import json
from collections import namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from servicehall.searching import fulltext
from servicehall.searching.tokens import Wanted


class Found(NamedTuple):
    """A name that was found: its key, and the keys of its texts to rank by."""

    id: int
    text: str
    others: str
    tags: str


class Span(NamedTuple):
    """Places from *low* to *high*; of them only those after (*place*, *row*)."""

    low: str
    high: str
    place: str = ""
    row: int = 0


@dataclass(frozen=True)
class Holders:
    """The table of those who hold names: columns of the name's key and of the place, and what to read.

    ``conditions`` narrow its rows ``x`` (constant SQL; values are parameters). ``index`` names the
    index over name and place, where reading along it is best.
    """

    table: str
    name: str
    place: str
    columns: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    index: str = ""

    def names(self) -> str:
        """Only names that one of these rows holds, for ``names``."""
        if not self.conditions:
            return ""
        held = " AND ".join(self.conditions)
        return f"+s.id IN (SELECT x.{self.name} FROM {self.table} AS x WHERE {held})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Question:
    """Names that hold all of *wanted* (of nothing: all), *most* of them between the two keys.

    *within* is what ``Holders.names`` says.
    """

    wanted: Wanted
    before: int
    most: int
    after: int = 0
    within: str = ""


def names(
    session: Session, wanted: Wanted, *, after: int = 0, before: int, most: int
) -> Sequence[Found]:
    """The names that answer one question, by key."""
    (found,) = names_of_each(session, [Question(wanted, before, most, after)])
    return found


def names_of_each(
    session: Session, questions: Sequence[Question], values: Mapping[str, Any] | None = None
) -> list[list[Found]]:
    """The names that answer each question, by key; asked together, since each way there costs.

    *values* are the parameters of what they are ``within``.
    """
    dialect = session.get_bind().dialect.name
    given: dict[str, Any] = dict(values or {})
    for n, one in enumerate(questions):
        given |= {f"after{n}": one.after, f"before{n}": one.before, f"most{n}": one.most}
        if one.wanted:
            given[f"tokens{n}"] = fulltext.expression(dialect, one.wanted)
    arms = tuple((bool(one.wanted), one.within) for one in questions)
    found: list[list[Found]] = [[] for _ in questions]
    asked = fulltext.statement(dialect, arms)
    for arm, *row in fulltext.fetch(session.connection(), asked, given, anew=True):
        found[arm].append(Found(*row))
    return found


def rows(
    session: Session,
    holders: Holders,
    keys: Sequence[int],
    spans: Sequence[Span],
    *,
    most: int,
    each: int | None = None,
    values: Mapping[str, Any] | None = None,
) -> Sequence[Any]:
    """The first *most* rows that hold the names *keys* at *spans*: by name, span, place, key.

    At most *each* of them for one name and span.
    """
    if not keys:
        return ()
    dialect = session.get_bind().dialect.name
    given: dict[str, Any] = {"most": most, "each": each or most, **(values or {})}
    if dialect == "sqlite":
        given |= {"names": json.dumps(list(keys)), "spans": json.dumps(spans)}
    else:
        lows, highs, places, last = zip(*spans, strict=True)
        given |= {"names": list(keys), "lows": list(lows), "highs": list(highs),
                  "places": list(places), "rows": list(last)}  # fmt: skip
    asked, shape = _statement(dialect, holders, every=each is None)
    return [shape._make(row) for row in fulltext.fetch(session.connection(), asked, given)]


def numbers(session: Session, keys: Sequence[int], places: Sequence[str]) -> dict[int, int]:
    """How many hold each of the names *keys* at one of *places*."""
    given = _lists(session, keys, places)
    asked = _counting(session.get_bind().dialect.name, by_place=False)
    return dict(fulltext.fetch(session.connection(), asked, given))  # type: ignore[arg-type]


def numbers_by_place(
    session: Session, keys: Sequence[int], places: Sequence[str]
) -> dict[str, int]:
    """How many hold any of the names *keys* at each of *places*."""
    given = _lists(session, keys, places)
    asked = _counting(session.get_bind().dialect.name, by_place=True)
    return dict(fulltext.fetch(session.connection(), asked, given))  # type: ignore[arg-type]


def _lists(session: Session, keys: Sequence[int], places: Sequence[str]) -> dict[str, Any]:
    if session.get_bind().dialect.name == "sqlite":
        return {"names": json.dumps(list(keys)), "places": json.dumps(list(places))}
    return {"names": list(keys), "places": list(places)}


@lru_cache(maxsize=4)
def _counting(dialect: str, *, by_place: bool) -> str:
    what = "p.place" if by_place else "p.name_id"
    if dialect == "sqlite":
        source = "json_each(:names) AS n CROSS JOIN json_each(:places) AS w CROSS JOIN"
    else:
        source = (
            "unnest(CAST(:names AS bigint[])) AS n(value)"
            " CROSS JOIN unnest(CAST(:places AS text[])) AS w(value) JOIN"
        )
    joined = f"{source} search_place AS p ON p.name_id = n.value AND p.place = w.value"
    return f"SELECT {what}, sum(p.number) FROM {joined} GROUP BY {what}"  # noqa: S608


@lru_cache(maxsize=64)
def _statement(dialect: str, holders: Holders, *, every: bool) -> tuple[str, Any]:
    """One index range for each name and span, cut off early: no sort over what is not shown."""
    conditions = "".join(f" AND {each}" for each in holders.conditions)
    listed = ", ".join(f"e.{name}" for name in holders.columns)
    along = _ALONG if holders.index and every else _SQLITE
    shape = along if dialect == "sqlite" else _POSTGRESQL
    asked = shape.format(
        columns=listed, table=holders.table, name=holders.name, place=holders.place,
        conditions=conditions, index=holders.index, spans=_SPANS,
    )  # fmt: skip
    return asked, namedtuple("Holder", holders.columns)  # its fields are known only here


_SPANS = """
WITH r (key, low, high, place, number) AS MATERIALIZED (SELECT key, json_extract(value, '$[0]'),
    json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]')
    FROM json_each(:spans))"""
_SQLITE = """{spans}
SELECT {columns} FROM json_each(:names) AS n CROSS JOIN r CROSS JOIN {table} AS e
WHERE e.id IN (SELECT x.id FROM {table} AS x WHERE x.{name} = n.value
    AND x.{place} >= r.low AND x.{place} <= r.high
    AND (x.{place}, x.id) > (r.place, r.number)
    {conditions} ORDER BY x.{place}, x.id LIMIT :each)
ORDER BY n.key, r.key, e.{place}, e.id LIMIT :most
"""
# CROSS JOIN loops in the order written, and along the index named: keys only, until there are enough,
# and their rows in that same order (sorting them would cost an eighth of the search).
_ALONG = """{spans},
k (id) AS MATERIALIZED (SELECT x.id
    FROM json_each(:names) AS n CROSS JOIN r CROSS JOIN {table} AS x INDEXED BY {index}
    WHERE x.{name} = n.value AND x.{place} >= r.low AND x.{place} <= r.high
    AND (x.{place}, x.id) > (r.place, r.number) {conditions} LIMIT :most)
SELECT {columns} FROM k CROSS JOIN {table} AS e ON e.id = k.id
"""
_POSTGRESQL = """
SELECT {columns} FROM unnest(CAST(:names AS bigint[])) WITH ORDINALITY AS n(value, key)
CROSS JOIN unnest(CAST(:lows AS text[]), CAST(:highs AS text[]), CAST(:places AS text[]),
    CAST(:rows AS bigint[])) WITH ORDINALITY AS r(low, high, place, number, key)
CROSS JOIN LATERAL (SELECT * FROM {table} AS x WHERE x.{name} = n.value
    AND x.{place} >= r.low AND x.{place} <= r.high
    AND (x.{place}, x.id) > (r.place, r.number)
    {conditions} ORDER BY x.{place}, x.id LIMIT :each) AS e
ORDER BY n.key, r.key, e.{place}, e.id LIMIT :most
"""
