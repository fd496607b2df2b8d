"""Hot items are those begun most often lately; nobody's cases are read for it."""

from servicehall.guiding import demand
from tests.cases.halls import ALLOWANCE, ID_CARD, NURSE, Scene


def codes(stage: Scene, region: str = "", most: int = 9) -> list[str]:
    with stage.work("auditor") as work:
        return [one.code for one in demand.hot(work, region=region, most=most)]


def test_without_any_case_there_are_others(stage: Scene) -> None:
    assert len(codes(stage)) == 9
    assert len(codes(stage, most=3)) == 3


def test_what_is_begun_most_comes_first_for_ninety_days(stage: Scene) -> None:
    for item in (NURSE, ID_CARD, ID_CARD, ALLOWANCE, ALLOWANCE, ALLOWANCE):
        key = stage.begin("wang", item)
        stage.withdrawn("wang", key)
    assert codes(stage)[:3] == [ALLOWANCE, ID_CARD, NURSE]
    assert len(set(codes(stage))) == 9
    with stage.later(days=91):
        assert codes(stage)[:3] != [ALLOWANCE, ID_CARD, NURSE]


def test_only_what_is_done_for_the_region(stage: Scene) -> None:
    assert codes(stage, region="990101000000")
    assert codes(stage, region="440000000000") == []
