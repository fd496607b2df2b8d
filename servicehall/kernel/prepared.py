"""Prepared statements (预备语句): put together once for each database, then only bound and run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Dialect, Insert, Select, Update, bindparam
from sqlalchemy.engine import Connection
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

CHANGED = "changed"  # in ``Session.info``: something was written in this transaction
_HELD = "held"  # there too: a transaction and its connection
Process = Callable[[Any], Any]


class Prepared:
    """A statement that runs for every license and every act: SQLAlchemy writes it, once.

    Each value goes through the type of its column as ever: moments are UTC, what is sealed is
    sealed. Whoever listens to the engine hears of each run, errors are SQLAlchemy's own, and the
    session notes that it changed something. Of an Insert, *columns* are the names that rows have:
    all that have no default in the database. No list of a length that varies.
    """

    def __init__(self, statement: Select[Any] | Insert | Update, columns: Sequence[str] = ()):
        self._statement, self._columns = statement, list(columns) or None

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Run it with *values* for its parameters; what it finds or returns."""
        form, found = self._run(session, [values])
        return [form.read(row) for row in found] if any(form.results) else found

    def row(self, session: Session, **values: Any) -> tuple[Any, ...]:
        """The same where there is exactly one. Raises NoResultFound."""
        found = self.rows(session, **values)
        if len(found) != 1:
            raise NoResultFound("No row was found where one has to be, or several were")
        return found[0]

    def enter(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it for each of *rows*."""
        self._run(session, rows)

    def _run(
        self, session: Session, rows: Sequence[Mapping[str, Any]]
    ) -> tuple["_Form", list[tuple[Any, ...]]]:
        connection = _connection(session)
        form = self._form(connection.dialect)
        bound = [form.bind(row) for row in rows]
        if self._statement.is_dml:
            session.info[CHANGED] = True
        return form, _run(connection, form, bound)

    def _form(self, dialect: Dialect) -> "_Form":
        """As *dialect* says it: kept with the dialect, because the vault's keys are in it."""
        forms: dict[Prepared, _Form] = vars(dialect).setdefault("hall_forms", {})
        if self not in forms:
            forms[self] = _form(self._statement, self._columns, dialect)
        return forms[self]


def _connection(session: Session) -> Connection:
    """The connection of the transaction, or savepoint, that *session* is in. Asked of the session
    once, which then begins it: it takes as long as a statement does."""
    held: tuple[object, Connection] | None = session.info.get(_HELD)
    now = session.get_nested_transaction() or session.get_transaction()
    if held is not None and now is not None and now is held[0] and now.is_active:
        return held[1]
    connection = session.connection()
    now = session.get_nested_transaction() or session.get_transaction()
    session.info[_HELD] = now, connection
    return connection


def one_of(column: Column[Any], name: str, count: int) -> ColumnElement[bool]:
    """Whether *column* is one of *count* values, which ``numbered`` gives."""
    return column.in_([bindparam(f"{name}{n}", type_=column.type) for n in range(count)])


def numbered(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """*values* as the parameters that ``one_of`` asks for."""
    return {f"{name}{n}": value for n, value in enumerate(values)}


@dataclass(frozen=True, slots=True)
class _Form:
    """The text of a statement in one dialect, and how each value goes in and comes out."""

    text: str
    positional: bool
    binds: tuple[tuple[str, Process | None], ...]
    fixed: dict[str, Any]
    results: tuple[Process | None, ...]

    def bind(self, values: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        """The parameters for *values*. KeyError for one that is missing."""
        told = self.fixed | dict(values) if self.fixed else values
        bound = [process(told[name]) if process else told[name] for name, process in self.binds]
        if self.positional:
            return tuple(bound)
        return {name: value for (name, _), value in zip(self.binds, bound, strict=True)}

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row as Python has it."""
        pairs = zip(self.results, row, strict=True)
        return tuple([process(value) if process else value for process, value in pairs])


def _form(statement: Any, columns: list[str] | None, dialect: Dialect) -> _Form:
    made = statement.compile(dialect=dialect, column_keys=columns)
    binds = {name: bind for bind, name in made.bind_names.items()}
    kinds = {name: bind.type.dialect_impl(dialect) for name, bind in binds.items()}
    given = statement.exported_columns if not statement.is_insert else ()
    return _Form(
        text=made.string, positional=made.positional,
        binds=tuple((n, _process(kinds[n], dialect)) for n in made.positiontup or binds),
        fixed={
            name: bind.value
            for name, bind in binds.items()
            if not bind.required and bind.value is not None
        },
        results=tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in given
        ),
    )  # fmt: skip


def _process(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    """How a value of this *kind* goes in; days are the same for all rows of a batch."""
    process = kind.bind_processor(dialect)
    return lru_cache(maxsize=64)(process) if process and isinstance(kind, Date) else process


def _run(connection: Connection, form: _Form, rows: list[Any]) -> list[tuple[Any, ...]]:
    """What the database answers. SQLAlchemy's own way of running a text takes five times as long as
    SQLite; what it does besides is done here: it tells listeners, and names errors."""
    cursor, many = connection.connection.cursor(), len(rows) > 1
    text, bound = form.text, rows if many else rows[0]
    for listener in connection.dispatch.before_cursor_execute:
        text, bound = listener(connection, cursor, text, bound, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(text, bound)
        found = list(cursor.fetchall()) if form.results else []
    except Exception as error:
        connection._handle_dbapi_exception(error, text, bound, cursor, None)
    cursor.close()
    return found
