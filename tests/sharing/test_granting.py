"""Grants: for a department, an item, a purpose and fields, until a day; nobody takes more."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.sharing import granting, resources
from servicehall.sharing.datasets import DATASETS, HEALTH, POLICE

ITEM = "119901010000002388499012300200001"
POPULATION, PURPOSE = "population.person", "核对身份"
FIELDS = tuple(DATASETS[POPULATION].fields)


def steward(department):
    return Actor(f"s-{department}", "数据管理员", frozenset({"steward"}), department=department)


@pytest.fixture
def loaded(begin):
    with begin() as work:
        resources.declare(work)
        work.commit()


def allowed(work, fields=("name",), days=10, purpose=PURPOSE):
    return granting.allow(
        work, resources.one(work, POPULATION), item=ITEM, purpose=purpose, fields=fields,
        expires_on=work.today() + timedelta(days=days),
    )  # fmt: skip


def refusal(work, fields=("name",), purpose=PURPOSE, item=ITEM):
    return granting.refusal(work, item=item, dataset=POPULATION, fields=fields, purpose=purpose)


@pytest.mark.usefixtures("loaded")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    first=st.sets(st.sampled_from(FIELDS), min_size=1),
    second=st.sets(st.sampled_from(FIELDS), min_size=1),
    asked=st.sets(st.sampled_from(FIELDS), min_size=1), days=st.integers(0, 5),
)  # fmt: skip
def test_exactly_what_the_grants_in_force_hold_may_be_taken(begin, first, second, asked, days):
    with begin() as work:
        allowed(work, tuple(first))
        allowed(work, tuple(second), days=days)
        assert (refusal(work, tuple(asked)) == "") is (asked <= first | second)
        work.clock.forward(days=days + 1)  # the second has ended
        assert (refusal(work, tuple(asked)) == "") is (asked <= first)
        work.clock.forward(days=10)
        assert refusal(work, tuple(asked)) == "expired"
        work.clock.forward(days=-(days + 11))


@pytest.mark.usefixtures("loaded")
def test_the_provider_ends_a_grant_and_says_why(begin):
    with begin() as work:
        key = allowed(work).key
        work.commit()
    with begin(steward(HEALTH)) as work:
        assert [grant.key for grant in granting.held(work)] == [key]
        with pytest.raises(NotFound):
            granting.end(work, granting.one(work, key), reason="我们自己来终止")
    with begin(steward(POLICE)) as work:
        grant = granting.one(work, key)
        with pytest.raises(Invalid):
            granting.end(work, grant, reason="好")
        granting.end(work, grant, reason="用途已经结束了")
        with pytest.raises(Conflict):
            granting.end(work, grant, reason="用途已经结束了")
        assert refusal(work) == "expired"
        assert not granting.of_resource(work, POPULATION)
    with begin(steward("x")) as work, pytest.raises(NotFound):
        granting.one(work, key)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("given", [
    {"days": -1}, {"days": 4000}, {"fields": ()}, {"fields": ("secret",)},
])  # fmt: skip
def test_a_grant_that_cannot_be_is_refused(begin, given):
    with begin() as work, pytest.raises(Invalid):
        allowed(work, **given)


@pytest.mark.usefixtures("loaded")
def test_what_is_never_shared_cannot_be_granted(begin):
    with begin() as work, pytest.raises(Invalid):
        granting.allow(
            work, resources.one(work, "health.record"), item=ITEM, purpose=PURPOSE,
            fields=("name",), expires_on=work.today(),
        )  # fmt: skip


@pytest.mark.usefixtures("loaded")
def test_nobody_else_grants(begin):
    with begin(Actor("c-1", "窗口", frozenset({"clerk"}))) as work, pytest.raises(Forbidden):
        allowed(work)


@pytest.mark.usefixtures("loaded")
def test_those_that_end_within_a_month_are_listed_in_time(begin):
    with begin() as work:
        soon, later = allowed(work, days=20), allowed(work, days=40, purpose="其他用途")
        work.commit()
        work.actor = steward(POLICE)
        assert [grant.key for grant in granting.ending(work)] == [soon.key]
        assert [grant.key for grant in granting.given(work)] == [soon.key, later.key]


def test_every_refusal_is_said_in_words():
    assert all(words.endswith("没有查询") for words in granting.REFUSALS.values())
