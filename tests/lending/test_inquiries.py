"""Who may ask: the department of the item, for what it was granted; else on record, and the holder sees it."""

import pytest

from servicehall.city.town import town
from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.lending import inquiries, resourcing
from servicehall.oversight import usage
from tests.cases.halls import NURSE
from tests.lending.conftest import system

HELD = frozenset({resourcing.HELD, resourcing.LAST})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"useCause": ""}, "useCause"),
        ({"useCause": "因" * 201}, "useCause"),
        ({"holderTypeCode": "11"}, "holderTypeCode"),
        ({"certTypeCode": "X"}, "certTypeCode"),
        ({"itemCode": "1"}, "itemCode"),
        ({"holderCode": " "}, "holderCode"),
        ({"password": "1"}, "password"),
    ],
)
def test_what_does_not_hold_is_named(asking, changes, field):
    with pytest.raises(Invalid) as refused:
        asking(**changes)
    assert refused.value.field == field


@pytest.mark.parametrize("told", [None, [], "x", 1, {}])
def test_no_inquiry_is_no_inquiry(told):
    with pytest.raises(Invalid) as refused:
        inquiries.read(told)
    assert refused.value.field


def test_the_department_of_the_item_may_ask_what_it_was_granted(stage, asking):
    with system(stage) as work:
        assert inquiries.admitted(work, asking(), HELD).slug == "nurse-certificate"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"itemCode": NURSE}, "只能为本部门的事项"),
        ({"useCause": "看看"}, "不包括这个用途"),
        ({"slug": "food-business"}, "还没有得到"),
    ],
)
def test_whoever_may_not_is_refused_and_the_holder_sees_it(stage, asking, changes, why):
    def refusals():
        with stage.work("wang") as work:
            return sum(one.refused for one in usage.find(work))

    before = refusals()
    with system(stage) as work:
        with pytest.raises(Forbidden, match=why):
            inquiries.admitted(work, asking(**changes), HELD)
        work.keep_refusals()
    assert refusals() == before + 1


def test_nobody_else_asks_here(stage, asking):
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        inquiries.admitted(work, asking(), HELD)


def test_a_type_that_is_none(stage):
    with system(stage) as work, pytest.raises(Invalid, match="没有这个类型代码"):
        inquiries.of_code(work, "0" * 21)


def test_whose_code_it_is(stage):
    with system(stage) as work:
        assert inquiries.party(work, town().cast.wang.number).startswith("person:")
        assert inquiries.party(work, stage.firm()) == f"org:{stage.firm()}"
        assert inquiries.party(work, "110101199003071233") == ""
