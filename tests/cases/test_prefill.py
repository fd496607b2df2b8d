"""Prefill: what registries say is frozen with its source; what they cannot say is declared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from servicehall.applying import answering, attaching
from servicehall.cases import prefill
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.registries.connector import Answer, Query, RegistryConnector
from tests.cases.halls import ID_CARD, NURSE, Scene
from tests.journeys.stage import PDF

DEGREE = "education.degree.school"


class Silent:
    """Registries of which some do not answer."""

    def __init__(self, real: RegistryConnector, down: set[str]) -> None:
        self.real, self.down = real, down

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        return [
            Answer(q.call, "unavailable", "", at, reason="down")
            if q.dataset in self.down
            else self.real.ask([q], at)[0]
            for q in queries
        ]


def without(stage: Scene, *down: str) -> Scene:
    """The same hall while some registries are down."""
    real = stage.hall.adapters[RegistryConnector]
    adapters = {**stage.hall.adapters, RegistryConnector: Silent(real, set(down))}
    return Scene(replace(stage.hall, adapters=adapters))


def test_every_fact_has_its_source(stage: Scene) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        facts = prefill.facts(case)
        assert [f.name for f in facts] == [
            f"{n.dataset}.{field}" for n in case.item.needs for field in n.fields
        ]
        assert {f.status for f in facts} == {"verified"}
        assert all(f.call and f.request_hash and f.at for f in facts)
        assert prefill.value(case, "population.person.name") == "王雨桐"
        assert prefill.value(case, "population.person.unknown") == ""
        assert {r.how for r in case.materials} == {"registry", "pending"}
        assert not prefill.plan(work, case)  # nothing is asked twice


def test_a_silent_registry_is_asked_again_or_declared(stage: Scene) -> None:
    some = without(stage, "education.degree")
    key = some.begin("chen", NURSE)
    with some.work("chen") as work:
        case = some.case(work, key)
        (fact, *_) = [f for f in prefill.facts(case) if f.name == DEGREE]
        assert (fact.status, fact.value) == ("unavailable", "")
        gaps = answering.gaps(case, today=work.today())
        assert ("fact", DEGREE) in {(g.kind, g.code) for g in gaps}
        prefill.declare(work, case, {DEGREE: " 示范\u202e大学 ", "population.person.name": "别人"})
        assert prefill.value(case, DEGREE) == "示范大学"
        assert prefill.value(case, "population.person.name") == "陈秀英"  # verified stays
        (fact, *_) = [f for f in prefill.facts(case) if f.name == DEGREE]
        assert fact.status == "declared"
        work.commit()
        prefill.declare(work, case, {DEGREE: "示范大学", "no.such": "x"})
        assert not work.unfinished
    with stage.work("chen") as work:
        case = stage.case(work, key)
        calls = prefill.plan(work, case)
        assert [c.dataset for c in calls] == ["education.degree"]
        work.commit()
        prefill.fetch(work, case, calls)
        statuses = {f.status for f in prefill.facts(case) if f.dataset == "education.degree"}
        assert statuses <= {"verified", "missing", "declared"}


def test_what_was_handed_in_stays_as_it_is(stage: Scene) -> None:
    some = without(stage, "population.person")
    key = some.begin("li", ID_CARD)
    with some.work("li") as work:
        case = some.case(work, key)
        said = {f.name: some.truth("li", f.name) for f in prefill.facts(case)}
        prefill.declare(work, case, said)
    some.fill("li", key)
    with some.work("chen") as work, pytest.raises(NotFound):
        prefill.declare(work, some.case(work, key), {"population.person.name": "别人"})
    with some.work("li") as work:
        attaching.upload(work, some.case(work, key), "household", name="户口簿.pdf", content=PDF)
    some.submit("li", key)
    with stage.work("li") as work:
        case = stage.case(work, key)
        with pytest.raises(Conflict):
            prefill.declare(work, case, {"population.person.name": "别人"})
        with pytest.raises(Conflict):
            prefill.plan(work, case)
