"""Outlook: the way in stages, how far it is, and how long the whole takes."""

from servicehall.bundling import grouping, outlook
from tests.bundling.halls import CATERING, FOOD_SOLE, SOLE, Together


def test_the_way_is_told_in_stages_with_its_longest_path(stage: Together) -> None:
    key = stage.together("wang", CATERING, venue="yes", sign="no")
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        first, second = outlook.stages(group)
        assert [stop.member.item_code for stop in first] == [SOLE]
        assert [stop.after for stop in second] == [("个体工商户注册登记",)] * 2
        assert (outlook.standing(group), outlook.counted(group)) == ("draft", (0, 3))
    stage.filled("wang", key)
    stage.handed_in("wang", key)
    with stage.work("wang") as work:
        group = grouping.own(work, key)
        legs = outlook.way(group)
        assert [leg.days for leg in legs] == [0, 6]
        assert sum(leg.days for leg in legs) == group.days
        assert group.way[-1][0] == FOOD_SOLE
        assert outlook.standing(group) == "running"
        grouping.withdraw(work, group)
        assert (outlook.standing(group), outlook.counted(group)) == ("ended", (3, 3))
