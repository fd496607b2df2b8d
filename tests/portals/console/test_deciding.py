"""Two persons over HTTP: propose, return, publish, restore; suspend with days, told and refused."""

from datetime import timedelta

from flask.testing import FlaskClient

from servicehall.catalogue import drafts, items, planning
from tests.cases.halls import ALLOWANCE, FUND, ID_CARD, NURSE, VENUE, Scene, SignIn


def seen(stage: Scene, code: str) -> dict[str, int]:
    with stage.work("auditor") as work:
        found = drafts.unfinished(work, code)
        assert found
        return {"version": found.version}


def drafted(stage: Scene, sign_in: SignIn, code: str, quota: str) -> FlaskClient:
    browser = sign_in("items")
    browser.post(f"/console/items/{code}/draft")
    page = browser.get(f"/console/items/{code}/yaml").text
    lines = [line for line in page.splitlines() if not line.startswith("quota:")]
    text = "\n".join([*lines, f"quota: {quota}", ""])
    answer = browser.post(f"/console/items/{code}/yaml", data={**seen(stage, code), "yaml": text})
    assert answer.status_code == 302
    return browser


def test_from_draft_to_guide(stage: Scene, sign_in: SignIn) -> None:
    author, second = drafted(stage, sign_in, NURSE, "每年 200 名"), sign_in("publisher")
    url = f"/console/items/{NURSE}"
    assert author.post(f"{url}/propose", data=seen(stage, NURSE)).status_code == 422
    wrong = {**seen(stage, NURSE), "summary": "改名额", "effective_on": "morgen"}
    assert author.post(f"{url}/propose", data=wrong).status_code == 422
    sent = {**seen(stage, NURSE), "summary": "改名额"}
    assert "已送审" in author.post(f"{url}/propose", data=sent, follow_redirects=True).text
    assert author.post(f"{url}/publish", data=seen(stage, NURSE)).status_code == 403
    assert second.post(f"{url}/return", data=seen(stage, NURSE)).status_code == 422
    told = {**seen(stage, NURSE), "reason": "依据不足"}
    assert "已退回" in second.post(f"{url}/return", data=told, follow_redirects=True).text
    assert "依据不足" in author.get(url).text
    author.post(f"{url}/propose", data={**seen(stage, NURSE), "summary": "改名额"})
    assert "待发布" in second.get("/console/items").text
    answer = second.post(f"{url}/publish", data=seen(stage, NURSE), follow_redirects=True)
    assert "已发布" in answer.text
    assert "每年 200 名" in sign_in("wang").get(f"/items/{NURSE}").text
    with stage.work("auditor") as work:
        old = drafts.revisions(work, NURSE)[-1].id
    assert author.post(f"{url}/restore", data={"revision": "x"}).status_code == 422
    assert author.post(f"{url}/restore", data={"revision": "999999"}).status_code == 404
    answer = author.post(f"{url}/restore", data={"revision": old}, follow_redirects=True)
    assert "已按这一版起草" in answer.text
    assert author.post(f"{url}/rebase", data=seen(stage, NURSE)).status_code == 302
    assert author.post(f"{url}/withdraw", data=seen(stage, NURSE)).status_code == 302


def test_a_suspended_item_says_so_and_takes_nobody_new(stage: Scene, sign_in: SignIn) -> None:
    begun = stage.begin("wang", ID_CARD)
    author, second, url = sign_in("items"), sign_in("publisher"), f"/console/items/{ID_CARD}"
    assert author.post(f"{url}/plan", data={"state": "suspended"}).status_code == 422
    answer = author.post(f"{url}/plan", data={"state": "suspended", "reason": "系统升级"})
    assert answer.status_code == 302
    with stage.work("auditor") as work:
        plan = planning.unfinished(work, ID_CARD)
        assert plan
        sent = {"version": plan.version}
    assert author.post(f"{url}/plan/agree", data=sent).status_code == 403
    assert second.post(f"{url}/plan/agree", data=sent).status_code == 302
    guide = sign_in("chen").get(f"/items/{ID_CARD}").text
    assert "系统升级" in guide
    assert f"/items/{ID_CARD}/apply" not in guide
    answer = sign_in("chen").post(f"/items/{ID_CARD}/begin", data={"agree": "yes"})
    assert answer.status_code == 409
    assert "系统升级" in answer.text
    stage.fill("wang", begun)
    assert stage.submit("wang", begun)  # what was begun goes on
    with stage.work("auditor") as work:
        plan = planning.unfinished(work, ID_CARD)
        assert plan
        sent = {"version": plan.version}
    assert second.post(f"{url}/plan/end", data=sent).status_code == 302
    with stage.work("auditor") as work:
        assert items.open_entry(work, ID_CARD).notice == {}
    assert author.post(f"{url}/plan/end").status_code == 404


def test_a_day_to_come_is_told_beforehand(stage: Scene, sign_in: SignIn) -> None:
    author, second = drafted(stage, sign_in, FUND, "有"), sign_in("publisher")
    url = f"/console/items/{FUND}"
    with stage.work("auditor") as work:
        day = (work.today() + timedelta(days=5)).isoformat()
    sent = {**seen(stage, FUND), "summary": "改", "effective_on": day}
    author.post(f"{url}/propose", data=sent)
    answer = second.post(f"{url}/publish", data=seen(stage, FUND), follow_redirects=True)
    assert "待生效" in answer.text
    assert second.post(f"/console/items/{ALLOWANCE}/publish").status_code == 404


def test_a_draft_is_taken_over_and_a_third_person_publishes(stage: Scene, sign_in: SignIn) -> None:
    first, second = drafted(stage, sign_in, VENUE, "每年 9 家"), sign_in("publisher")
    url = f"/console/items/{VENUE}"
    assert "接手这份草稿" not in first.get(url).text
    assert "接手这份草稿" in second.get(url).text
    assert second.post(f"{url}/takeover", data=seen(stage, VENUE)).status_code == 422
    sent = {**seen(stage, VENUE), "takeover": "原起草人休假"}
    assert "已接手" in second.post(f"{url}/takeover", data=sent, follow_redirects=True).text
    told = first.get("/console/items").text
    assert "事项发布员接手了您起草的" in told
    assert "原起草人休假" in told
    assert "原起草人休假" in first.get(url).text
    second.post(f"{url}/propose", data={**seen(stage, VENUE), "summary": "改名额"})
    for browser in (first, second):
        assert "您起草过这份草稿" in browser.get(url).text
        assert browser.post(f"{url}/publish", data=seen(stage, VENUE)).status_code == 403
    third = sign_in("checker")
    answer = third.post(f"{url}/publish", data=seen(stage, VENUE), follow_redirects=True)
    assert "已发布" in answer.text
