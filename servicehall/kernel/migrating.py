"""Migrating (数据库升级): brings a database to the tables this code expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from servicehall.kernel.database import Database

SCRIPTS = Path(__file__).resolve().parents[1] / "migrations"


def upgrade(database: Database) -> None:
    """Run every migration that has not run yet, in one transaction; none if all have.

    Raises RuntimeError where a row then points to nothing; the database stays as it was.
    """
    with database.engine.connect() as connection, _foreign_keys_asked_last(connection):
        command.upgrade(_config(connection), "head")


@contextmanager
def _foreign_keys_asked_last(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which foreign keys would not let happen: they are
    off meanwhile (they can be only before the transaction begins) and asked before the commit."""
    embedded, before = connection.dialect.name == "sqlite", _revision(connection)
    connection.rollback()
    try:
        if embedded:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        yield
        moved = embedded and _revision(connection) != before
        if moved and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(f"the migration leaves rows that point to nothing: {lost[:3]}")
        connection.commit()
    finally:
        connection.rollback()  # without effect after the commit
        if embedded:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _revision(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def differences(database: Database) -> str:
    """What the tables in code have that the migrations have not, empty if nothing."""
    with database.engine.begin() as connection:
        try:
            command.check(_config(connection))
        except Exception as error:
            return str(error)
    return ""


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
