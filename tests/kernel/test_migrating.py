"""Migrations make the very tables that the code expects, and are harmless the second time."""

import hashlib
from datetime import datetime

import pytest
import rfc8785
from alembic import command
from sqlalchemy import MetaData, Table, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from servicehall.kernel import audit, migrating
from servicehall.kernel.audit import GENESIS, AuditEntry, AuditHead
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
                " salt, hash) VALUES (1, '2026-03-02', 'a', '', 'x', 's', '', '{}', '', 'h')"
            )
        )
        session.commit()
        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(text("DELETE FROM audit_entry"))


def chained(tmp_path, *, forged=False):
    """A database of the time when the record was a chain of hashes, with twelve entries."""
    opened = builders.empty_database(tmp_path)
    with opened.engine.begin() as connection:
        command.upgrade(migrating._config(connection), "0009")
        last = "0" * 64
        for number in range(1, 13):
            told = {"actor": "a", "department": "", "act": "test.done", "subject": f"s-{number}",
                    "person": "", "detail": {"number": number}}  # fmt: skip
            at = builders.NOON.isoformat(timespec="microseconds")
            body = {"number": number, "previous": last, "at": at, **told}
            last = hashlib.sha256(rfc8785.dumps(body)).hexdigest()
            if forged and number == 7:
                told["actor"] = "b"
            row = {"id": number, "at": builders.NOON, "hash": last, **told}
            table = AuditEntry.__table__
            old = [c for c in table.c if c.name != "salt"]
            connection.execute(insert(table).values({c: row[c.name] for c in old}))
        connection.execute(update(AuditHead.__table__).values(length=12, hash=last))
    return opened, last


def test_a_chain_becomes_a_tree_that_says_where_it_ended(tmp_path):
    opened, last = chained(tmp_path)
    with opened:
        migrating.upgrade(opened)
        with opened.session() as session:
            assert list(audit.broken(session)) == []
            entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
            assert [one.subject for one in entries[:-1]] == [f"s-{n}" for n in range(1, 13)]
            assert entries[-1].detail == {"length": 12, "head": last}
            assert audit.head(session).length == 13
            with pytest.raises(DBAPIError, match="append-only"):
                session.execute(text("DELETE FROM audit_node"))


def test_a_chain_that_is_broken_stays_one(tmp_path):
    opened, _ = chained(tmp_path, forged=True)
    with opened, pytest.raises(RuntimeError, match="entry 7 was altered"):
        migrating.upgrade(opened)


def test_a_table_made_anew_keeps_its_rows_and_what_points_to_them(tmp_path):
    """Migration 0030 adds checks to tables that others point to; the hall was in use before."""
    with builders.empty_database(tmp_path) as opened:
        with opened.engine.begin() as connection:
            command.upgrade(migrating._config(connection), "0010")
            connection.execute(
                text(
                    "INSERT INTO ground (id, key, kind, matter, party, item, needs, consent, "
                    "opened_at) VALUES (7, 'g', 'case', 'm', 'p', 'i', '{}', 'c', "
                    "'2026-01-01 00:00:00')"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO registry_call (key, ground_id, dataset, fields, purpose, actor, "
                    "subject, asked_at, outcome, request_hash, response_hash, reason, "
                    "milliseconds) VALUES ('k', 7, 'd', '[]', 'p', 'a', :sealed, "
                    "'2026-01-01 00:00:00', 'asked', '', '', '', 0)"
                ),
                {"sealed": b"sealed"},
            )
        migrating.upgrade(opened)
        with opened.engine.begin() as connection:
            assert connection.execute(text("SELECT ground_id FROM registry_call")).all() == [(7,)]
            with pytest.raises(DBAPIError):
                connection.execute(text("DELETE FROM ground"))


STRAY = text("INSERT INTO pending_check (case_id, due_at, tries) VALUES (999, :at, 0)")
LONG_AGO = {"at": "2026-01-01 00:00:00"}


def test_rows_that_would_point_to_nothing_stop_the_upgrade(tmp_path):
    with builders.empty_database(tmp_path) as opened:
        with opened.engine.begin() as connection:
            command.upgrade(migrating._config(connection), "0010")
        with opened.engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(STRAY, LONG_AGO)  # the database itself lets it come so far nowhere
        if opened.engine.dialect.name == "sqlite":
            _stopped(opened)


def _stopped(opened):
    """On SQLite, where whoever opens the file may turn foreign keys off."""
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.execute(STRAY, LONG_AGO)
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    with pytest.raises(RuntimeError, match="pending_check"):
        migrating.upgrade(opened)
    with opened.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        assert at == "0010"  # as it was


def test_a_hearing_announced_before_has_neither_hour_nor_place(tmp_path):
    """Migration 0154: what was kept of it stays as it was."""
    with builders.empty_database(tmp_path) as opened:
        with opened.engine.begin() as connection:
            command.upgrade(migrating._config(connection), "0153")
            held = {"case_id": _least(connection, "case")["id"], "kind": "hearing", "name": "听证", "basis": "",
                    "starts_on": builders.NOON.date(), "planned_end": builders.NOON.date(),
                    "officers": "", "held_on": builders.NOON.date(), "presider": "孙三"}  # fmt: skip
            connection.execute(insert(Table("pause", MetaData(), autoload_with=connection)), held)
        migrating.upgrade(opened)
        with opened.engine.connect() as connection:
            found = connection.execute(text("SELECT presider, held_at, place FROM pause")).all()
        assert found == [("孙三", None, "")]


def _least(connection, name):
    """The row 1 of a table, as it then was, with as little in it, and in those it needs, as may be."""
    table = Table(name, MetaData(), autoload_with=connection)
    empty = {int: 1, str: "", bytes: b"", bool: False, datetime: builders.NOON.replace(tzinfo=None)}
    row = {c.name: empty.get(c.type.python_type, {}) for c in table.c if not c.nullable}
    for column in table.c:
        for key in column.foreign_keys if not column.nullable else ():
            row[column.name] = _least(connection, key.column.table.name)[key.column.name]
    connection.execute(insert(table).values(row))
    return row
