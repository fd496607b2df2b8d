"""Rehearsal: real rules, synthetic people, nothing kept."""

import pytest
from sqlalchemy import event

from servicehall.catalogue import items
from servicehall.kernel.errors import Forbidden
from servicehall.revising import rehearsal
from servicehall.standard.conditions import Standing
from servicehall.standard.schema import Item, Question
from tests.cases.halls import FOOD, NURSE, Scene

ALL = [
    "119901010000002388499012300200001", "11990101000000094N499070900100002",
    "1199010100000011574990511003000", "12990101000000676R399206700200001",
    "11990101000000318U499013100100001", "1199010100000014XL499011400800001",
    "1199010100000022X8499012200600001",
]  # fmt: skip


def worded(stage: Scene, code: str) -> Item:
    with stage.work("items") as work:
        return items.current(work, code).item


def test_wang_walks_through_her_registration(stage: Scene) -> None:
    with stage.work("items") as work:
        wang, _, _, restaurant, _ = rehearsal.walks(work, worded(stage, NURSE))
        assert not work.unfinished
    assert wang.sample.name == "王雨桐"
    assert wang.obstacle == ""
    assert {m.code: way for m, way in wang.papers} == {
        "identity": "registry", "degree": "registry", "employment": "registry",
        "credit": "registry", "health_report": "bring",
    }  # fmt: skip
    assert wang.empty == []
    assert dict(wang.faces)["姓名"] == "王雨桐"
    assert restaurant.obstacle


def test_what_a_draft_forgets_is_seen(stage: Scene) -> None:
    item = worded(stage, NURSE)
    assert item.result
    part = item.sections[0]
    extra = Question(code="wish", label="愿望", kind="text", when="delivery == 'post'")
    carries = {k: v for k, v in item.result.carries.items() if k != "school"}
    changed = item.model_copy(update={
        "sections": (part.model_copy(update={"questions": (*part.questions, extra)}),),
        "result": item.result.model_copy(update={"carries": {**carries, "institution": "answer:no"}}),
    })  # fmt: skip
    with stage.work("items") as work:
        wang = rehearsal.walks(work, changed)[0]
    assert "执业机构" in wang.empty
    question, before, after = wang.questions[-1]
    assert (question.code, before, after) == ("wish", Standing.UNDETERMINED, Standing.HIDDEN)


@pytest.mark.parametrize("code", ALL)
def test_every_item_can_be_rehearsed_and_writes_nothing(stage: Scene, code: str) -> None:
    wrote: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN", "SHOW")):
            wrote.append(statement)

    item = worded(stage, code)
    engine = stage.hall.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with stage.work("items") as work:
            walks = rehearsal.walks(work, item)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert wrote == []
    able = [walk for walk in walks if not walk.obstacle]
    assert able
    assert all(
        standing is not Standing.UNDETERMINED for w in able for _, _, standing in w.questions
    )


def test_a_license_replaces_a_paper_in_the_rehearsal_too(stage: Scene) -> None:
    with stage.work("items") as work:
        walks = rehearsal.walks(work, worded(stage, FOOD))
    restaurant = next(walk for walk in walks if walk.sample.organization)
    assert {way for _, way in restaurant.papers} & {"registry", "license"}


def test_only_item_administrators_rehearse(stage: Scene) -> None:
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        rehearsal.walks(work, worded(stage, FOOD))
