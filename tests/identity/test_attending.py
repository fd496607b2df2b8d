"""Attending: a clerk sees a document and helps with that person's own matter, for half an hour."""

from datetime import timedelta

import pytest

from servicehall.identity import attending, directory
from servicehall.kernel.errors import Conflict, Forbidden, Invalid
from servicehall.kernel.work import Actor
from tests.builders import NUMBER, OTHER_NUMBER, account, department, person


@pytest.fixture
def clerk(begin, work):
    place = department(work)
    made = account(work, "clerk", roles="clerk", place=place)
    work.record("test.staged", "staff")
    work.commit()
    return Actor(made.key, "clerk", frozenset({"clerk"}), department=place.code)


def shown(work, number=NUMBER, name="王小明", document="id_card", phone=""):
    return attending.identify(work, number=number, name=name, phone=phone, document=document)


def test_the_document_raises_the_level_and_the_clerk_acts_for_the_person(begin, clerk):
    with begin(clerk) as work:
        known = person(work)
        made = shown(work)
        assert (known.level, made.level) == (4, 4)
        acting = attending.acting(work, clerk, made.key)
        assert acting.party == f"person:{known.key}"
        assert acting.roles == {"clerk", "attended"}
        assert acting.department == clerk.department
        other = Actor("x", "x", frozenset({"clerk"}), department=clerk.department)
        assert attending.acting(work, other, made.key) == other
        work.actor = acting
        assert attending.at_the_counter(work) is made
        attending.end(work, made.key)
        assert attending.at_the_counter(work) is None
        assert attending.acting(work, clerk, made.key) == clerk


def test_it_ends_by_itself(begin, clerk, clock):
    with begin(clerk) as work:
        key = shown(work).key
        clock.forward(minutes=29)
        assert attending.acting(work, clerk, key) != clerk
        clock.forward(minutes=1)
        assert attending.acting(work, clerk, key) == clerk


def test_what_does_not_hold_is_refused(begin, clerk):
    with begin(clerk) as work:
        person(work)
        for wrong, field in (
            ({"number": "123"}, "number"), ({"name": " "}, "name"), ({"name": "王大明"}, "name"),
            ({"document": "library_card"}, "document"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                shown(work, **wrong)
            assert refused.value.field == field
    with begin(Actor("c", "c", frozenset({"citizen"}))) as work, pytest.raises(Forbidden):
        shown(work)


def test_nobody_handles_their_own_matter(begin, clerk):
    with begin(clerk) as work:
        own = person(work)
        account(work, "own", roles="clerk", holder=own)
        work.actor = Actor(
            account(work, "self", roles="clerk", holder=own).key, "self", frozenset({"clerk"}),
            department=clerk.department,
        )  # fmt: skip
        with pytest.raises(Conflict, match="不能为自己"):
            shown(work)


def test_somebody_new_becomes_known(begin, clerk):
    with begin(clerk) as work:
        shown(work, OTHER_NUMBER, "李大力", "household", "138 0013 8000")
        found = directory.person_by_number(work, OTHER_NUMBER)
        assert found is not None
        assert (found.name, found.phone, found.level) == ("李大力", "13800138000", 2)


def test_a_helper_has_a_letter_an_item_and_a_day(begin, clerk):
    with begin(clerk) as work:
        made, soon = shown(work), work.now() + timedelta(days=30)
        good = {"number": OTHER_NUMBER, "name": "李大力", "letter": "委 1", "until": soon,
                "scope": "ITEM"}  # fmt: skip
        for wrong in (
            {"number": NUMBER, "name": "王小明"}, {"letter": ""}, {"scope": ""}, {"until": None},
            {"until": work.now()}, {"until": work.now() + timedelta(days=366)},
        ):  # fmt: skip
            with pytest.raises(Invalid):
                attending.help_with(work, made, **{**good, **wrong})
        attending.help_with(work, made, **good)
        assert (made.helper.name, made.scope) == ("李大力", "ITEM")
