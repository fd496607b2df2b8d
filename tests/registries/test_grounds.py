"""Grounds: one for a matter, opened with consent, closed for good."""

import hashlib

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import Actor
from servicehall.registries import grounds

ACTOR = Actor("account-1", "王", frozenset({"citizen"}), person="person-1")
NEEDS = {"population.person": ["name", "sex"]}


def open_one(work, matter="matter-1"):
    return grounds.open_for(work, matter, item="990123009000", needs=NEEDS, words="我同意查询")


def test_a_ground_keeps_who_what_for_and_the_hash_of_the_words(begin, clock):
    with begin(ACTOR) as work:
        open_one(work)
        work.commit()
    with begin() as work:
        ground = grounds.of(work, "matter-1")
        assert (ground.party, ground.item, ground.needs) == (
            "person:person-1",
            "990123009000",
            NEEDS,
        )
        assert ground.consent == hashlib.sha256("我同意查询".encode()).hexdigest()
        assert (ground.opened_at, ground.closed_at) == (clock.now(), None)


def test_a_matter_has_one_ground(begin):
    with begin(ACTOR) as work:
        open_one(work)
        work.commit()
    with begin(ACTOR) as work:
        open_one(work)
        with pytest.raises(IntegrityError):
            work.commit()


def test_a_matter_without_a_ground_is_not_found(work):
    with pytest.raises(NotFound):
        grounds.of(work, "matter-9")
    with pytest.raises(NotFound):
        grounds.close(work, "matter-9")


def test_closing_happens_once_and_is_on_record(begin, clock):
    with begin(ACTOR) as work:
        open_one(work)
        grounds.close(work, "matter-1")
        work.commit()
    closed_at = clock.now()
    clock.forward(days=1)
    with begin() as work:
        grounds.close(work, "matter-1")
        assert not work.unfinished
        assert grounds.of(work, "matter-1").closed_at == closed_at
        acts = work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
        assert acts == ["ground.opened", "ground.closed"]
