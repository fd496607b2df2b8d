"""Inscribing (写入索引): rows of the index, many at a time, the way each database is quickest.

SQLite takes one row after the other; PostgreSQL takes all of them as one list of JSON, and all that is
written in one statement: the way there and back costs more than most of what is done there, and an
array for each column costs half as much again, here and there, as the list.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Connection

from servicehall.searching import fulltext

MANY = 20_000  # rows of one statement
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Write:
    """One statement for many rows (constant SQL): ``each`` has a ``?`` for every column of a row,
    ``whole`` reads them from ``g``, whose columns are ``g.a``, ``g.b`` … of *types*."""

    each: str
    whole: str
    types: tuple[str, ...]


_TOLD = "array_to_tsvector(string_to_array(g.b, ' '))"
_KEY, _PLACE = ("bigint",), ("bigint", "text")
NAMES = Write(
    "INSERT INTO search_name (id, digest, text, others, tags) VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO search_name (id, digest, text, others, tags) SELECT * FROM g",
    ("bigint", "text", "text", "text", "text"),
)
TOKENS = Write(
    "INSERT INTO search_document (id, tokens) VALUES (?, ?)",
    f"INSERT INTO search_document (id, tokens) SELECT g.a, {_TOLD} FROM g",  # noqa: S608
    ("bigint", "text"),
)
OTHER_TOKENS = Write(
    "UPDATE search_document SET tokens = ?2 WHERE id = ?1",
    f"UPDATE search_document AS x SET tokens = {_TOLD} FROM g WHERE x.id = g.a",  # noqa: S608
    ("bigint", "text"),
)
PLACES = Write(
    "INSERT INTO search_place (name_id, place, number) VALUES (?, ?, ?)",
    "INSERT INTO search_place (name_id, place, number) SELECT * FROM g",
    (*_PLACE, "int"),
)
NUMBERS = Write(
    "UPDATE search_place SET number = ?3 WHERE name_id = ?1 AND place = ?2",
    "UPDATE search_place AS x SET number = g.c FROM g WHERE x.name_id = g.a AND x.place = g.b",
    (*_PLACE, "int"),
)
NO_PLACES = Write(
    "DELETE FROM search_place WHERE name_id = ? AND place = ?",
    "DELETE FROM search_place AS x USING g WHERE x.name_id = g.a AND x.place = g.b",
    _PLACE,
)
GONE = tuple(
    Write(f"DELETE FROM {table} WHERE {key} = ?",  # noqa: S608
          f"DELETE FROM {table} AS x USING g WHERE x.{key} = g.a", _KEY)  # noqa: S608
    for table, key in (("search_place", "name_id"), ("search_document", "id"), ("search_name", "id"))
)  # fmt: skip


@lru_cache(maxsize=16)
def keys_of(table: str, columns: tuple[str, ...]) -> Write:
    """Set whole-number *columns* of *table* (constant SQL) in rows of (id, value, value …)."""
    given = list(enumerate(columns, 1))
    each = ", ".join(f"{name} = ?{n + 1}" for n, name in given)
    whole = ", ".join(f"{name} = g.{_LETTERS[n]}" for n, name in given)
    return Write(
        f"UPDATE {table} SET {each} WHERE id = ?1",  # noqa: S608
        f"UPDATE {table} AS x SET {whole} FROM g WHERE x.id = g.a",  # noqa: S608
        ("bigint",) * (len(columns) + 1),
    )


def write(connection: Connection, writes: Sequence[tuple[Write, Rows]]) -> None:
    """Do all of *writes*, none of which may rest on what another of them does.

    Raises DBAPIError where one cannot be done.
    """
    told = [(one, rows) for one, rows in writes if rows]
    if connection.dialect.name == "sqlite":
        for one, rows in told:
            connection.exec_driver_sql(one.each, [tuple(row) for row in rows])
        return
    for start in range(0, max((len(rows) for _, rows in told), default=0), MANY):
        some = [(one, part) for one, rows in told if (part := rows[start : start + MANY])]
        given = [_listed(part) for _, part in some]
        fulltext.fetch(connection, _together(tuple(one for one, _ in some)), given)


def _listed(rows: Rows) -> str:
    """*rows* as a list of JSON, their columns by letter."""
    named = [dict(zip(_LETTERS, row, strict=False)) for row in rows]
    return json.dumps(named, ensure_ascii=False)


@lru_cache(maxsize=256)
def _together(writes: tuple[Write, ...]) -> str:
    """One statement of several, each by itself, then nothing."""
    parts = []
    for n, one in enumerate(writes):
        columns = ", ".join(
            f"{name} {kind}" for name, kind in zip(_LETTERS, one.types, strict=False)
        )
        parts += [
            f"w{n} AS ({_FROM.sub(f'json_to_recordset(%s::json) AS g ({columns})', one.whole)})"
        ]
    return f"WITH {', '.join(parts)} SELECT 1"


_LETTERS = "abcdef"
_FROM = re.compile(r"(?<=FROM |SING )g\b")
