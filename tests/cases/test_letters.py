"""Each act is told in writing: with law, dates, reasons, and what can be done against it."""

from servicehall.documents import filing
from servicehall.handling import acceptance, decisions, sweeping
from servicehall.kernel.work import SYSTEM
from tests.cases.halls import ID_CARD, NURSE, Scene


def said(stage: Scene, key: str) -> dict[str, str]:
    """The words of each paper of the case, by kind; none is written twice."""
    with stage.work("wang") as work:
        papers = filing.of(work, key)
        assert len({paper.kind for paper in papers}) == len(papers)
        return {p.kind: "\n".join([p.words["addressee"], *p.words["paragraphs"], p.words["remedies"]])
                for p in papers}  # fmt: skip


def test_a_permit_from_acceptance_to_delivery(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    stage.agreed("reviewer-health", key)
    stage.granted("reviewer-health", key)
    papers = said(stage, key)
    assert list(papers) == ["acceptance", "grant", "delivery"]
    assert "第三十二条第一款第（五）项" in papers["acceptance"]
    assert "承诺办结期限" in papers["acceptance"]
    assert "第三十八条第一款" in papers["grant"]
    assert "护士执业证书" in papers["delivery"]


def test_a_correction_lists_every_point_once(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰", "缺少签名"])
    words = said(stage, key)["correction"]
    assert "1．照片不清晰\n2．缺少签名" in words
    assert "前一次补齐" in words


def test_refusals_give_reasons_and_rights(stage: Scene) -> None:
    first = stage.applied("chen", NURSE)
    stage.does("clerk", first, acceptance.refuse, reason="不属于本机关职权范围")
    told = said(stage, first)["acceptance_refusal"]
    assert "理由：不属于本机关职权范围" in told
    assert "行政复议" in told
    second = stage.applied("chen", NURSE)
    stage.accepted(second)
    stage.agreed("reviewer-health", second)
    stage.rechecked("reviewer-health", second)
    stage.does("reviewer-health", second, decisions.refuse, reason="健康状况不符合规定")
    told = said(stage, second)["refusal"]
    assert "第三十八条第二款" in told
    assert "行政诉讼" in told


def test_silence_and_special_procedures_are_told_in_writing(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    with stage.later(days=21):
        with stage.hall.work(SYSTEM) as work:
            while sweeping.accept_one(work):
                work.commit()
        assert "没有在法定期限内告知" in said(stage, key)["acceptance"]


def test_what_is_no_permit_does_not_cite_the_law_of_permits(stage: Scene) -> None:
    key = stage.applied("wang", ID_CARD)
    stage.accepted(key)
    words = said(stage, key)["acceptance"]
    assert "行政许可法" not in words
    assert "自受理之日起15日" in words
