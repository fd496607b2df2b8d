"""Impact: what a new wording would do to the cases that are open now, in counts."""

import pytest

from servicehall.cases.states import State
from servicehall.catalogue import items
from servicehall.kernel.errors import Forbidden
from servicehall.revising import impact
from servicehall.standard.schema import Item, Question
from tests.cases.halls import NURSE, Scene


def renamed(item: Item) -> Item:
    """Without the question of the institution, with one of the ward; one more paper, one face less."""
    part = item.sections[0]
    kept = tuple(q for q in part.questions if q.code != "institution")
    ward = Question(code="ward", label="科室", kind="text")
    report = next(m for m in item.materials if m.code == "health_report")
    assert item.result
    carries = {k: v for k, v in item.result.carries.items() if k != "institution"}
    return item.model_copy(update={
        "sections": (part.model_copy(update={"questions": (*kept, ward)}),),
        "materials": (*item.materials, report.model_copy(update={"code": "photo", "name": "照片"})),
        "result": item.result.model_copy(update={"carries": {**carries, "ward": "answer:ward"}}),
    })  # fmt: skip


def test_open_cases_are_counted_by_what_they_would_lose(stage: Scene) -> None:
    stage.applied("wang", NURSE)
    stage.begin("chen", NURSE)
    withdrawn = stage.begin("li", NURSE)
    stage.withdrawn("li", withdrawn)
    with stage.work("items") as work:
        current = items.current(work, NURSE)
        found = impact.of(work, renamed(current.item), current)
        assert not work.unfinished
    assert found.states == {State.SUBMITTED: 1, State.DRAFT: 1}
    assert (found.open, found.earlier, found.new) == (2, 0, False)
    with stage.work("items") as work:
        assert impact.open_cases(work, NURSE) == 2
    assert found.losing == {"执业机构": 1}
    assert found.lacking == {"科室": 2, "照片": 2}
    assert (found.cases_losing, found.cases_lacking) == (1, 2)
    assert found.made_anew == ["guide", "form", "result"]
    assert (found.faces_gone, found.faces_new) == (["institution"], ["ward"])
    assert "sections.practice.questions.ward" in [change.path for change in found.changes]


def test_without_a_change_nothing_is_made_anew(stage: Scene) -> None:
    with stage.work("items") as work:
        current = items.current(work, NURSE)
        same = impact.of(work, current.item, current)
        words = impact.of(work, current.item.model_copy(update={"quota": "有"}), current)
        new = impact.of(work, current.item, None)
    assert (same.made_anew, same.changes) == ([], [])
    assert words.made_anew == ["guide"]
    assert new.new
    assert new.made_anew == ["guide", "form", "result"]


def test_only_item_administrators_ask(stage: Scene) -> None:
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        impact.of(work, items.current(work, NURSE).item, None)
