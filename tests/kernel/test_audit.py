"""The chain: whole as long as nobody touches it, and it says what was done to it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from servicehall.kernel import audit
from servicehall.kernel.audit import GENESIS, Act, AuditEntry, AuditHead, Head
from tests.builders import NOON


def act(number=1, **changes):
    given = {
        "at": NOON, "actor": "a-1", "department": "", "act": "test.done", "subject": f"s-{number}",
        "person": "", "detail": {"number": number},
    }  # fmt: skip
    return Act(**{**given, **changes})


@pytest.fixture
def heads(database):
    """A chain of ten entries, and the heads seen after each."""
    with database.session() as session:
        seen = [audit.append(session, [act(n)]) for n in range(1, 11)]
        session.commit()
    return seen


@pytest.fixture
def session(database):
    with database.session() as opened:
        yield opened


def test_the_chain_begins_with_nothing(session):
    assert audit.head(session) == Head(0, GENESIS)
    assert list(audit.broken(session)) == []


def test_numbers_have_no_gap_and_each_entry_holds_the_one_before(session, heads):
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [e.id for e in entries] == list(range(1, 11))
    assert [e.hash for e in entries] == [h.hash for h in heads]
    assert audit.head(session) == heads[-1] == Head(10, entries[-1].hash)
    assert entries[0].hash == audit.digest(GENESIS, 1, act(1))
    assert list(audit.broken(session, heads)) == []


def test_several_acts_at_once_follow_each_other(session):
    head = audit.append(session, [act(1), act(2), act(3)])
    assert head.length == 3
    assert list(audit.broken(session, [head])) == []


def test_what_was_rolled_back_never_was(session, heads):
    audit.append(session, [act(11)])
    session.rollback()
    assert audit.head(session) == heads[-1]
    assert list(audit.broken(session, heads)) == []


TAMPERED = {
    "at": NOON.replace(year=2020), "actor": "a-2", "department": "d", "act": "test.else",
    "subject": "s-0", "person": "person:x", "detail": {"number": 0}, "hash": "f" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", TAMPERED)
def test_an_altered_entry_is_named(session, heads, column):
    session.execute(update(AuditEntry).where(AuditEntry.id == 4).values({column: TAMPERED[column]}))
    session.commit()
    assert "audit entry 4 was altered" in list(audit.broken(session, heads))
    assert "audit entry 4 was altered" in list(audit.broken(session))


def test_a_missing_entry_is_named(session, heads):
    session.execute(delete(AuditEntry).where(AuditEntry.id == 4))
    session.commit()
    assert list(audit.broken(session)) == ["audit entry 4 is missing"]


def test_exchanged_entries_are_named(session, heads):
    for old, new in ((4, 99), (5, 4), (99, 5)):
        session.execute(update(AuditEntry).where(AuditEntry.id == old).values(id=new))
    session.commit()
    assert "audit entry 4 was altered" in list(audit.broken(session))


def test_a_forged_entry_at_the_end_is_seen(session, heads):
    forged = act(11)
    digest = audit.digest(heads[-1].hash, 11, forged)
    values = {k: getattr(forged, k) for k in Act.__slots__}
    session.add(AuditEntry(id=11, hash=digest, **values))
    session.commit()
    assert list(audit.broken(session)) == ["audit entry 11 stands behind the end of the chain"]


def cut(session, length, hash_):
    session.execute(delete(AuditEntry).where(AuditEntry.id > length))
    session.execute(update(AuditHead).values(length=length, hash=hash_))
    session.commit()


def test_a_cut_tail_is_seen_against_a_head_kept_outside(session, heads):
    cut(session, 7, heads[6].hash)
    assert list(audit.broken(session, heads[:7])) == []
    assert any("after 7 are gone" in line for line in audit.broken(session, [heads[-1]]))


def test_a_tail_cut_without_the_head_is_seen_from_inside(session, heads):
    session.execute(delete(AuditEntry).where(AuditEntry.id > 7))
    session.commit()
    assert any("10 entries" in line for line in audit.broken(session))


def test_a_chain_written_anew_is_seen_against_a_head_kept_outside(session, heads):
    session.execute(delete(AuditEntry))
    session.execute(update(AuditHead).values(length=0, hash=GENESIS))
    audit.append(session, [act(n, actor="somebody else") for n in range(1, 11)])
    session.commit()
    assert list(audit.broken(session)) == []
    assert list(audit.broken(session, [heads[5]])) == [
        "audit entry 6 is not the one a checkpoint was signed for"
    ]


def test_a_lost_head_is_seen(session, heads):
    session.execute(delete(AuditHead))
    session.commit()
    assert list(audit.broken(session))


def test_without_its_head_the_chain_takes_no_entry(session):
    session.execute(delete(AuditHead))
    with pytest.raises(Exception, match="No row"):
        audit.append(session, [act()])


plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
details = st.dictionaries(
    plain,
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | plain | st.lists(plain),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(details, plain, plain)
def test_whatever_was_recorded_reads_back_the_same(session, detail, actor, subject):
    audit.append(session, [act(detail=detail, actor=actor, subject=subject)])
    session.commit()
    session.expire_all()
    assert list(audit.broken(session)) == []


@given(plain, plain)
def test_neighbouring_fields_cannot_flow_into_each_other(one, other):
    if one:
        assert audit.digest(GENESIS, 1, act(actor=one + other, subject="")) != audit.digest(
            GENESIS, 1, act(actor=other, subject=one)
        )


def test_what_others_commit_while_it_looks_is_no_breach(database, session, heads):
    looking = audit.broken(session, heads)
    session.execute(
        update(AuditEntry).where(AuditEntry.id == 1).values(hash="f" * 64)
    )  # so that it stops after the first entry, and another commits
    session.commit()
    assert next(looking) == "audit entry 1 was altered"
    with database.session() as other:
        audit.append(other, [act(11)])
        other.commit()
    assert not any("behind" in line or "says it has" in line for line in looking)


def test_a_head_of_the_empty_chain_and_two_heads_at_one_length(session, heads):
    assert list(audit.broken(session, [Head(0, GENESIS), *heads])) == []
    assert list(audit.broken(session, [heads[2], Head(3, "f" * 64)])) == [
        "audit entry 3 is not the one a checkpoint was signed for"
    ]


def test_the_rows_count_and_not_what_the_session_remembers(database, session, heads):
    first = session.get_one(AuditEntry, 1)
    with database.session() as other:
        other.execute(update(AuditEntry).where(AuditEntry.id == 1).values(actor="b"))
        other.commit()
    assert first.actor == "a-1"
    assert "audit entry 1 was altered" in list(audit.broken(session))
