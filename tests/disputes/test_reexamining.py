"""Reexamining: a corrected value leads to its licenses; their issuer keeps, renews or revokes them."""

import pytest

from servicehall.cli import serving
from servicehall.disputes import raising, reexamining, settling
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import issuing, library
from servicehall.licenses.models import License, State
from servicehall.notices.models import Notice
from servicehall.oversight import integrity, usage
from servicehall.wiring import Hall
from tests.cases.halls import Scene

SCHOOL, STATUS, NAME = (
    "education.degree.school", "credit.record.trusted", "population.person.name",
)  # fmt: skip
OWNERS = {SCHOOL: "reviewer-education", STATUS: "reviewer-reform", NAME: "reviewer-police"}
ISSUER = "reviewer-health"


@pytest.fixture(scope="module")
def case(stage: Scene) -> str:
    return stage.granted_nurse()


def corrected(stage: Scene, case: str, name: str, value: str) -> str:
    """The value is corrected; the key of the review that follows."""
    with stage.work("wang") as work:
        key = raising.about_value(work, stage.case(work, case), name, said="与原件不一样").key
    with stage.work(OWNERS[name]) as work:
        found = settling.of_desk(work, key)
        settling.settle(work, found, corrected=True, answer="已按原件更正", value=value)
    with stage.work(ISSUER) as work:
        return reexamining.to_decide(work)[-1].key


def valid(stage: Scene) -> License:
    with stage.work(ISSUER) as work:
        return work.session.query(License).filter_by(state=State.VALID).one()


def test_kept_with_a_reason_and_the_holder_told(stage: Scene, case: str) -> None:
    key = corrected(stage, case, STATUS, "否")
    with stage.work(ISSUER) as work:
        review = reexamining.of_desk(work, key)
        assert (review.was, review.now) == ("是", "否")
        assert reexamining.waiting(work) == 1
        reexamining.look(work, review)
        assert reexamining.faces(work, review) == []
        with pytest.raises(Conflict):
            reexamining.reissue(work, review, reason="照面上没有的")
        with pytest.raises(Invalid):
            reexamining.keep(work, review, reason="好")
        reexamining.keep(work, review, reason="不影响执业条件")
        with pytest.raises(Conflict):
            reexamining.keep(work, review, reason="再决定一次吧")
        assert [one.key for one in reexamining.decided(work)] == [key]
    assert valid(stage).version == 1
    with stage.work("wang") as work:
        assert work.session.query(Notice).filter_by(matter=key).count() == 2
        (told,) = reexamining.of_party(work, valid(stage))
        assert (told.state, told.reason) == ("kept", "不影响执业条件")
        assert any(look.act == "复查电子证照" for look in usage.find(work))


def test_reissued_with_the_corrected_value_and_its_proof(stage: Scene, case: str) -> None:
    key = corrected(stage, case, SCHOOL, "示范大学")
    before = valid(stage)
    with stage.work(ISSUER) as work:
        new = reexamining.reissue(work, reexamining.of_desk(work, key), reason="按更正后的学校换发")
        work.commit()
        issuing.finish(work, new)
    after = valid(stage)
    assert (after.version, after.serial, after.supersedes_id) == (2, before.serial, before.id)
    assert (after.valid_from, after.valid_to) == (before.valid_from, before.valid_to)
    faces = {one.code: one.value for one in after.record.faces}
    assert faces == {one.code: one.value for one in before.record.faces} | {"school": "示范大学"}
    proofs = {one.fact: one.call for one in after.record.evidence}
    known = {one.fact: one.call for one in before.record.evidence}
    assert proofs.keys() == known.keys()
    assert [fact for fact, call in proofs.items() if call != known[fact]] == [SCHOOL]


def test_one_that_was_cut_off_is_finished_by_the_worker(
    stage: Scene, case: str, hall: Hall
) -> None:
    key = corrected(stage, case, NAME, "王雨彤")
    with stage.work(ISSUER) as work:
        made = reexamining.reissue(
            work, reexamining.of_desk(work, key), reason="按更正后的姓名换发"
        )
        assert made.state is State.INTENT
    serving.one_round(hall)
    after = valid(stage)
    assert (after.version, after.holder_name) == (3, "王雨彤")
    with stage.work("auditor") as work:
        assert list(integrity.breaches(work)) == []


def test_revoked_with_reason_and_law(stage: Scene, case: str) -> None:
    key = corrected(stage, case, STATUS, "否")
    with stage.work(ISSUER) as work, pytest.raises(Invalid):
        reexamining.revoke(work, reexamining.of_desk(work, key), reason="不符合条件", law="")
    with stage.work(ISSUER) as work:
        review = reexamining.of_desk(work, key)
        law = "行政许可法 第六十九条"
        reexamining.revoke(work, review, reason="不再符合发证条件", law=law)
        assert (review.state, review.law) == ("revoked", law)
        assert library.by_identifier(work, review.license.identifier).state is State.REVOKED


def test_nothing_is_queued_for_a_license_nobody_can_rely_on(stage: Scene, case: str) -> None:
    with stage.work("wang") as work:
        key = raising.about_value(work, stage.case(work, case), SCHOOL, said="与原件不一样").key
    with stage.work(OWNERS[SCHOOL]) as work:  # revoked: no value has to be told
        found = settling.of_desk(work, key)
        assert settling.dependent_licenses(work, found)
        settling.settle(work, found, corrected=True, answer="已按原件更正")
    with stage.work(ISSUER) as work:
        assert reexamining.waiting(work) == 0


def test_others_neither_see_nor_decide(stage: Scene) -> None:
    with stage.work(ISSUER) as work:
        key = reexamining.decided(work)[0].key
    with stage.work("reviewer-market") as work:
        assert not reexamining.to_decide(work)
        with pytest.raises(NotFound):
            reexamining.of_desk(work, key)
    with stage.work("clerk") as work:
        assert reexamining.waiting(work) == 0
        with pytest.raises(Forbidden):
            reexamining.of_desk(work, key)
    with stage.work("chen") as work, pytest.raises(NotFound):
        reexamining.of_party(work, work.session.query(License).first())
    with stage.hall.work(SYSTEM) as work:
        assert reexamining.finish_one(work, set()) is False
