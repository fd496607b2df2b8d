"""Migrating (数据库升级): brings a database to the tables this code expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from servicehall.kernel.database import Database

SCRIPTS = Path(__file__).resolve().parents[1] / "migrations"


def upgrade(database: Database) -> None:
    """Run every migration that has not run yet, in one transaction; none if all have."""
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), "head")


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
