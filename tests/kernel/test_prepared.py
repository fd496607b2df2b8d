"""A prepared statement does what SQLAlchemy would do with it, value for value."""

import pytest
from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound, PendingRollbackError

from servicehall.identity.models import Account
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.database import refusal, table_of
from servicehall.kernel.errors import Conflict
from servicehall.kernel.prepared import Prepared, numbered, one_of
from servicehall.kernel.serials import Serial
from tests.builders import NOON

SERIALS, ENTRIES, ACCOUNTS = (table_of(one).c for one in (Serial, AuditEntry, Account))
NEW = Prepared(insert(table_of(Serial)).inline(), ("name", "value"))
STEP = Prepared(
    update(table_of(Serial))
    .where(SERIALS.name == bindparam("called"))
    .values(value=SERIALS.value + 1)
    .returning(SERIALS.name, SERIALS.value)
)


@pytest.fixture
def session(database):
    with database.session() as session:
        NEW.enter(session, [{"name": "a", "value": 1}, {"name": "b", "value": 2}])
        session.commit()
        yield session


def test_rows_are_entered_found_and_changed(session):
    assert STEP.rows(session, called="a") == [("a", 2)]
    assert STEP.rows(session, called="c") == []
    asked = Prepared(select(SERIALS.name).where(one_of(SERIALS.name, "name", 3)))
    assert sorted(asked.rows(session, **numbered("name", "abc"))) == [("a",), ("b",)]


def test_exactly_one_row_is_one(session):
    assert STEP.row(session, called="b") == ("b", 3)
    with pytest.raises(NoResultFound):
        STEP.row(session, called="c")
    with pytest.raises(NoResultFound):
        Prepared(select(SERIALS.name)).row(session)


def test_each_value_goes_through_the_type_of_its_column(session):
    """Moments, JSON; what a constant in the statement says, too."""
    told = {
        "id": 1, "at": NOON, "actor": "a-1", "department": "", "act": "test.done", "subject": "s",
        "person": "", "detail": {"n": [1, "二"]}, "salt": "00", "hash": "ab",
    }  # fmt: skip
    Prepared(insert(table_of(AuditEntry)).inline(), tuple(told)).enter(session, [told])
    query = select(ENTRIES.at, ENTRIES.detail, ENTRIES.id).where(ENTRIES.at == NOON)
    assert Prepared(query).rows(session) == [(NOON, {"n": [1, "二"]}, 1)]
    assert list(session.execute(query)) == [(NOON, {"n": [1, "二"]}, 1)]


def test_a_missing_value_is_told(session):
    with pytest.raises(KeyError, match="value"):
        NEW.enter(session, [{"name": "c"}])
    with pytest.raises(KeyError, match="called"):
        STEP.rows(session)


def test_its_errors_are_those_of_any_statement(session):
    with pytest.raises(IntegrityError) as raised:
        NEW.enter(session, [{"name": "a", "value": 1}])
    assert isinstance(refusal(raised.value), Conflict)
    assert "'a'" not in str(raised.value.__class__("", None, raised.value.orig))
    session.rollback()
    with pytest.raises(IntegrityError):
        NEW.enter(session, [{"name": "c", "value": 1}, {"name": "a", "value": 1}])
    session.rollback()
    assert Prepared(select(SERIALS.name).where(SERIALS.name == "c")).rows(session) == []


def test_who_listens_to_the_engine_hears_it(session):
    heard = []

    def listen(*told):
        heard.append(told[2])

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    STEP.rows(session, called="a")
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert [text.split()[0] for text in heard] == ["UPDATE"]


def test_a_change_is_noticed(work):
    Prepared(select(SERIALS.name)).rows(work.session)
    assert not work.unfinished
    NEW.enter(work.session, [{"name": "c", "value": 1}])
    assert work.unfinished
    with pytest.raises(RuntimeError, match="nothing was recorded"):
        work.commit()


def test_each_transaction_has_its_own_connection(session):
    assert STEP.rows(session, called="a") == [("a", 2)]
    session.rollback()
    assert STEP.rows(session, called="a") == [("a", 2)]  # what was taken back is forgotten
    session.commit()
    assert STEP.rows(session, called="a") == [("a", 3)]
    session.close()
    assert STEP.rows(session, called="a") == [("a", 3)]


def test_within_a_savepoint_what_it_did_is_taken_back_with_it(session):
    STEP.rows(session, called="a")
    with session.begin_nested() as savepoint:
        STEP.rows(session, called="a")
        savepoint.rollback()
    assert STEP.rows(session, called="a") == [("a", 3)]


def test_after_an_error_nothing_runs_until_it_was_taken_back(session):
    session.add(Serial(name="a", value=1))
    with pytest.raises(IntegrityError):
        session.flush()
    with pytest.raises(PendingRollbackError):
        STEP.rows(session, called="a")
    session.rollback()
    assert STEP.rows(session, called="a") == [("a", 2)]
