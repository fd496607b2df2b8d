"""The personal checklist: what is fetched, held, promised and still to bring, before any consent."""

from servicehall.applying import checklist
from servicehall.catalogue import items
from servicehall.registries import lookups
from tests.cases.halls import FOOD, NURSE, Scene

RENEWAL, PERMIT = "11990101000000318U499013100100002", "11990101000000094N4990709006000"


def standings(stage: Scene, login: str, code: str, organization: str = "") -> dict[str, str]:
    with stage.work(login, organization) as work:
        lines = checklist.lines(work, items.current(work, code).item)
        assert not lookups.of_matter(work, "")
        assert not work.unfinished
        return {line.material.code: line.standing for line in lines}


def test_each_material_says_how_it_comes(stage: Scene) -> None:
    assert standings(stage, "wang", NURSE) == {
        "identity": "registry", "degree": "registry", "employment": "registry",
        "credit": "registry", "health_report": "bring",
    }  # fmt: skip
    assert standings(stage, "li", FOOD, stage.firm())["safety_rules"] == "promise"


def test_a_license_is_held_or_asked_for(stage: Scene) -> None:
    assert standings(stage, "clerk", RENEWAL)["current_license"] == "ask"
    assert standings(stage, "li", RENEWAL, stage.firm())["current_license"] == "ask"
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)
    stage.agreed("reviewer-market", key)
    stage.granted("reviewer-market", key)
    assert standings(stage, "li", RENEWAL, stage.firm())["current_license"] == "held"


def test_what_depends_on_answers_is_not_asked_for_beforehand(stage: Scene) -> None:
    with stage.work("wang") as work:
        item = items.current(work, NURSE).item
        papers = [m.model_copy(update={"when": "delivery == 'post'"}) for m in item.materials]
        lines = checklist.lines(work, item.model_copy(update={"materials": tuple(papers)}))
    assert [line.standing for line in lines] == [*["registry"] * 4, "maybe"]
