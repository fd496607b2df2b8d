"""Handling: lists, one case with where its data are from, and no whole number anywhere unasked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from servicehall.identity import directory
from servicehall.kernel.masking import mask
from tests.cases.halls import ALLOWANCE, FUND, NURSE, Scene, SignIn
from tests.journeys.stage import PDF


def test_the_lists_and_their_counts(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", NURSE)
    clerk = sign_in("clerk")
    with stage.work("clerk") as work:
        number = stage.case(work, key).number
    assert f"/window/cases/{number}" in clerk.get("/window/").text
    for words, found in ((number, True), ("王雨桐", True), ("王雨", False), ("' OR 1=1", False)):
        page = clerk.get("/window/", query_string={"q": words}).text
        assert (f"/window/cases/{number}" in page) is found
    for which in ("review", "decide", "paused", "correction", "done", "nothing", "'"):
        page = clerk.get("/window/", query_string={"list": which})
        assert page.status_code == 200
    assert key not in sign_in("reviewer-market").get("/window/?list=accept").text


def test_looking_is_on_record_and_so_is_each_file(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("li", NURSE)
    clerk, li = sign_in("clerk"), sign_in("li")
    clerk.get(f"/window/cases/{key}")
    answer = clerk.get(f"/window/cases/{key}/materials/health_report")
    assert (answer.data, answer.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    page = li.get("/mine/usage").text
    assert "查看办件" in page
    assert "查看申请材料" in page
    assert clerk.get(f"/window/cases/{key}/materials/identity").status_code == 404


def test_no_whole_number_stands_on_a_page_unasked(stage: Scene, sign_in: SignIn) -> None:
    for login, item in (("chen", ALLOWANCE), ("wang", FUND)):
        key = stage.applied(login, item)
        with stage.work(login) as work:
            number = directory.person(work, work.actor.person).number
        for staff in ("clerk", _deciding(stage, key)):
            page = sign_in(staff).get(f"/window/cases/{key}").text
            assert mask(number) in page
            assert number not in page
            assert "6200000000000000" not in page


def _deciding(stage: Scene, key: str) -> str:
    with stage.work("auditor") as work:
        department = stage.case(work, key).department
    logins = ("reviewer-civil", "reviewer-fund")
    return next(login for login in logins if stage.actor(login).department == department)


@settings(max_examples=8)
@given(account=st.from_regex(r"[0-9]{12,21}", fullmatch=True))
def test_any_account_number_is_masked(stage: Scene, sign_in: SignIn, account: str) -> None:
    key = stage.begin("chen", ALLOWANCE)
    stage.fill("chen", key, account=account)
    stage.submit("chen", key)
    page = sign_in("clerk").get(f"/window/cases/{key}").text
    stage.withdrawn("chen", key)
    assert mask(account) in page
    assert account not in page
