"""What the hall knows is not asked, its source is named, and asking leaves nothing behind."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servicehall.catalogue import items
from servicehall.guiding import precheck
from servicehall.identity import directory
from servicehall.kernel import codes
from servicehall.standard.eligibility import Outcome
from tests.cases.halls import ALLOWANCE, FOOD, LABOR, NURSE, Scene

RENEWAL = "11990101000000318U499013100100002"


def known(stage: Scene, login: str, code: str, organization: str = "") -> dict[str, str]:
    with stage.work(login, organization) as work:
        facts = precheck.known(work, items.current(work, code).item)
        assert not work.unfinished
        assert all(fact.source for fact in facts)
        return {fact.question.code: fact.value for fact in facts}


def test_the_age_of_who_signed_in_is_known(stage: Scene) -> None:
    with stage.work("wang") as work:
        born = codes.birth_date(directory.person(work, work.actor.person).number)
        years = work.today().year - (born or work.today()).year
    assert int(known(stage, "wang", NURSE)["age"]) in (years, years - 1)
    assert known(stage, "clerk", NURSE) == {}


def test_a_number_that_nobody_verified_says_nothing(stage: Scene) -> None:
    with stage.work("wang") as work:
        directory.person(work, work.actor.person).level = 1
        assert precheck.known(work, items.current(work, NURSE).item) == []
        work.rollback()


def test_an_organization_has_no_age_but_is_one(stage: Scene) -> None:
    assert known(stage, "li", NURSE, stage.firm()) == {}
    assert known(stage, "li", LABOR, stage.firm()) == {"party": "organization"}
    assert known(stage, "li", LABOR) == {"party": "person"}


def test_a_held_license_is_known_and_its_absence_is_not(stage: Scene) -> None:
    assert known(stage, "li", RENEWAL, stage.firm()) == {}
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)
    stage.agreed("reviewer-market", key)
    stage.granted("reviewer-market", key)
    assert known(stage, "li", RENEWAL, stage.firm()) == {"license": "yes"}
    with stage.work("li", stage.firm()) as work:
        item = items.current(work, RENEWAL).item
        assert "license" not in [one.code for one in precheck.questions(work, item, {})]


def test_what_is_verified_goes_before_what_is_said(stage: Scene) -> None:
    with stage.work("wang") as work:
        item = items.current(work, ALLOWANCE).item
        result = precheck.result(work, item, {"age": "99", "household": "yes"})
        assert [one.outcome for one in result.judgements] == [Outcome.UNMET, Outcome.MET]
        assert [one.question.code for one in result.facts] == ["age"]


def test_an_item_without_rules_asks_nothing(stage: Scene) -> None:
    with stage.work("wang") as work:
        item = items.current(work, NURSE).item.model_copy(update={"eligibility": None})
        assert precheck.questions(work, item, {}) == []
        assert precheck.result(work, item, {}).judgements == []


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(0, 40000))
def test_full_years_are_reached_on_the_birthday(born: date, later: int) -> None:
    day = date.fromordinal(born.toordinal() + later)
    number = f"990101{born:%Y%m%d}0011"
    years = int(precheck._age(number, day))
    assert years == day.year - born.year - (f"{day:%m%d}" < f"{born:%m%d}")
