"""A test finds every table empty, whatever the test before it wrote or altered."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from servicehall.identity.models import Organization
from servicehall.kernel.audit import AuditEntry, AuditHead
from servicehall.kernel.database import Database, append_only
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.tables import METADATA
from servicehall.transparency.models import LicenseLog
from tests import kept
from tests.builders import SERVER, StillClock, organization, whole_database

FIRST = {AuditHead.__tablename__, LicenseLog.__tablename__}


def written(opened: Database, count: int = 2) -> list[int]:
    """The numbers of so many new organizations."""
    with UnitOfWork(opened, SYSTEM, StillClock(), {}) as work:
        numbers = [organization(work, code=f"code-{number}").id for number in range(count)]
        work.record("test.done", "organization")
        work.commit()
        return numbers


def rows(opened: Database) -> dict[str, int]:
    with opened.session() as session:
        counts = {name: session.scalar(text(f'SELECT count(*) FROM "{name}"'))
                  for name in METADATA.tables}  # fmt: skip
    return {name: count for name, count in counts.items() if count}


def made(folder: Path) -> Database:
    """A database as a test finds it, which is looked at."""
    opened = whole_database(folder)
    assert rows(opened) == dict.fromkeys(FIRST, 1)
    return opened


@pytest.mark.parametrize("little", [kept._LITTLE, 0])
def test_rows_are_gone_and_numbers_begin_again(tmp_path, monkeypatch, little):
    """By DELETE, and by TRUNCATE where a test wrote much."""
    monkeypatch.setattr(kept, "_LITTLE", little)
    for number in range(3):
        with made(tmp_path / str(number)) as opened:
            assert written(opened) == [1, 2]


def test_what_was_kept_is_not_made_again(tmp_path, monkeypatch):
    whole_database(tmp_path / "one").close()

    def refused(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(METADATA, "create_all", refused)
    made(tmp_path / "other").close()


@pytest.mark.parametrize(
    "altered",
    [
        "ALTER TABLE organization ADD COLUMN colour VARCHAR",
        "ALTER TABLE organization RENAME TO company",
        "DROP TABLE {last}",
    ],
)
def test_tables_that_were_altered_are_made_anew(tmp_path, altered):
    def names(engine: Engine) -> set[tuple[str, str]]:
        with engine.connect() as connection:
            asked = (
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = 'public' UNION SELECT indexname, '' FROM pg_indexes"
                if SERVER
                else "SELECT name, sql FROM sqlite_schema"
            )
            return {tuple(row) for row in connection.execute(text(asked))}

    with made(tmp_path / "one") as opened:
        before = names(opened.engine)
        with opened.engine.begin() as connection:
            last = METADATA.sorted_tables[-1].name
            connection.exec_driver_sql(altered.format(last=last))
        assert names(opened.engine) != before
    with made(tmp_path / "other") as opened:
        assert names(opened.engine) == before
        assert written(opened) == [1, 2]


def test_triggers_do_not_outlive_their_test(tmp_path):
    entry = (
        "INSERT INTO audit_entry (id, at, actor, department, act, subject, person, detail, salt,"
        " hash) VALUES (1, '2026-03-02', 'a', '', 'x', 's', '', '{}', '', 'h')"
    )
    with made(tmp_path / "one") as opened:
        with opened.engine.begin() as connection:
            append_only(connection, "audit_entry")
            connection.exec_driver_sql(entry)
        with opened.engine.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql("DELETE FROM audit_entry")
    with made(tmp_path / "other") as opened, opened.session() as session:
        session.execute(text(entry))
        session.execute(text("DELETE FROM audit_entry"))
        assert session.scalars(select(AuditEntry)).all() == []


def test_a_closed_organization_is_unknown_to_the_next_test(tmp_path):
    with made(tmp_path / "one") as opened:
        written(opened)
    with made(tmp_path / "other") as opened, opened.session() as session:
        assert session.scalars(select(Organization)).all() == []
