"""Every table: known, migrated as declared, its timestamps aware, its secrets encrypted."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from servicehall import tables
from servicehall.kernel import migrating
from servicehall.kernel.columns import Encrypted, UtcDateTime
from tests.builders import empty_database

SECRET = {
    "person": {"name", "number", "phone"},
    "case": {"applicant", "facts", "answers", "reason"},
    "case_material": {"evidence", "file_name"},
    "payout": {"account"},
    "notice": {"params"},
    "rating": {"words"},
}


def test_the_migrations_make_what_the_classes_declare(tmp_path: Path) -> None:
    with empty_database(tmp_path) as database:
        migrating.upgrade(database)
        with database.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": False, "include_name": tables.is_declared}
            )
            assert compare_metadata(context, tables.METADATA) == []


def test_every_moment_is_aware() -> None:
    for table in tables.METADATA.tables.values():
        for column in table.columns:
            if column.type.__class__.__name__ == "DateTime":
                assert isinstance(column.type, UtcDateTime), column


@pytest.mark.parametrize("name", SECRET)
def test_personal_data_are_encrypted(name: str) -> None:
    columns = tables.METADATA.tables[name].columns
    assert {c.name for c in columns if isinstance(c.type, Encrypted)} >= SECRET[name]
