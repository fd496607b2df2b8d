"""Matters: foreign looks like missing; whoever holds both numbers sees progress; all is on record."""

import pytest

from servicehall.cases import matters
from servicehall.kernel.errors import Forbidden, NotFound
from tests.cases.halls import ID_CARD, NURSE, Scene


@pytest.fixture(scope="module")
def handed_in(stage: Scene) -> str:
    return stage.applied("wang", NURSE)


def test_ones_own_and_nobody_elses(stage: Scene, handed_in: str) -> None:
    with stage.work("wang") as work:
        assert matters.own(work, handed_in).key == handed_in
    for login, key in (("chen", handed_in), ("wang", "A" * 22), ("clerk", handed_in)):
        with stage.work(login) as work, pytest.raises(NotFound):
            matters.own(work, key)


def test_staff_see_what_lies_with_them(stage: Scene, handed_in: str) -> None:
    for login in ("clerk", "reviewer-health"):
        with stage.work(login) as work:
            assert matters.for_staff(work, handed_in).key == handed_in
    with stage.work("reviewer-market") as work, pytest.raises(NotFound):
        matters.for_staff(work, handed_in)
    with stage.work("wang") as work, pytest.raises(Forbidden):
        matters.for_staff(work, handed_in)
    draft = stage.begin("wang", ID_CARD)
    with stage.work("clerk") as work, pytest.raises(NotFound):
        matters.for_staff(work, draft)


def test_progress_needs_both_numbers(stage: Scene, handed_in: str) -> None:
    with stage.work("wang") as work:
        case = matters.own(work, handed_in)
        number, code = case.number or "", case.query_code or ""
        assert matters.by_number(work, f" {number.lower()} ", f" {code.lower()}") is case
        for pair in ((number, ""), (number, "22222222"), ("", code), ("9" * 23, code)):
            with pytest.raises(NotFound):
                matters.by_number(work, *pair)


def test_the_record_tells_the_story(stage: Scene, handed_in: str) -> None:
    with stage.work("clerk") as work:
        matters.look(work, matters.for_staff(work, handed_in))
    with stage.work("wang") as work:
        case = matters.own(work, handed_in)
        acts = [entry.act for entry in matters.timeline(work, case)]
        assert (acts[:2], acts[-1]) == (["ground.opened", "case.begun"], "case.viewed")
        seal = matters.receipt_seal(work, case)
        assert seal is not None
        assert (seal.act, len(seal.hash)) == ("case.submitted", 64)
