"""Eleven ways in which registries misbehave × the steps that ask them: every journey ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from servicehall.cases import prefill, rechecking
from servicehall.cases.states import State
from servicehall.handling import decisions, receiving
from servicehall.kernel.work import SYSTEM
from servicehall.registries.breakers import Breakers
from servicehall.registries.connector import RegistryConnector
from servicehall.wiring import Hall
from tests.cases.halls import FUND, Scene, hall, stage
from tests.registries import serving
from tests.registries.serving import Conversation, Misbehaving

__all__ = ["hall", "stage"]
ELEVEN = (
    serving.hang_up, serving.hang, serving.drip_body, serving.fail, serving.garble,
    serving.other_shape, serving.overflow, serving.bomb, serving.redirect, serving.other_person,
    serving.poison,
)  # fmt: skip
STEPS = ("begin", "again", "recheck", "everywhere")
OFFICE = "reviewer-fund"


class Everything(dict[str, Callable[..., None]]):
    """Every dataset does the same."""

    def __init__(self, act: Callable[..., None]) -> None:
        super().__init__()
        self.act = act

    def __missing__(self, _: str) -> Callable[..., None]:
        return self.act


@pytest.fixture
def chaos() -> Iterator[Misbehaving]:
    with serving.misbehaving() as server:
        yield server


@contextmanager
def misbehaving(
    stage: Scene, server: Misbehaving, act: Callable[[Conversation, object], None], *, now: bool
) -> Iterator[None]:
    """While *now* the hall asks the misbehaving server; it waits a moment, then leaves it alone."""
    if not now:
        yield
        return
    server.acts = Everything(act)
    port = server.server_address[1]
    connector = serving.connector(port, total=0.4, breakers=Breakers(failures=2, rest=1000))
    held: Hall = stage.hall
    stage.hall = replace(held, adapters={**held.adapters, RegistryConnector: connector})
    try:
        yield
    finally:
        stage.hall = held
        connector.close()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("act", ELEVEN, ids=lambda act: act.__name__)
def test_every_journey_ends(
    stage: Scene, chaos: Misbehaving, act: Callable[[Conversation, object], None], step: str
) -> None:
    always = step == "everywhere"
    with misbehaving(stage, chaos, act, now=always or step in ("begin", "again")):
        key = stage.begin("wang", FUND)
    with misbehaving(stage, chaos, act, now=always or step == "again"):
        asked_again(stage, key)
    assert not locked_and_empty(stage, key)
    declared(stage, key)
    stage.fill("wang", key)
    assert stage.submit("wang", key)
    stage.accepted(key)
    with misbehaving(stage, chaos, act, now=always or step == "recheck"):
        stage.rechecked(OFFICE, key)
    decided(stage, key)
    assert stage.state(key) is State.CLOSED


def asked_again(stage: Scene, key: str) -> None:
    """The applicant presses the button; nothing is asked where everything is known."""
    with stage.work("wang") as work:
        case = stage.case(work, key)
        if calls := prefill.plan(work, case):
            work.commit()
            prefill.fetch(work, case, calls)


def locked_and_empty(stage: Scene, key: str) -> list[str]:
    """Values that are empty and that nobody could declare: there must be none."""
    with stage.work("wang") as work:
        facts = prefill.facts(stage.case(work, key))
        return [f.name for f in facts if not f.value and f.status not in ("missing", "unavailable")]


def declared(stage: Scene, key: str) -> None:
    """Where a registry said nothing the applicant does, truly."""
    with stage.work("wang") as work:
        case = stage.case(work, key)
        open_ones = [f.name for f in prefill.facts(case) if f.status == "unavailable"]
        prefill.declare(work, case, {name: stage.truth("wang", name) for name in open_ones})


def decided(stage: Scene, key: str) -> None:
    """The office looks at what changed or was silent, confirms what nobody verified, and grants."""
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        unproven = [f.name for f in prefill.facts(case) if f.status == "declared"]
        reviewers = [r.department for r in case.reviews]
        papers = [row.code for row in case.materials if row.how == "window"]
    for name in unproven:
        stage.does(OFFICE, key, receiving.confirm, name=name)
    for code in papers:
        stage.does("clerk", key, receiving.receive, code=code)
    if reviewers:
        stage.agreed(OFFICE, key)
    stage.does(OFFICE, key, rechecking.acknowledge)
    stage.does(OFFICE, key, decisions.grant)
    with stage.hall.work(SYSTEM) as work:
        decisions.finish(work, stage.case(work, key))
        work.commit()
