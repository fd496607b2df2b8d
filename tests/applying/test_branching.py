"""Branching: what is not called for is not asked, not required, and not carried over."""

from pathlib import Path

import pytest

from servicehall.applying import answering, branching, intake
from servicehall.cases.models import Case
from servicehall.catalogue import items, publishing
from servicehall.catalogue.models import ItemRevision
from servicehall.kernel.errors import Invalid
from servicehall.kernel.work import SYSTEM
from servicehall.standard import loading
from servicehall.standard.conditions import Standing
from servicehall.standard.schema import Item, Question, Situation
from tests.cases.halls import ALLOWANCE, NURSE, Scene

V, H, U = Standing.VISIBLE, Standing.HIDDEN, Standing.UNDETERMINED
ASKED = {"institution": "示范医院", "phone": "19900000001"}


def worded(item: Item) -> Item:
    """Paper certificates have an address, the health report is spared to men, a situation to some."""
    part = item.sections[0]
    address = Question(code="address", label="邮寄地址", kind="address", when="delivery == 'post'")
    health = next(m for m in item.materials if m.code == "health_report")
    extra = health.model_copy(update={"code": "extra"})
    health = health.model_copy(update={"when": "facts.population.person.sex == '女'"})
    return item.model_copy(update={
        "sections": (part.model_copy(update={"questions": (*part.questions, address)}),),
        "materials": (*(m for m in item.materials if m.code != "health_report"), health, extra),
        "situations": (Situation(code="mail", name="邮寄", when={"delivery": ("post",)}, materials=("extra",)),),
    })  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def published(stage: Scene) -> None:
    with stage.hall.work(SYSTEM) as work:
        publishing.publish(work, [worded(items.current(work, NURSE).item)])
        work.commit()


def test_what_an_item_calls_for() -> None:
    item = worded(items_read())
    for answers, facts, address, health, extra in (
        ({}, {}, U, U, U),
        ({"delivery": "post"}, {"population.person.sex": "男"}, V, H, V),
        ({"delivery": "window"}, {"population.person.sex": "女"}, H, V, H),
    ):
        found = branching.of_item(item, answers, facts)
        assert found.questions["address"] is address
        assert (found.materials["health_report"], found.materials["extra"]) == (health, extra)
        assert found.calls_for("identity")


def items_read() -> Item:
    folder = Path(__file__).parents[2] / "items"
    return next(item for item in loading.read(folder) if item.code == NURSE)


def test_a_case_asks_only_what_it_calls_for(stage: Scene) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("wang") as work:
        case = stage.case(work, key)
        part = case.item.sections[0]
        assert branching.of(case).questions["address"] is U
        with pytest.raises(Invalid, match="邮寄地址"):
            answering.answer(work, case, part, {**ASKED, "delivery": "post"})
        answering.answer(work, case, part, {**ASKED, "delivery": "post", "address": "示范路 1 号"})
        assert case.answers["address"] == "示范路 1 号"
        assert "extra" in [gap.code for gap in answering.gaps(case, today=work.today())]
        answering.answer(
            work, case, part, {**ASKED, "delivery": "window", "address": "示范路 1 号"}
        )
        assert case.answers["address"] == ""  # what is not asked is forgotten
        assert [m.code for _, m in branching.papers(case)][-1] == "health_report"
        gaps = [(gap.kind, gap.code) for gap in answering.gaps(case, today=work.today())]
        assert gaps == [("material", "health_report")]


def test_what_was_typed_before_it_was_hidden_is_not_handed_in(stage: Scene) -> None:
    key = stage.begin("chen", NURSE)
    with stage.work("chen") as work:
        case = stage.case(work, key)
        answering.autosave(work, case, {**ASKED, "delivery": "window", "address": "示范路 1 号"})
        gaps = [g.kind for g in answering.gaps(case, today=work.today())]
        assert "section" not in gaps
        answering.settle(case, today=work.today())
        assert case.answers["address"] == ""
        intake.withdraw(work, case)


def test_a_section_that_repeats_is_filled_as_often_as_somebody_says(stage: Scene) -> None:
    with stage.hall.work(SYSTEM) as work:
        item = items.current(work, ALLOWANCE).item
        part = item.sections[0]
        extra = part.model_copy(update={
            "code": "relative", "title": "亲属", "most": 3,
            "questions": (Question(code="relative_name", label="姓名", kind="text"),),
        })  # fmt: skip
        publishing.publish(work, [item.model_copy(update={"sections": (*item.sections, extra)})])
        work.commit()
    key = stage.begin("chen", ALLOWANCE)
    with stage.work("chen") as work:
        case = stage.case(work, key)
        first, second, third = (answering.section(case, f"relative{n}") for n in ("", "_2", "_3"))
        assert branching.sections(case)[-1].code == first.code
        answering.answer(work, case, first, {"relative_name": "甲", "relative_more": "yes"})
        assert branching.sections(case)[-1].code == second.code
        assert "relative_2" in [gap.code for gap in answering.gaps(case, today=work.today())]
        with pytest.raises(Invalid, match="姓名"):
            answering.answer(work, case, second, {"relative_more_2": "yes"})
        said = {"relative_name_2": "乙", "relative_more_2": "yes"}
        answering.answer(work, case, second, said)
        answering.answer(work, case, third, {"relative_name_3": "丙"})
        assert branching.sections(case)[-1].code == third.code
        answering.answer(work, case, first, {"relative_name": "甲", "relative_more": "no"})
        assert case.answers["relative_name"] == "甲"
        assert (case.answers["relative_name_2"], case.answers["relative_name_3"]) == ("", "")
        assert branching.sections(case)[-1].code == first.code


def test_how_questions_with_conditions_stand(stage: Scene) -> None:
    key = stage.begin("chen", NURSE)
    with stage.work("chen") as work:
        case = stage.case(work, key)
        part = case.item.sections[0]
        for said, wanted in (
            ({}, "waiting"), ({"delivery": "post"}, "visible"), ({"delivery": "window"}, "hidden"),
        ):  # fmt: skip
            assert branching.standings(case, part, said) == {"address": wanted}


def test_what_no_answer_can_settle_is_left_open(stage: Scene) -> None:
    item = worded(items_read())
    part = item.sections[0]
    address = part.questions[-1].model_copy(update={"when": "facts.population.person.sex == '女'"})
    part = part.model_copy(update={"questions": (*part.questions[:-1], address)})
    case = Case(
        revision=ItemRevision(body=item.model_copy(update={"sections": (part,)}).model_dump(mode="json")),
        item_code=item.code, answers={}, facts={}, begun_at=stage.clock.moment,
    )  # fmt: skip
    assert branching.standings(case, part) == {"address": "open"}
