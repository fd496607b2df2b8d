"""A unit of work: everything or nothing, never silent, by somebody, at a time."""

from datetime import date

import pytest
from sqlalchemy import delete, func, select, update

from servicehall.identity.models import Organization
from servicehall.kernel import trees
from servicehall.kernel.audit import AuditEntry, AuditNode, Head
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from tests import builders

CLERK = Actor("c-1", "李", frozenset({"clerk"}), department="119901010000002388")
AGENT = Actor("a-1", "王", frozenset({"citizen"}), person="p-1", organization=builders.CODE)


def count(work, table=Organization):
    return work.session.scalar(select(func.count()).select_from(table))


def test_nothing_stays_unless_somebody_commits(begin):
    with begin() as work:
        builders.organization(work)
        work.record("test.made", "x")
    with begin() as work:
        assert (count(work), count(work, AuditEntry)) == (0, 0)


def test_a_recorded_change_stays_with_who_when_and_what(begin, clock):
    with begin(CLERK) as work:
        builders.organization(work)
        work.record("test.made", "subject-1", person="person:p-1", number=3)
        work.commit()
        assert not work.unfinished
    with begin() as work:
        (entry,) = work.session.scalars(select(AuditEntry)).all()
        assert (entry.actor, entry.department, entry.act) == ("c-1", CLERK.department, "test.made")
        assert (entry.subject, entry.person, entry.at) == ("subject-1", "person:p-1", clock.now())
        assert entry.detail == {"number": 3}


def silently_add(work):
    work.session.add(Organization(code=builders.CODE, name="x"))


def silently_change(work):
    work.session.scalars(select(Organization)).one().name = "y"


def silently_delete(work):
    work.session.delete(work.session.scalars(select(Organization)).one())


def silently_update(work):
    work.session.execute(update(Organization).values(name="y"))


def silently_erase(work):
    work.session.execute(delete(Organization))


@pytest.mark.parametrize(
    "verb", [silently_change, silently_delete, silently_update, silently_erase]
)
def test_a_silent_change_cannot_be_committed(begin, verb):
    with begin() as work:
        made = builders.organization(work)
        work.record("test.made", made.code)
        work.commit()
        verb(work)
        with pytest.raises(RuntimeError, match="nothing was recorded"):
            work.commit()
    with begin() as work:
        assert work.session.scalars(select(Organization.name)).one() == "示范商店"


def test_a_silent_addition_cannot_be_committed(begin):
    with begin() as work:
        silently_add(work)
        with pytest.raises(RuntimeError, match="nothing was recorded"):
            work.commit()


def test_reading_and_setting_the_same_value_are_no_change(begin):
    with begin() as work:
        made = builders.organization(work)
        work.record("test.made", made.code)
        work.commit()
        made.name = str(made.name)
        work.commit()
        assert not work.unfinished


def test_an_act_without_a_change_is_kept_too(begin):
    with begin() as work:
        work.record("test.read", "x")
        assert work.unfinished
        work.commit()
        assert count(work, AuditEntry) == 1


def test_what_was_rolled_back_is_forgotten_with_its_acts_and_jobs(begin):
    done = []
    with begin() as work:
        builders.organization(work)
        work.record("test.made", "x")
        work.after_commit(lambda: done.append(1))
        work.rollback()
        assert not work.unfinished
        work.commit()
        assert (count(work), count(work, AuditEntry), done) == (0, 0, [])


def test_jobs_come_after_the_commit_and_once(begin):
    seen = []
    with begin() as work, begin() as other:
        builders.organization(work)
        work.record("test.made", "x")
        work.after_commit(lambda: seen.append(count(other)))
        assert seen == []
        work.commit()
        work.commit()
    assert seen == [1]


def test_each_commit_hands_out_the_new_head(database, clock):
    heads = []
    with UnitOfWork(database, SYSTEM, clock, {}, heads.append) as work:
        work.commit()
        for number in range(2):
            work.record("test.done", str(number))
            work.commit()
        roots = [trees.root(work.session, AuditNode, size).hex() for size in (1, 2)]
    assert heads == [Head(1, roots[0]), Head(2, roots[1])]


def test_acting_for_an_organization_is_on_record(begin):
    with begin(AGENT) as work:
        work.record("test.done", "x")
        work.commit()
        assert work.session.scalars(select(AuditEntry.detail)).one() == {"for": builders.CODE}


def test_parties():
    assert AGENT.party == f"org:{builders.CODE}"
    assert Actor("a-1", "王", person="p-1").party == "person:p-1"


def test_the_day_is_that_of_the_hall(begin, clock):
    clock.forward(hours=13)  # 17:00 UTC
    with begin() as work:
        assert work.now() == clock.now()
        assert work.today() == date(2026, 3, 3)


def test_a_port_gives_its_adapter(database, clock):
    class Port:
        pass

    plugged = Port()
    with UnitOfWork(database, SYSTEM, clock, {Port: plugged}) as work:
        assert work.use(Port) is plugged
        with pytest.raises(KeyError):
            work.use(str)


def test_a_held_row_is_read_anew(begin):
    with begin() as work, begin() as other:
        made = builders.organization(work)
        work.record("test.made", "x")
        work.commit()
        theirs = other.session.get_one(Organization, made.id)
        theirs.name = "新名"
        other.record("test.changed", "x")
        other.commit()
        assert made.name == "示范商店"
        work.hold(made)
        assert made.name == "新名"


@pytest.mark.parametrize("verb", [silently_change, silently_delete, silently_add])
def test_a_change_counts_as_unfinished_before_it_reaches_the_database(begin, verb):
    with begin() as work:
        if verb is not silently_add:
            builders.organization(work)
            work.record("test.made", "x")
            work.commit()
        assert not work.unfinished
        verb(work)
        assert work.unfinished
        work.rollback()
        assert not work.unfinished


def test_a_row_that_reads_others_with_it_can_be_held(begin):
    with begin() as work:
        account = builders.account(work, "wang", holder=builders.person(work))
        work.record("test.made", account.key)
        work.commit()
        work.hold(account)
        assert account.person.number == builders.NUMBER


def test_a_refusal_outlives_what_is_taken_back(begin):
    with begin(CLERK) as work:
        builders.organization(work)
        work.record("test.made", "subject-1")
        work.refuse("test.denied", "subject-2", person="person:p-2")
        work.keep_refusals()
        work.keep_refusals()  # once
    with begin() as work:
        (entry,) = work.session.scalars(select(AuditEntry)).all()
        assert (entry.act, entry.subject, entry.actor) == ("test.denied", "subject-2", "c-1")
        assert count(work) == 0


def test_no_refusal_takes_nothing_back(begin):
    with begin(CLERK) as work:
        work.record("test.made", "subject-1")
        work.keep_refusals()
        work.commit()
    with begin() as work:
        assert count(work, AuditEntry) == 1
