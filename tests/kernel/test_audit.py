"""The record: whole as long as nobody touches it, and it says what was done to it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from servicehall.kernel import audit, merkle
from servicehall.kernel.audit import GENESIS, Act, AuditEntry, AuditHead, AuditNode, Head
from tests.builders import NOON
from tests.kernel import tampering


def act(number=1, **changes):
    given = {
        "at": NOON, "actor": "a-1", "department": "", "act": "test.done", "subject": f"s-{number}",
        "person": "", "detail": {"number": number},
    }  # fmt: skip
    return Act(**{**given, **changes})


@pytest.fixture
def heads(database):
    """A record of ten entries, and the heads seen after each."""
    with database.session() as session:
        seen = [audit.append(session, [act(n)]) for n in range(1, 11)]
        session.commit()
    return seen


@pytest.fixture
def session(database):
    with database.session() as opened:
        yield opened


def test_the_record_begins_with_nothing(session):
    assert audit.head(session) == Head(0, GENESIS)
    assert list(audit.broken(session)) == []


def test_numbers_have_no_gap_and_each_entry_is_a_leaf(session, heads):
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [e.id for e in entries] == list(range(1, 11))
    edge = merkle.Edge()
    for number, entry in enumerate(entries, 1):
        edge.add(bytes.fromhex(entry.hash))
        assert heads[number - 1] == Head(number, edge.root.hex())
        body = audit.content(number, act(number), entry.salt)
        assert audit.leaf(body, entry.salt).hex() == entry.hash
    assert audit.head(session) == heads[-1]
    assert list(audit.broken(session, heads)) == []


def test_no_two_salts_are_the_same_and_the_same_act_has_another_hash_each_time(session):
    audit.append(session, [act(1)] * 20)
    rows = session.execute(select(AuditEntry.salt, AuditEntry.hash)).all()
    assert len({salt for salt, _ in rows}) == len({hash_ for _, hash_ in rows}) == 20
    assert all(len(bytes.fromhex(salt)) == 16 for salt, _ in rows)


def test_who_acted_is_sealed_and_shown_by_telling(session):
    audit.append(session, [act(1, actor="somebody")])
    entry = session.get_one(AuditEntry, 1)
    body = audit.content(1, entry, entry.salt)
    assert "somebody" not in str(body)
    assert body["actor"] == audit.sealed("somebody", entry.salt) != audit.sealed("a", entry.salt)


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
    "salt": "0" * 32,
}  # fmt: skip


@pytest.mark.parametrize("column", TAMPERED)
def test_an_altered_entry_is_named(session, heads, column):
    session.execute(update(AuditEntry).where(AuditEntry.id == 4).values({column: TAMPERED[column]}))
    session.commit()
    assert list(audit.broken(session, heads)) == ["audit entry 4 was altered"]
    assert list(audit.broken(session)) == ["audit entry 4 was altered"]


def test_an_entry_hashed_anew_is_named(session, heads):
    entry = session.get_one(AuditEntry, 4)
    entry.actor = "b"
    entry.hash = audit.leaf(audit.content(4, entry, entry.salt), entry.salt).hex()
    session.commit()
    assert list(audit.broken(session, heads)) == ["audit entry 4 was altered"]


def test_several_breaches_are_named_each(session, heads):
    session.execute(update(AuditEntry).where(AuditEntry.id.in_((2, 7))).values(actor="b"))
    session.execute(delete(AuditEntry).where(AuditEntry.id == 5))
    session.commit()
    assert list(audit.broken(session, heads)) == [
        "audit entry 2 was altered", "audit entry 5 is missing", "audit entry 7 was altered",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("node", "told"),
    [(6, "audit entry 4 was altered"),
     (5, "the hash kept over audit entries 3 to 4 is not theirs"),
     (3, "the hash kept over audit entries 1 to 4 is not theirs")],
)  # fmt: skip
def test_an_altered_or_missing_hash_is_named(session, heads, node, told):
    session.execute(update(AuditNode).where(AuditNode.id == node).values(hash=b"f" * 32))
    assert told in list(audit.broken(session, heads))
    session.execute(delete(AuditNode).where(AuditNode.id == node))
    said = list(audit.broken(session, heads))
    assert said == [told if node != 6 else "the hash kept of audit entry 4 is missing"]


def test_a_missing_entry_is_named(session, heads):
    session.execute(delete(AuditEntry).where(AuditEntry.id == 4))
    session.commit()
    assert list(audit.broken(session)) == ["audit entry 4 is missing"]


def test_exchanged_entries_are_named(session, heads):
    for old, new in ((4, 99), (5, 4), (99, 5)):
        session.execute(update(AuditEntry).where(AuditEntry.id == old).values(id=new))
    session.commit()
    assert {"audit entry 4 was altered", "audit entry 5 was altered"} <= {*audit.broken(session)}


def test_a_forged_entry_at_the_end_is_seen(session, heads):
    forged = act(11)
    leaf = audit.leaf(audit.content(11, forged, "00" * 16), "00" * 16)
    values = forged._asdict()
    session.add(AuditEntry(id=11, salt="00" * 16, hash=leaf.hex(), **values))
    session.commit()
    assert list(audit.broken(session)) == ["audit entry 11 stands behind the end of the record"]
    session.add(AuditNode(id=20, hash=leaf))
    session.commit()
    assert "a hash is kept of an entry behind the end of the record" in list(audit.broken(session))


def cut(session, length, hash_):
    session.execute(delete(AuditEntry).where(AuditEntry.id > length))
    session.execute(delete(AuditNode).where(AuditNode.id > 2 * length - 2))
    edge = merkle.Edge()
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        edge.add(bytes.fromhex(entry.hash))
    end = {"length": length, "hash": hash_, "edge": edge.packed}
    session.execute(update(AuditHead).values(end))
    session.commit()


def test_a_cut_tail_is_seen_against_a_head_kept_outside(session, heads):
    cut(session, 7, heads[6].hash)
    assert list(audit.broken(session, heads[:7])) == []
    assert any("after 7 are gone" in line for line in audit.broken(session, [heads[-1]]))


def test_a_tail_cut_without_the_head_is_seen_from_inside(session, heads):
    session.execute(delete(AuditEntry).where(AuditEntry.id > 7))
    session.commit()
    assert list(audit.broken(session)) == [f"audit entry {n} is missing" for n in (8, 9, 10)]


def test_a_record_written_anew_is_seen_against_a_head_kept_outside(session, heads):
    for table in (AuditEntry, AuditNode):
        session.execute(delete(table))
    session.execute(update(AuditHead).values(length=0, hash=GENESIS, edge=b""))
    audit.append(session, [act(n, actor="somebody else") for n in range(1, 11)])
    session.commit()
    assert list(audit.broken(session)) == []
    assert list(audit.broken(session, [heads[5], heads[8]])) == [
        "audit entries 1 to 6 are not those a checkpoint was signed for"
    ]


def test_an_altered_edge_is_seen(session, heads):
    session.execute(update(AuditHead).values(edge=b"f" * 64))
    assert list(audit.broken(session)) == ["the record says it has 10 entries and ends otherwise"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=36)
@given(
    st.sampled_from(tampering.KINDS), st.integers(1, 10),
    st.sets(st.integers(1, 9)),
)  # fmt: skip
def test_no_tampering_escapes_the_entries_and_the_heads_outside(
    session, heads, tamper, number, signed
):
    """Six kinds at any entry; the last head and any others are kept outside (RELIABILITY 3.9)."""
    session.rollback()  # of the example before
    session.expunge_all()
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    outside = [heads[n - 1] for n in sorted({*signed, 10})]
    assert list(audit.broken(session, outside)) == []
    tamper(session, number, [*entries])
    assert list(audit.broken(session, outside))


def test_a_lost_head_is_seen(session, heads):
    session.execute(delete(AuditHead))
    session.commit()
    assert list(audit.broken(session))


def test_without_its_head_the_record_takes_no_entry(session):
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
        left = audit.content(1, act(department=one + other, subject=""), "00")
        assert audit.leaf(left, "00") != audit.leaf(
            audit.content(1, act(department=other, subject=one), "00"), "00"
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


def test_a_head_of_the_empty_record_and_two_heads_at_one_length(session, heads):
    assert list(audit.broken(session, [Head(0, GENESIS), *heads])) == []
    assert list(audit.broken(session, [heads[2], Head(3, "f" * 64)])) == [
        "audit entries 1 to 3 are not those a checkpoint was signed for"
    ]


def test_the_rows_count_and_not_what_the_session_remembers(database, session, heads):
    first = session.get_one(AuditEntry, 1)
    with database.session() as other:
        other.execute(update(AuditEntry).where(AuditEntry.id == 1).values(actor="b"))
        other.commit()
    assert first.actor == "a-1"
    assert "audit entry 1 was altered" in list(audit.broken(session))
