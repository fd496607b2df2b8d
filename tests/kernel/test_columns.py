"""Column types: UTC in every engine, sealed fields, indexes that say nothing."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from servicehall.identity.models import Account, Person, SignInTry
from servicehall.kernel.columns import BlindIndex, Encrypted, UtcDateTime, vault_of
from servicehall.kernel.workdays import Workday
from tests import builders
from tests.builders import NUMBER, OTHER_NUMBER


@pytest.fixture
def dialect(database):
    return database.engine.dialect


def test_a_moment_of_any_zone_comes_back_the_same_in_utc(work):
    east = datetime(2026, 3, 2, 12, 30, tzinfo=timezone(timedelta(hours=8)))
    somebody = SignInTry(login="wang", failures=1, last_at=east, wait_until=None)
    work.session.add(somebody)
    work.session.flush()
    work.session.expire_all()
    assert somebody.last_at == east
    assert somebody.last_at.utcoffset() == timedelta(0)
    raw = work.session.scalar(text("SELECT last_at FROM sign_in_try"))
    assert str(raw).startswith("2026-03-02 04:30:00")


def test_no_moment_is_none(dialect):
    kind = UtcDateTime()
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None


def test_a_moment_without_a_zone_is_refused(dialect):
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 2), dialect)  # noqa: DTZ001


def test_the_database_never_sees_what_is_encrypted(work):
    builders.person(work, NUMBER, name="王小明")
    row = work.session.execute(text("SELECT number, name, phone, number_index FROM person")).one()
    cells = [c.encode() if isinstance(c, str) else bytes(c) for c in row]
    for plain in (NUMBER, "王小明", "19900000001"):
        assert all(plain.encode() not in cell for cell in cells)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: "\ud800" not in repr(value))  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_values)
def test_every_json_value_comes_back(dialect, value):
    kind = Encrypted("t.c")
    try:
        sealed = kind.process_bind_param(value, dialect)
    except UnicodeEncodeError:
        return
    assert kind.process_result_value(sealed, dialect) == value


def test_the_same_value_is_sealed_differently_each_time(dialect):
    kind = Encrypted("t.c")
    assert kind.process_bind_param("x", dialect) != kind.process_bind_param("x", dialect)


def test_a_value_moved_to_another_column_does_not_open(work):
    somebody = builders.person(work)
    work.session.execute(text("UPDATE person SET name = number"))
    work.session.expire_all()
    with pytest.raises(InvalidTag):
        work.session.refresh(somebody)


def test_a_person_is_found_by_the_plain_number(work):
    builders.person(work, NUMBER)
    builders.person(work, OTHER_NUMBER)
    found = work.session.scalars(select(Person).where(Person.number_index == NUMBER)).one()
    assert found.number == NUMBER
    raw = work.session.scalars(text("SELECT number_index FROM person")).all()
    assert all(len(index) == 32 for index in raw)


def test_blind_indexes_differ_by_column(dialect):
    one, other = BlindIndex("a.b"), BlindIndex("a.c")
    assert one.process_bind_param("x", dialect) == BlindIndex("a.b").process_bind_param(
        "x", dialect
    )
    assert one.process_bind_param("x", dialect) != other.process_bind_param("x", dialect)
    assert one.process_bind_param(None, dialect) is None


def test_the_vault_is_the_one_given_at_opening(dialect):
    assert vault_of(dialect).key("x") == vault_of(dialect).key("x")


def test_a_civil_day_stays_a_day(work):
    work.session.add(Workday(day=datetime(2026, 3, 2, tzinfo=UTC).date(), worked=True))
    work.session.flush()
    work.session.execute(update(Account).values(care=False))
    assert str(work.session.scalar(text("SELECT day FROM workday"))) == "2026-03-02"


def test_a_text_is_written_as_any_json_value_is(dialect):
    every = "".join(map(chr, [*range(0x300), 0x2028, 0x7ECF, 0xFFFF, 0x2CC56]))
    sealed = Encrypted("t.c").process_bind_param(every, dialect)
    told = vault_of(dialect).decrypt("t.c", sealed)
    assert told == json.dumps(every, ensure_ascii=False).encode()
