"""The pre-check: three answers, a basis for each, and a declaration that cannot promise nonsense."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.words import Words
from servicehall.standard import eligibility
from servicehall.standard.eligibility import Outcome
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Basis, Criterion, Eligibility, Inquiry
from tests.inspection.test_checks import broken

TODAY = date(2026, 11, 22)
LAW = Basis(law="某条例", article="第一条", text="要旨")


def outcomes(item, **answers):
    return {j.criterion.code: j.outcome for j in eligibility.judged(item, answers, TODAY)}


def criterion(rule, basis=LAW):
    return Criterion(
        code="one", name="条件", name_en="Condition", rule=rule, reason="理由", reason_en="Reason",
        basis=basis,
    )  # fmt: skip


def declared(*questions, rule="age >= 80", basis=LAW):
    return Eligibility(questions=questions, criteria=(criterion(rule, basis),))


def asked(code="age", kind="number", **more):
    return Inquiry(code=code, label=code, kind=kind, **more)


def test_many_items_have_one_and_each_names_its_law(items):
    checked = [item for item in items if item.eligibility]
    assert len(checked) >= 20
    for item in checked:
        for one in item.eligibility.criteria:
            basis = eligibility.founded(item, one)
            assert basis.law
            assert basis.article


def test_what_is_not_known_is_open_and_says_what_would_decide_it(items_read):
    item = items_read["elderly-allowance"]
    age, household = eligibility.judged(item, {"age": "79"}, TODAY)
    assert (age.outcome, household.outcome) == (Outcome.UNMET, Outcome.OPEN)
    assert [question.code for question in household.undecided] == ["household"]
    assert age.undecided == ()
    assert not age.basis.verified  # the item's own row says so: 演示数据
    assert outcomes(item, age="80", household="yes") == dict.fromkeys(
        ("age", "household"), Outcome.MET
    )


@pytest.mark.parametrize(
    ("since", "outcome"),
    [("2026-05-23", Outcome.UNMET), ("2026-05-22", Outcome.MET), ("2026-02-30", Outcome.OPEN),
     ("", Outcome.OPEN), ("soon", Outcome.OPEN)],
)  # fmt: skip
def test_a_date_counts_in_whole_months(items_read, since, outcome):
    assert outcomes(items_read["residence-permit"], since=since)["half_year"] is outcome


@pytest.mark.parametrize(
    ("until", "outcome"), [("2026-12-21", Outcome.UNMET), ("2026-12-22", Outcome.MET)]
)
def test_a_date_counts_in_days(items_read, until, outcome):
    assert outcomes(items_read["food-business-renewal"], until=until)["time"] is outcome


def test_one_true_side_is_enough_and_what_is_not_asked_decides_nothing(items_read):
    subsidy = items_read["disability-subsidy"]
    living = outcomes(subsidy, kind="living", allowance="yes", grade="g4")
    assert (living["living"], living["care"]) == (Outcome.MET, Outcome.MET)
    codes = [q.code for q in eligibility.asked(subsidy.eligibility, {"kind": "living"}, TODAY)]
    assert "grade" not in codes
    assert "grade" in [q.code for q in eligibility.asked(subsidy.eligibility, {}, TODAY)]


@given(st.dictionaries(st.sampled_from(["capital", "party", "premises"]), st.text(max_size=8)))
def test_whatever_is_sent_is_answered(answers):
    both = declared(asked("capital"), asked("party", "yes_no"), asked("premises", "date"))
    said = eligibility.asked(both, answers, TODAY)
    assert len(said) == 3


@pytest.mark.parametrize("said", ["nan", "inf", "-inf", "many", "maybe"])
def test_what_cannot_be_an_answer_is_none(items_read, said):
    found = outcomes(items_read["labor-dispatch"], capital=said, premises=said, party=said)
    assert set(found.values()) == {Outcome.OPEN}


def test_an_item_without_one_says_nothing(items_read):
    assert eligibility.judged(items_read["id-card-reissue"], {}, TODAY) == []


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (declared(asked(kind="text")), "eligibility.kind"),
        (declared(asked(kind="choice"), rule="age == 'x'"), "eligibility.kind"),
        (declared(asked(kind="yes_no", known="age")), "eligibility.known"),
        (declared(asked(kind="yes_no", known="held"), rule="age == 'yes'"), "eligibility.license"),
        (declared(asked(kind="yes_no", known="held", license_type="moon"), rule="age == 'yes'"),
         "eligibility.license"),
        (declared(asked(license_type="id-card")), "eligibility.license"),
        (declared(asked(), asked()), "eligibility.once"),
        (Eligibility(questions=(asked(),), criteria=(criterion("age > 1"),) * 2), "eligibility.once"),
        (declared(asked(), rule="age >="), "eligibility.compiles"),
        (declared(asked(), rule="size >= 1"), "eligibility.names"),
        (declared(asked(), rule="facts.population.person.sex == '女'"), "eligibility.names"),
        (declared(asked(when="later == 1"), asked("later")), "eligibility.names"),
        (declared(asked(), basis=Basis(law="某条例", article="第一条")), "eligibility.basis"),
    ],
)  # fmt: skip
def test_a_pre_check_that_cannot_work_is_not_published(items_read, wrong, rule):
    assert rule in broken(items_read["elderly-allowance"], eligibility=wrong)


def test_what_does_not_compile_says_why_in_the_language_of_the_reader(items_read):
    body = items_read["elderly-allowance"].model_copy(
        update={"eligibility": declared(asked(), rule="[1].all(x, x > 0)")}
    )
    (found,) = eligibility.ruled(body, Surroundings({}, {}))
    assert isinstance(found.params["reason"], Words)  # translated with its sentence


def test_a_date_lends_its_days_and_months(items_read):
    dated = declared(asked("day", "date"), rule="day_days >= 0 && day_months < 12 && day != ''")
    assert broken(items_read["elderly-allowance"], eligibility=dated) == set()


def test_the_items_own_basis_is_the_one_that_counts(items_read):
    item = items_read["elderly-allowance"]
    own = item.bases[0]
    one = criterion("age > 1", Basis(law=own.law, article=own.article))
    assert eligibility.founded(item, one) is own
    assert eligibility.founded(item, criterion("age > 1")) is LAW
