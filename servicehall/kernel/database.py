"""The database (数据库): the declarative base, engines, and every dialect trick there is."""

import fcntl
import sqlite3
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO, Any, Self, cast

from sqlalchemy import JSON, Engine, MetaData, Table, create_engine, event, insert, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.orm.exc import StaleDataError

from servicehall.kernel.columns import UtcDateTime
from servicehall.kernel.errors import Conflict, HallError, StorageFull, Unavailable
from servicehall.kernel.prepared import CHANGED, Prepared
from servicehall.kernel.vault import Vault
from servicehall.kernel.words import N_

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
    "cache_size": -65536,  # kB for each connection, taken only as a large database is read
    "wal_autocheckpoint": 4000,  # pages: what is written often goes into the database less often
    "recursive_triggers": 1,  # else INSERT OR REPLACE deletes without asking the triggers
}  # fmt: skip
LOCK_SECONDS = 5.0
_CLASHES = frozenset(
    {
        "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY",
        "23505", "23503",  # the same of PostgreSQL
    }
)  # fmt: skip
_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "REPLACE", "SAVEPOINT")


class Base(DeclarativeBase):
    """Every table: a numeric key of its own, aware datetimes, JSON dictionaries."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}

    id: Mapped[int] = mapped_column(primary_key=True)


class HallConnection(sqlite3.Connection):
    """A SQLite connection whose writers queue on a side file instead of polling the database.

    Reads see the last commit; the first write of a transaction takes the file lock and says
    ``BEGIN IMMEDIATE``; commit, rollback, close, or the death of the process give it back.
    """

    queue: IO[bytes] | None = None
    ticket: Path | None = None

    def begin_writing(self) -> None:
        if self.in_transaction:
            return
        self._lock()
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._unlock()
            raise

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._unlock()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._unlock()

    def close(self) -> None:
        super().close()
        if self.queue is not None:
            self.queue.close()
            self.queue = None

    def _lock(self) -> None:
        if self.ticket is None:
            return
        if self.queue is None:
            self.queue = self.ticket.open("ab")
        last = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(self.queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > last:
                    raise sqlite3.OperationalError("database is locked") from None
                time.sleep(0.0005)

    def _unlock(self) -> None:
        if self.queue is not None:
            fcntl.flock(self.queue, fcntl.LOCK_UN)


class Database:
    """An open database: ``engine`` and a factory of sessions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sessions = sessionmaker(engine, expire_on_commit=False)
        event.listen(self.sessions, "before_flush", _notice_flush)
        event.listen(self.sessions, "do_orm_execute", _notice_statement)

    def session(self) -> Session:
        return self.sessions()

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_changed(session: Session) -> bool:
    """Something was added, deleted or changed and not yet flushed."""
    return bool(session.new or session.deleted) or any(map(session.is_modified, session.dirty))


def _notice_flush(session: Session, *_: Any) -> None:
    if is_changed(session):
        session.info[CHANGED] = True


def _notice_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[CHANGED] = True


def open_database(url: str, vault: Vault) -> Database:
    """The database at *url* (``sqlite:///`` or ``postgresql+psycopg://``), its durability asserted.

    Raises RuntimeError where an SQLite file does not keep WAL, synchronous=FULL and foreign keys.
    """
    engine = _sqlite(url) if url.startswith("sqlite:") else _postgresql(url)
    engine.dialect.hall_vault = vault  # type: ignore[attr-defined]
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            for name, wanted in PRAGMAS.items():
                held = connection.execute(text(f"PRAGMA {name}")).scalar()
                if held != wanted:
                    engine.dispose()
                    raise RuntimeError(f"SQLite keeps {name}={held}, not {wanted}")
    return Database(engine)


def _sqlite(url: str) -> Engine:
    path = Path(make_url(url).database or "")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arguments = {"factory": HallConnection, "isolation_level": None, "timeout": LOCK_SECONDS}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: HallConnection, _: object) -> None:
        connection.ticket = path.with_name(path.name + "-queue")
        for name, wanted in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={wanted}")

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def lock_before_writing(
        connection: Connection, cursor: object, statement: str, parameters: object, *_: object
    ) -> tuple[str, object]:
        if statement.lstrip()[:9].upper().startswith(_WRITES):
            _raw(connection).begin_writing()
        return statement, parameters

    return engine


def _postgresql(url: str) -> Engine:
    """Nobody waits for a lock longer than on SQLite; errors never show the values of fields."""
    waiting = {"options": f"-c lock_timeout={int(LOCK_SECONDS * 1000)} -c jit=off"}
    return create_engine(
        url, pool_pre_ping=True, pool_size=8, max_overflow=8,
        connect_args=waiting, hide_parameters=True,
    )  # fmt: skip


def enter(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert *rows* (every column that has no default in the database), as many as there are: no
    objects are made of them, nothing is read back."""
    _entering(table, tuple(rows[0])).enter(session, rows)


@cache
def _entering(table: type[Base], columns: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table_of(table)).inline(), columns)


def table_of(mapped: type[Base]) -> Table:
    """The table behind a class: for statements that no object in memory is to follow."""
    return cast(Table, mapped.__table__)


def hold(session: Session, row: Base) -> None:
    """Lock *row* for the session's transaction and read its newest state."""
    if session.get_bind().dialect.name == "sqlite":
        _raw(session.connection()).begin_writing()
    session.flush()  # what this work itself changed before stays
    session.refresh(row, with_for_update={"of": type(row)})  # not what is joined to it


def _raw(connection: Connection) -> HallConnection:
    raw: HallConnection = connection.connection.dbapi_connection  # type: ignore[assignment]
    return raw


def append_only(connection: Connection, table: str) -> None:
    """Make the database itself refuse to change or delete rows of *table* (RELIABILITY D7)."""
    if connection.dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} "
                    f"BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            )
        return
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    )
    connection.execute(
        text(
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    )
    connection.execute(
        text(
            f"CREATE OR REPLACE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    )


def refusal(error: BaseException) -> HallError | None:
    """What an error of the database means to a person, or None where it is our own fault."""
    if isinstance(error, StaleDataError) or _is_clash(error):
        return Conflict(N_("这件事刚刚被别人更新过，请刷新页面后再试"))
    if _is_outage(error):
        reason = str(getattr(error, "orig", error)).lower()
        if "full" in reason or "no space" in reason:
            return StorageFull(N_("存储空间已满，您提交的内容没有保存，请稍后再试或到窗口办理"))
        return Unavailable(N_("数据库暂时没有应答，什么都没有改动，请稍后再试"))
    return None


def _is_clash(error: BaseException) -> bool:
    """A key that is taken, or a row that is gone; a missing value is our own fault."""
    if not isinstance(error, IntegrityError):
        return False
    name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "")
    return name in _CLASHES


def _is_outage(error: BaseException) -> bool:
    """The queue, the pool or the database did not answer; a wrong statement is our own fault."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError | sqlite3.OperationalError | TimeoutError):
        return False
    return getattr(getattr(error, "orig", error), "sqlite_errorname", "") != "SQLITE_ERROR"
