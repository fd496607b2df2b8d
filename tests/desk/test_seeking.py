"""Seeking: number, query code or whole name; never what is another department's business."""

from servicehall.desk import seeking
from tests.cases.halls import NURSE, Scene


def test_found_by_what_a_person_at_the_window_says(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("clerk") as work:
        case = stage.case(work, key)
        number, code = case.number or "", case.query_code or ""
        for said in (number, f" {number.lower()} ", code.lower(), "王雨桐"):
            assert key in {c.key for c in seeking.find(work, said)}, said
        for said in ("", "王雨", "王*桐", number[:-1], "%", case.key):
            assert not seeking.find(work, said), said
    with stage.work("reviewer-market") as work:
        assert not seeking.find(work, number)
    with stage.work("reviewer-health") as work:
        assert seeking.find(work, number)
