"""Sight: a department that opens a case sees what its review declares, and no more."""

import pytest

from servicehall.cases import sight
from servicehall.kernel.errors import NotFound
from tests.cases.halls import NURSE, VENUE, Scene

POLICE, FIRE, HEALTH, CULTURE = (
    "reviewer-police", "reviewer-fire", "reviewer-health", "reviewer-culture"
)  # fmt: skip


@pytest.fixture(scope="module")
def venue(stage: Scene) -> str:
    key = stage.applied("li", VENUE, stage.firm())
    stage.accepted(key)
    return key


def test_each_department_sees_its_own_part(stage: Scene, venue: str) -> None:
    seen = {}
    for login in (POLICE, FIRE, HEALTH, CULTURE, "clerk"):
        with stage.work(login) as work:
            view = sight.of(work, case := stage.case(work, venue))
            seen[login] = (
                view.whole,
                {m.code for m in case.item.materials if view.shows_material(m.code)},
                {s.code for s in case.item.sections if view.shows_section(s.code)},
                {n.dataset for n in case.item.needs if view.shows_data(n.dataset)},
            )
    org, place = "legal.organization", "space.property"
    assert seen[POLICE] == (False, {"no_ban", "floor_plan"}, {"venue", "contact"}, {org})
    assert seen[FIRE] == (False, {"premises", "floor_plan"}, {"venue"}, {org, place})
    assert seen[HEALTH] == (False, {"floor_plan"}, {"venue"}, {org})
    assert seen[CULTURE][0]
    assert seen["clerk"][0]
    assert len(seen["clerk"][1]) == 7


def test_what_is_not_seen_looks_missing(stage: Scene, venue: str) -> None:
    with stage.work(HEALTH) as work:
        case = stage.case(work, venue)
        sight.require_material(work, case, "floor_plan")
        sight.require_data(work, case, "legal.organization")
        sight.require_identity(work, case)
        for refuse in (
            lambda: sight.require_material(work, case, "noise_report"),
            lambda: sight.require_data(work, case, "space.property"),
            lambda: sight.require_whole(work, case),
        ):
            with pytest.raises(NotFound):
                refuse()


def test_a_department_without_a_review_sees_nothing(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work(FIRE) as work:
        view = sight.of(work, stage.case(work, key))
        assert view == sight.View(whole=False)
        assert not view.identifies
        with pytest.raises(NotFound):
            sight.require_identity(work, stage.case(work, key))


def test_a_section_that_repeats_is_seen_each_time() -> None:
    view = sight.View(whole=False, sections=frozenset({"people"}))
    assert view.shows_section("people_2")
    assert not view.shows_section("other_2")
