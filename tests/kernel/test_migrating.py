"""Migrations make the very tables that the code expects, and are harmless the second time."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from servicehall.kernel import migrating
from servicehall.kernel.audit import GENESIS, AuditHead
from tests import builders


@pytest.fixture
def migrated(tmp_path):
    with builders.empty_database(tmp_path) as opened:
        migrating.upgrade(opened)
        yield opened


def test_an_empty_database_becomes_what_the_code_expects(migrated):
    assert migrating.differences(migrated) == ""


def test_again_changes_nothing(migrated):
    with migrated.session() as session:
        head = session.scalars(select(AuditHead)).one()
        assert (head.id, head.length, head.hash) == (1, 0, GENESIS)
    migrating.upgrade(migrated)
    with migrated.session() as session:
        assert len(session.scalars(select(AuditHead)).all()) == 1


def test_a_difference_is_told(migrated):
    with migrated.engine.begin() as connection:
        connection.execute(text("ALTER TABLE organization ADD COLUMN colour VARCHAR"))
    assert "colour" in migrating.differences(migrated)


def test_the_record_is_append_only_from_the_first_migration(migrated):
    with migrated.session() as session:
        session.execute(
            text(
                "INSERT INTO audit_entry (id, at, actor, department, act, subject, person, detail,"
                " hash) VALUES (1, '2026-03-02', 'a', '', 'x', 's', '', '{}', 'h')"
            )
        )
        session.commit()
        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(text("DELETE FROM audit_entry"))
