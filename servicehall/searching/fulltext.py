"""Full text (全文索引): the dialect tricks of the engine: SQLite's FTS5, PostgreSQL's tsvector.

On SQLite an FTS5 table without positions (``detail=none``) over ``search_document.tokens``, which
triggers keep in step in the same transaction; its trigram tokenizer is not used, it answers nothing
for two Chinese characters. On PostgreSQL the column itself is a tsvector under a GIN index.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError, DBAPIError

from servicehall.searching.tokens import Wanted

TABLE = "search_token"  # also the beginning of the names of its shadow tables
INDEX = "ix_search_document_tokens"
_GIN = f"CREATE INDEX {INDEX} ON search_document USING gin (tokens) WITH (fastupdate = on)"
# Small pages: where a rare word meets a frequent one, only whole pages of the frequent are left out.
PAGES = "INSERT INTO search_token (search_token, rank) VALUES ('pgsz', 256)"
_CREATE = (
    "CREATE VIRTUAL TABLE search_token USING fts5(tokens, content='search_document', content_rowid='id',"
    " detail=none, columnsize=0, tokenize=\"ascii tokenchars '_-'\")",
    PAGES,
    "CREATE TRIGGER search_name_put AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_token (rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_name_gone AFTER DELETE ON search_document BEGIN INSERT INTO search_token"
    " (search_token, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER search_name_changed AFTER UPDATE OF id, tokens ON search_document BEGIN"
    " INSERT INTO search_token (search_token, rowid, tokens)"
    " VALUES ('delete', old.id, old.tokens);"
    " INSERT INTO search_token (rowid, tokens) VALUES (new.id, new.tokens); END",
)
_COLUMNS = "s.id, s.text, s.others, s.tags"
# Each is one arm of a question: {n} is its number, in its answer and in the names of its parameters.
_FTS5 = (
    "SELECT {n} AS arm, {columns} FROM search_token JOIN search_name AS s ON s.id = search_token.rowid"
    " WHERE search_token MATCH :tokens{n} AND search_token.rowid > :after{n}"
    " AND search_token.rowid < :before{n}{within} ORDER BY search_token.rowid LIMIT :most{n}"
)
_TSQUERY = (  # first the keys, cut off: only what is given out is read
    "SELECT {n} AS arm, {columns} FROM (SELECT s.id FROM search_document AS s"
    " WHERE s.tokens @@ CAST(:tokens{n} AS tsquery) AND s.id > :after{n} AND s.id < :before{n}{within}"
    " ORDER BY s.id LIMIT :most{n}) AS d JOIN search_name AS s ON s.id = d.id ORDER BY s.id"
)
_PLAIN = (
    "SELECT {n} AS arm, {columns} FROM search_name AS s"
    " WHERE s.id > :after{n} AND s.id < :before{n}{within} ORDER BY s.id LIMIT :most{n}"
)


def create(connection: Connection) -> None:
    """What indexes the tokens, once ``search_document`` is there (the migration calls it too)."""
    for asked in _CREATE if connection.dialect.name == "sqlite" else (_GIN,):
        connection.execute(text(asked))


def is_part(name: str | None) -> bool:
    """Whether the table or index *name* is one of these, which no class declares."""
    return name is not None and (name.startswith(TABLE) or name == INDEX)


def drop(connection: Connection) -> None:
    """Take the index away again; its triggers go with ``search_document``."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TABLE IF EXISTS {TABLE}"))


def alone(connection: Connection) -> None:
    """From here to the end of the transaction nobody else changes the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM search_place WHERE id < 0"))  # takes the one lock
    else:
        fetch(connection, "SELECT pg_advisory_xact_lock(hashtext('search_name'))", ())


def is_sound(connection: Connection) -> bool:
    """Whether the index holds the very tokens kept (PostgreSQL's cannot differ)."""
    if connection.dialect.name != "sqlite":
        return True
    asked = "INSERT INTO search_token (search_token, rank) VALUES ('integrity-check', 1)"
    try:
        connection.execute(text(asked))
    except DatabaseError:
        return False
    return True


def refill(connection: Connection) -> None:
    """Index every name anew from the tokens kept (PostgreSQL's index needs no such thing)."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_token (search_token) VALUES ('rebuild')"))


def tidy(connection: Connection) -> int:
    """What PostgreSQL has put aside since the last time goes into the index proper: how many pages.

    Writing a name's tokens in place costs three times as much as putting them aside, and every
    query reads what lies there: so few may lie, and not for long. SQLite puts nothing aside.
    """
    if connection.dialect.name == "sqlite":
        return 0
    return connection.scalar(text(f"SELECT gin_clean_pending_list('{INDEX}')")) or 0


def settle(connection: Connection) -> None:
    """After much was written: the index in one piece, and what it holds counted for the planner."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_token (search_token) VALUES ('optimize')"))
    else:
        tidy(connection)
        connection.execute(text("ANALYZE search_name, search_document"))


def fetch(
    connection: Connection,
    asked: str,
    given: Mapping[str, Any] | Sequence[Any],
    *,
    anew: bool = False,
) -> Sequence[Sequence[Any]]:
    """The rows of a constant query, by the driver's own cursor: the way around costs more than it.

    *anew*: what is given decides how the query is best answered. PostgreSQL plans it each time (a
    rare word and a frequent one need different plans, one for all is ten times slower), whereas of
    the others it keeps the plan. Raises DBAPIError as SQLAlchemy does.
    """
    raw: Any = connection.connection
    cursor = raw.cursor()
    if connection.dialect.name == "sqlite":
        rows: Sequence[Sequence[Any]] = cursor.execute(asked, given).fetchall()
        return rows
    driver: Any = connection.dialect.dbapi
    try:
        found: Sequence[Sequence[Any]] = cursor.execute(
            _in_python(asked), given, prepare=False if anew else None
        ).fetchall()
    except driver.Error as error:
        gone = connection.dialect.is_disconnect(error, raw.dbapi_connection, cursor)
        raise DBAPIError.instance(
            asked, None, error, driver.Error, hide_parameters=True, connection_invalidated=gone,
            dialect=connection.dialect,
        ) from error  # fmt: skip
    return found


def among(
    connection: Connection, asked: Mapping[str, str], **lists: Sequence[Any]
) -> Sequence[Sequence[Any]]:
    """The rows of a constant query, said for each database, about *lists*: arrays on PostgreSQL,
    JSON on SQLite."""
    dialect = connection.dialect.name
    given = lists if dialect != "sqlite" else {k: json.dumps(told) for k, told in lists.items()}
    return fetch(connection, asked[dialect], given)


@lru_cache(maxsize=256)
def _in_python(asked: str) -> str:
    """The query with its parameters as psycopg wants them; no other sign ``%`` is in it."""
    return _PARAMETER.sub(r"%(\1)s", asked)


_PARAMETER = re.compile(r"(?<!:):(\w+)")  # two colons are a cast


@lru_cache(maxsize=256)
def statement(dialect: str, arms: tuple[tuple[bool, str], ...]) -> str:
    """The query for names in the order of their keys, for each of *arms*: whether it has tokens, and
    what narrows ``s.id`` (constant SQL). Its rows begin with the number of the arm."""
    whole = _FTS5 if dialect == "sqlite" else _TSQUERY
    asked = [
        (whole if tokens else _PLAIN).format(
            n=n, columns=_COLUMNS, within=f" AND {within}" if within else ""
        )
        for n, (tokens, within) in enumerate(arms)
    ]
    if len(asked) == 1:
        return asked[0]
    return " UNION ALL ".join(f"SELECT * FROM ({one}) AS arm{n}" for n, one in enumerate(asked))  # noqa: S608


def expression(dialect: str, wanted: Wanted) -> str:
    """*wanted* in the language of the database; tokens hold no sign that means anything there."""
    both, either, mark = (" AND ", " OR ", '"') if dialect == "sqlite" else (" & ", " | ", "'")

    apart = f"{mark}{both}{mark}"
    parts = []
    for group in wanted:
        arms = [f"{mark}{apart.join(arm)}{mark}" for arm in group]
        parts.append(arms[0] if len(arms) == 1 else f"(({f'){either}('.join(arms)}))")
    return both.join(parts)
