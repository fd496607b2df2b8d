"""Collected: a citizen of one district at the window of the next; each sees what it must."""

import re

from flask.testing import FlaskClient

from servicehall.handling import acceptance
from tests.cases.halls import ID_CARD, Scene, SignIn
from tests.portals.window.test_reception import begun, identified


def handed_in(browser: FlaskClient, key: str, **more: str) -> int:
    check = browser.get(f"/cases/{key}/check").text
    once = re.findall(r'name="submit_key" value="([^"]+)"', check)[0]
    sent = {"submit_key": once, "declare": "yes", "address": "示范路 1 号 101 室", **more}
    return browser.post(f"/cases/{key}/submit", data=sent).status_code


def test_taken_in_over_there_handled_here(stage: Scene, sign_in: SignIn) -> None:
    far = sign_in("clerk-newtown")
    assert "还没有代收的办件" in far.get("/window/collected").text
    identified(far)
    key = begun(far, ID_CARD)
    stage.fill("chen", key)
    assert "受理和决定由" in far.get(f"/cases/{key}/check").text
    assert handed_in(far, key) == 422
    assert handed_in(far, key, formal="yes") == 302
    with stage.work("auditor") as work:
        number = stage.case(work, key).number
    listed = far.get("/window/collected").text
    assert number in listed
    assert 'data-label="状态"' in listed  # a phone shows each case as a card, its state included
    page = far.get(f"/window/collected/{number}").text
    assert "新城区政务服务中心" in page
    assert "陈**" in page or "陈*" in page
    assert far.get(f"/window/cases/{number}").status_code == 404  # not its case
    assert far.post(f"/window/cases/{number}/accept", data={"version": "1"}).status_code == 404
    for login, path in (("clerk", f"/window/cases/{number}"), ("chen", f"/mine/cases/{key}")):
        assert "异地代收" in sign_in(login).get(path).text
    stage.does("clerk", key, acceptance.ask_correction, points=["照片不清晰"])
    assert "照片不清晰" in far.get(f"/window/collected/{number}").text
    assert "接着办" in far.get("/window/reception").text
    assert handed_in(far, key, formal="yes") == 302
    assert "代收补正" in far.get(f"/window/collected/{number}").text
    assert sign_in("clerk").get(f"/window/collected/{number}").status_code == 404


def test_the_far_clerk_is_told_why_an_item_cannot_be_taken_in(sign_in: SignIn) -> None:
    far = sign_in("clerk-newtown")
    identified(far)
    listed = re.findall(r'<option value="(\w{31,})"', far.get("/window/reception").text)
    near = sign_in("clerk")
    identified(near)
    every = re.findall(r'<option value="(\w{31,})"', near.get("/window/reception").text)
    closed = sorted(set(every) - set(listed))
    assert closed
    far.get(f"/items/{closed[0]}/apply")
    refused = far.post(f"/items/{closed[0]}/begin", data={"agree": "yes"})
    assert (refused.status_code, "不能代收" in refused.text) == (403, True)
