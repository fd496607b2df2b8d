"""Contrasting: what differs is found and counted, what is gone is closed, what stands stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Forbidden, Unavailable
from servicehall.kernel.work import Actor
from servicehall.quality import conflicts, contrasting
from servicehall.quality.adapters.absent import AbsentExtracts
from servicehall.quality.contrasting import Found
from servicehall.quality.extracts import Extracts
from servicehall.quality.models import DataConflict, Measure
from servicehall.quality.rules import RULES
from servicehall.sharing.datasets import HEALTH
from tests.quality.registers import BODY, DAY, PERSON, Written

HEALTH_RULE = next(rule for rule in RULES if rule.resource == "health.record")
STAFFING_RULE = next(rule for rule in RULES if rule.resource == "staffing.institution")
STEWARD = Actor("s-1", "数据管理员", frozenset({"steward"}), department=HEALTH)


def health(**registers):
    return contrasting.contrast(
        Written(**{"population__person": {"p": [PERSON]}, **registers}), HEALTH_RULE, DAY
    )


@pytest.mark.parametrize("field", ["name", "sex", "birth_date", "status"])
def test_a_value_that_contradicts_is_found_with_both_sides(field):
    other = {"name": "王大明", "sex": "女", "birth_date": "1990-03-08", "status": "死亡"}[field]
    told = health(health__record={"p": [{**PERSON, field: other}]})
    assert told.found == [Found("p", "differs", field, other, PERSON[field])]


def test_another_writing_or_an_empty_value_is_no_conflict():
    written = {**PERSON, "sex": "1", "birth_date": "1990/3/7", "name": " 王小明　", "status": ""}
    told = health(health__record={"p": [written]})
    assert told.found == []
    assert told.cleaned == 4  # and the address, which has a blank in it
    assert told.cells - told.filled == 1


def test_strangers_and_doubles_are_found():
    told = health(health__record={"p": [PERSON, PERSON], "q": [PERSON]})
    assert told.found == [Found("p", "duplicate"), Found("q", "unknown")]
    assert told.records == 3


@pytest.mark.parametrize(("updated", "timely"), [
    ("2025-12-31", 1), ("2024-12-31", 1), ("2024-12-30", 0), ("", 0), ("2024/12/31", 1),
])  # fmt: skip
def test_a_record_is_timely_within_its_cycle(updated, timely):
    told = health(health__record={"p": [{**PERSON, "updated_on": updated}]})
    assert told.timely == timely


def test_who_should_be_there_and_is_not():
    held = {"a": [BODY], "b": [BODY], "c": [{**BODY, "kind": "其他"}]}
    written = Written(legal__organization=held, staffing__institution={"a": [BODY]})
    told = contrasting.contrast(written, STAFFING_RULE, DAY)
    assert told.found == [Found("b", "absent")]


def test_no_field_is_asked_for_that_is_not_compared():
    written = Written(population__person={"p": [PERSON]}, health__record={})
    contrasting.contrast(written, HEALTH_RULE, DAY)
    assert written.asked["population.person"] == ["birth_date", "name", "sex", "status"]


TEXT = st.sampled_from(["王小明", "王 小明", "王大明", "", "１"])


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_conflicts_are_exactly_the_names_that_differ_once_tidied(pairs):
    base = {str(n): [{**PERSON, "name": true}] for n, (true, _) in enumerate(pairs)}
    other = {str(n): [{**PERSON, "name": said}] for n, (_, said) in enumerate(pairs)}
    written = Written(population__person=base, health__record=other)
    told = contrasting.contrast(written, HEALTH_RULE, DAY)
    plain = [(a.replace(" ", "").replace("１", "1"), b.replace(" ", "").replace("１", "1"))
             for a, b in pairs]  # fmt: skip
    assert len(told.found) == sum(bool(a and b and a != b) for a, b in plain)


class TestKeeping:
    @pytest.fixture
    def written(self):
        wrong = {**PERSON, "name": "王大明"}
        return Written(population__person={"p": [PERSON]}, health__record={"p": [wrong]})

    @pytest.fixture
    def adapters(self, written):
        return {Extracts: written}

    def compared(self, begin):
        with begin() as work:
            contrasting.compare(work)
            work.commit()

    def rows(self, begin):
        with begin() as work:
            query = work.session.query(DataConflict).order_by(DataConflict.id)
            return [(row.state, row.ours) for row in query]

    def settled(self, begin, *, corrected):
        with begin(STEWARD) as work:
            (row,) = conflicts.to_answer(work)
            conflicts.settle(work, row, corrected=corrected, answer="已经核对过原件")
            work.commit()

    def test_found_again_it_is_the_same_case(self, begin):
        self.compared(begin)
        self.compared(begin)
        assert self.rows(begin) == [("open", "王大明")]
        with begin(STEWARD) as work:
            (row,) = conflicts.to_answer(work)
            assert (row.field, row.theirs) == ("name", "王小明")

    def test_mended_it_is_resolved_by_itself(self, begin, written):
        self.compared(begin)
        written.registers["health.record"] = {"p": [PERSON]}
        self.compared(begin)
        assert [state for state, _ in self.rows(begin)] == ["resolved"]

    def test_said_to_be_corrected_and_still_wrong_it_comes_back(self, begin):
        self.compared(begin)
        self.settled(begin, corrected=True)
        self.compared(begin)
        assert [state for state, _ in self.rows(begin)] == ["corrected", "open"]

    def test_explained_it_stays_closed_until_the_values_change(self, begin, written):
        self.compared(begin)
        self.settled(begin, corrected=False)
        self.compared(begin)
        assert [state for state, _ in self.rows(begin)] == ["explained"]
        written.registers["health.record"] = {"p": [{**PERSON, "name": "王中明"}]}
        self.compared(begin)
        assert self.rows(begin) == [("explained", "王大明"), ("open", "王中明")]

    def test_once_a_day(self, begin, clock):
        with begin() as work:
            assert contrasting.compare_one(work, set())
            work.commit()
        with begin() as work:
            assert not contrasting.compare_one(work, set())
            clock.forward(hours=24)
            assert contrasting.compare_one(work, tried := set())
            assert not contrasting.compare_one(work, tried)
            assert work.session.query(Measure).count() == 2 * len(RULES)

    def test_nobody_else_compares(self, begin):
        with begin(Actor("c", "窗口", frozenset({"clerk"}))) as work, pytest.raises(Forbidden):
            contrasting.compare(work)


class TestWithoutRegisters:
    @pytest.fixture
    def adapters(self):
        return {Extracts: AbsentExtracts()}

    def test_it_says_so_and_the_worker_leaves_it_alone(self, begin):
        with begin() as work:
            assert not contrasting.compare_one(work, set())
            with pytest.raises(Unavailable):
                contrasting.compare(work)
