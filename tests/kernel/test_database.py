"""The database keeps what it promised, its writers queue, and its errors become refusals."""

import multiprocessing
import threading

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError

from servicehall.identity.models import Account, Mandate, Organization
from servicehall.kernel import database as databases
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.database import PRAGMAS, HallConnection, append_only, enter, hold, refusal
from servicehall.kernel.errors import Conflict, StorageFull, Unavailable
from servicehall.kernel.serials import Serial
from servicehall.kernel.vault import Vault
from tests import builders
from tests.builders import MASTER, NOON


@pytest.fixture
def sqlite(tmp_path):
    """An SQLite database, whatever the other tests run on."""
    with databases.open_database(f"sqlite:///{tmp_path}/own/hall.db", Vault(MASTER)) as opened:
        databases.Base.metadata.create_all(opened.engine)
        yield opened


def test_every_connection_is_durable_and_keeps_foreign_keys(sqlite):
    with sqlite.engine.connect() as one, sqlite.engine.connect() as other:
        for connection in (one, other):
            for name, wanted in PRAGMAS.items():
                assert connection.execute(text(f"PRAGMA {name}")).scalar() == wanted
    assert PRAGMAS["journal_mode"] == "wal"
    assert (PRAGMAS["synchronous"], PRAGMAS["foreign_keys"]) == (2, 1)


def test_a_database_that_cannot_keep_its_promise_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setitem(PRAGMAS, "synchronous", 9)  # SQLite does not know it, and keeps another
    with pytest.raises(RuntimeError, match="SQLite keeps synchronous="):
        databases.open_database(f"sqlite:///{tmp_path}/hall.db", Vault(MASTER))


def test_a_missing_parent_is_refused(work):
    work.session.add(Mandate(person_id=99, organization_id=99, title="x", starts_at=NOON,
                             ends_at=None, revoked_at=None))  # fmt: skip
    with pytest.raises(IntegrityError):
        work.session.flush()


def test_readers_see_the_last_commit_while_somebody_writes(database):
    with database.session() as writer, database.session() as reader:
        writer.add(Serial(name="a", value=1))
        writer.flush()
        assert reader.scalars(select(Serial)).all() == []
        writer.commit()
        reader.rollback()
        assert len(reader.scalars(select(Serial)).all()) == 1


def add_one(url, times, start):
    with databases.open_database(url, Vault(MASTER)) as opened:
        start.wait()
        for _ in range(times):
            with opened.session() as session:
                row = session.scalars(select(Serial)).one()
                hold(session, row)
                row.value += 1
                session.commit()


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_writers_queue_and_no_step_is_lost(database, kind):
    with database.session() as session:
        session.add(Serial(name="a", value=0))
        session.commit()
    url = database.engine.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    make, barrier = {
        "threads": (threading.Thread, threading.Barrier(4)),
        "processes": (context.Process, context.Barrier(4)),
    }[kind]
    workers = [make(target=add_one, args=(url, 20, barrier)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.session() as session:
        assert session.scalars(select(Serial.value)).one() == 80


def test_a_writer_that_waits_too_long_is_turned_away(sqlite, monkeypatch):
    monkeypatch.setattr(databases, "LOCK_SECONDS", 0.0)
    with sqlite.session() as first, sqlite.session() as second:
        first.add(Serial(name="a", value=1))
        first.flush()
        second.add(Serial(name="b", value=1))
        with pytest.raises(Exception, match="database is locked") as raised:
            second.flush()
        assert isinstance(refusal(raised.value), Unavailable)
        second.rollback()
        first.commit()
        second.add(Serial(name="b", value=1))
        second.commit()


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_queue_moves_on_however_a_transaction_ends(sqlite, monkeypatch, end):
    monkeypatch.setattr(databases, "LOCK_SECONDS", 0.0)
    first = sqlite.session()
    first.add(Serial(name="a", value=1))
    first.flush()
    getattr(first, end)()
    with sqlite.session() as second:
        second.add(Serial(name="b", value=1))
        second.commit()
    first.close()


def test_the_queue_moves_on_when_a_connection_is_lost(sqlite, monkeypatch):
    monkeypatch.setattr(databases, "LOCK_SECONDS", 0.0)
    first = sqlite.engine.connect()
    first.execute(insert(Serial).values(name="a", value=1))
    first.invalidate()
    with sqlite.engine.begin() as second:
        second.execute(insert(Serial).values(name="b", value=1))
    first.close()
    with sqlite.engine.connect() as connection:
        assert connection.execute(select(Serial.name)).scalars().all() == ["b"]


def test_a_connection_without_a_queue_still_works(tmp_path):
    path = tmp_path / "plain.db"
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"factory": HallConnection, "isolation_level": None}
    )
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    engine.dispose()


def test_a_savepoint_queues_as_a_write_does(sqlite, monkeypatch):
    monkeypatch.setattr(databases, "LOCK_SECONDS", 0.0)
    with sqlite.engine.connect() as one, sqlite.engine.connect() as other:
        one.begin_nested()  # else what is read now could not be written upon later
        assert one.execute(select(Serial)).all() == []
        with pytest.raises(Exception, match="database is locked"):
            other.execute(insert(Serial).values(name="b", value=1))
        one.execute(insert(Serial).values(name="a", value=1))
        one.commit()


def entry(number):
    return AuditEntry(
        id=number, at=NOON, actor="a", department="", act="x", subject="s", person="", detail={},
        salt="", hash=f"{number:064}",
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET actor = 'b'", "DELETE FROM audit_entry"]
)
def test_an_append_only_table_takes_rows_and_nothing_else(database, statement):
    with database.engine.begin() as connection:
        append_only(connection, "audit_entry")
        append_only(connection, "audit_entry")  # again does no harm
    with database.session() as session:
        session.add(entry(1))
        session.commit()
        with pytest.raises(DBAPIError, match="audit_entry is append-only"):
            session.execute(text(statement))
        session.rollback()
        assert session.scalars(select(AuditEntry.actor)).all() == ["a"]


def test_an_append_only_table_is_not_emptied_or_overwritten(database):
    statement = {
        "sqlite": "INSERT OR REPLACE INTO audit_entry (id, actor, department, act, subject, person,"
        " detail, salt, hash, at) SELECT id, 'b', department, act, subject, person, detail, salt, hash, at"
        " FROM audit_entry",
        "postgresql": "TRUNCATE audit_entry",
    }[database.engine.dialect.name]
    with database.engine.begin() as connection:
        append_only(connection, "audit_entry")
    with database.session() as session:
        session.add(entry(1))
        session.commit()
        with pytest.raises(DBAPIError, match="audit_entry is append-only"):
            session.execute(text(statement))


def test_a_missing_value_and_a_wrong_statement_are_our_own_faults(work):
    work.session.add(Organization(code=builders.CODE))
    with pytest.raises(IntegrityError) as missing:
        work.session.flush()
    work.rollback()
    with pytest.raises(DBAPIError) as wrong:
        work.session.execute(text("SELECT colour FROM organization"))
    assert (refusal(missing.value), refusal(wrong.value)) == (None, None)


def test_no_free_connection_is_unavailable():
    assert isinstance(refusal(TimeoutError("QueuePool limit")), Unavailable)


def test_a_value_that_is_there_already_is_a_conflict(work):
    builders.organization(work)
    work.session.add(Organization(code=builders.CODE, name="x"))
    with pytest.raises(IntegrityError) as raised:
        work.session.flush()
    assert isinstance(refusal(raised.value), Conflict)


def test_a_row_that_somebody_else_removed_is_a_conflict(database):
    with database.session() as one, database.session() as other:
        one.add(Serial(name="a", value=1))
        one.commit()
        mine = one.scalars(select(Serial)).one()
        other.delete(other.scalars(select(Serial)).one())
        one.commit()
        other.commit()
        mine.value = 2
        with pytest.raises(StaleDataError) as raised:
            one.commit()
    assert isinstance(refusal(raised.value), Conflict)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("database or disk is full", StorageFull),
        ("could not extend file: No space left on device", StorageFull),
        ("database is locked", Unavailable),
        ("disk I/O error", Unavailable),
        ("connection refused", Unavailable),
    ],
)
def test_an_outage_is_unavailable_and_a_full_disk_says_so(reason, kind):
    found = refusal(OperationalError("INSERT", {}, Exception(reason)))
    assert type(found) is kind


def test_a_lost_connection_is_unavailable():
    lost = DBAPIError("SELECT", {}, Exception("gone"), connection_invalidated=True)
    assert isinstance(refusal(lost), Unavailable)


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), RuntimeError("x")])
def test_our_own_faults_are_not_dressed_up(error):
    assert refusal(error) is None


def test_nobody_there_is_unavailable():
    port = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    with (
        databases.open_database(port, Vault(MASTER)) as opened,
        opened.session() as session,
        pytest.raises(OperationalError) as raised,
    ):
        session.scalars(select(Account)).all()
    assert isinstance(refusal(raised.value), Unavailable)


def test_a_held_row_cannot_be_held_by_another(sqlite, monkeypatch):
    monkeypatch.setattr(databases, "LOCK_SECONDS", 0.0)
    with sqlite.session() as one, sqlite.session() as other:
        one.add(Serial(name="a", value=1))
        one.commit()
        hold(one, one.scalars(select(Serial)).one())
        with pytest.raises(Exception, match="database is locked"):
            hold(other, other.scalars(select(Serial)).one())


def test_rows_are_entered_as_objects_are_kept(database):
    """By column, in one statement: a moment is UTC, what is sealed is sealed."""
    entry = {
        "id": 1, "at": NOON, "actor": "a-1", "department": "", "act": "test.done", "subject": "s",
        "person": "", "detail": {"n": 1}, "salt": "00", "hash": "ab",
    }  # fmt: skip
    with database.session() as session:
        enter(session, AuditEntry, [entry, entry | {"id": 2, "hash": "cd"}])
        session.commit()
    with database.session() as session:
        kept = session.get_one(AuditEntry, 2)
        assert (kept.at, kept.detail, kept.hash) == (NOON, {"n": 1}, "cd")
