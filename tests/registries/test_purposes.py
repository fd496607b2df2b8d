"""Over every item, dataset, field and state of the ground: undeclared or closed is never asked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from servicehall.cases import prefill
from servicehall.kernel.errors import Forbidden
from servicehall.registries import grounds, lookups
from servicehall.registries.connector import RegistryConnector
from servicehall.registries.lookups import Wanted
from servicehall.registries.models import RegistryCall
from servicehall.sharing.datasets import DATASETS
from tests.builders import NUMBER
from tests.catalogue.conftest import items_read
from tests.registries.engines import NobodyAsks
from tests.registries.test_lookups import ACTOR

__all__ = ["items_read"]
STATES = {"open": None, "closed": grounds.close, "revoked": grounds.revoke}


@pytest.fixture
def adapters():
    return {RegistryConnector: NobodyAsks()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(data=st.data())
def test_only_what_the_item_declares_and_only_while_its_case_lives(begin, items_read, data):
    item = data.draw(st.sampled_from(sorted(items_read.values(), key=lambda one: one.code)))
    state = data.draw(st.sampled_from(sorted(STATES)))
    needs = prefill.needs_of(item)
    dataset = data.draw(st.sampled_from(sorted(DATASETS)))
    declared = data.draw(st.booleans())
    known = needs.get(dataset, []) if declared else sorted(DATASETS[dataset].fields)
    if not known:
        return
    fields = tuple(data.draw(st.lists(st.sampled_from(known), min_size=1, unique=True)))
    allowed = state == "open" and set(fields) <= set(needs.get(dataset, ()))
    with begin(ACTOR) as work:
        ground = grounds.open_for(work, "matter-1", item=item.code, needs=needs, words="同意")
        work.session.flush()
        if close := STATES[state]:
            close(work, "matter-1")
        want = Wanted(dataset, fields, "核对", NUMBER)
        if allowed:
            (call,) = lookups.plan(work, ground, [want])
            assert (call.ground.item, call.ground.party) == (item.code, work.actor.party)
        else:
            with pytest.raises(Forbidden):
                lookups.plan(work, ground, [want])
            assert work.session.scalar(select(func.count()).select_from(RegistryCall)) == 0
        work.rollback()
