"""Gathering: nothing is asked twice, one upload serves all, each case keeps its own."""

import pytest
from sqlalchemy import select

from servicehall.applying import attaching
from servicehall.bundling import gathering, grouping
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.registries.models import RegistryCall
from tests.bundling.halls import CATERING, FOOD_SOLE, SIGN_SOLE, SOLE, Together
from tests.journeys.stage import PDF


@pytest.fixture(scope="module")
def key(stage: Together) -> str:
    return stage.together("wang", CATERING, venue="yes", sign="yes")


def test_every_question_to_a_registry_is_asked_for_its_own_case(stage: Together, key: str) -> None:
    with stage.work("auditor") as work:
        group = stage.group(work, key)
        calls = work.session.scalars(select(RegistryCall)).all()
        asked = {(call.ground.matter, call.dataset) for call in calls}
        for member in group.members:
            for need in member.case.item.needs:
                assert (member.case.matter, need.dataset) in asked
        assert all(call.outcome in ("found", "none") for call in calls)
    with stage.work("wang") as work:
        told = dict(gathering.facts(grouping.own(work, key)))
        assert [fact.field for fact in told["space.property"]] == ["address", "use"], "each once"


def test_the_phone_number_is_asked_once_and_kept_in_every_case(stage: Together, key: str) -> None:
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        shared = gathering.part(group, "shared")
        assert "phone" in [question.code for question in shared.section.questions]
        with pytest.raises(Invalid, match="手机"):
            gathering.answer(work, group, shared, {"phone": "12"})
        work.rollback()
        group = grouping.own(work, key)
        assert "shared" in gathering.open_parts(group, today=work.today())
        gathering.answer(work, group, gathering.part(group, "shared"), {"phone": "19900000001"})
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        assert {m.case.answers["phone"] for m in group.members} == {"19900000001"}
        assert gathering.answers(group)["phone"] == "19900000001"
        assert "shared" not in gathering.open_parts(group, today=work.today())
        with pytest.raises(NotFound):
            gathering.part(group, "moon")


def test_a_question_under_a_condition_follows_the_answer_on_its_page(
    stage: Together, key: str
) -> None:
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        part = next(p for p in gathering.parts(group) if p.item == SOLE)
        assert gathering.conditional(group, part) == {"family_members": {"composition"}}
        for said, standing in (("", "waiting"), ("family", "visible"), ("single", "hidden")):
            assert gathering.standings(group, part, {"composition": said}) == {
                "family_members": standing
            }


def test_one_upload_serves_every_case_and_can_be_taken_back(stage: Together, key: str) -> None:
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        papers = {paper.material.name: paper for paper in gathering.papers(group)}
        notice = papers["个体工商户准予登记通知书"]
        assert notice.comes
        assert len(notice.copies) == 3
        gathering.upload(work, group, notice.code, name="a.pdf", content=PDF)
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        rows = [r for m in group.members for r in m.case.materials if r.code == "registration"]
        assert {row.how for row in rows} == {"upload"}
        assert len({row.file_key for row in rows}) == 3, "each department gets its own copy"
        gathering.supply(work, group, notice.code, attaching.remove)
        assert {row.how for row in rows} == {"pending"}


def test_what_a_predecessor_supplies_is_no_gap(stage: Together, key: str) -> None:
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        gaps = gathering.gaps(group, today=work.today())
        assert "registration" not in [gap.code for gap in gaps]
        assert {"layout", "fire_plan"} <= {gap.code for gap in gaps}
        members = {m.item_code for m in group.members}
        assert {FOOD_SOLE, SIGN_SOLE} <= members
