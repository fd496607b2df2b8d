"""By which items a desk can narrow its list: its own and those it reviews, as they stand now."""

import re

from flask import Flask

from servicehall.catalogue import publishing
from servicehall.kernel.work import SYSTEM
from tests.cases.halls import ALLOWANCE, NURSE, VENUE, Scene, SignIn


def offered(sign_in: SignIn, login: str) -> set[str]:
    page = sign_in(login).get("/window/").text
    listed = re.search(r'<select[^>]* name="item".*?</select>', page, re.S)
    assert listed
    return set(re.findall(r'value="(\w{20,})"', listed[0]))


def test_each_desk_its_own_and_the_one_window_all(sign_in: SignIn) -> None:
    health, clerk = offered(sign_in, "reviewer-health"), offered(sign_in, "clerk")
    assert NURSE in health
    assert ALLOWANCE not in health
    assert {NURSE, ALLOWANCE, VENUE} | health <= clerk


def test_whoever_reviews_is_offered_what_another_department_decides(sign_in: SignIn) -> None:
    assert VENUE in offered(sign_in, "reviewer-fire")


def test_wordings_are_read_once_for_each_edition(app: Flask, stage: Scene, sign_in: SignIn) -> None:
    before = offered(sign_in, "clerk")
    (kept,) = app.extensions["offered"].values()
    offered(sign_in, "reviewer-health")
    assert [*app.extensions["offered"].values()] == [kept]
    with stage.hall.work(SYSTEM) as work:
        publishing.mark(work, ALLOWANCE, state="cancelled", reason="取消")
        work.commit()
    assert offered(sign_in, "clerk") == before - {ALLOWANCE}
    assert len(app.extensions["offered"]) == 1
