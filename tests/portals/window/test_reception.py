"""Reception: the same case at the counter: identified, signed, nothing typed twice, a receipt, all on record."""

import re

from flask.testing import FlaskClient

from servicehall.cases.numbering import COUNTER
from servicehall.city.town import town
from servicehall.registries import grounds
from tests.cases.halls import ALLOWANCE, ID_CARD, NURSE, Scene, SignIn
from tests.journeys.stage import PDF

CHEN = town().cast.chen
SHOWN = {"number": CHEN.number, "name": CHEN.name, "document": "id_card"}


def identified(browser: FlaskClient, **more: str) -> None:
    answer = browser.post("/window/reception", data={**SHOWN, **more})
    assert answer.status_code == 302, answer.text[:500]


def begun(browser: FlaskClient, item: str) -> str:
    """The key of the case, from the consent that was signed on paper."""
    assert browser.post("/window/reception/begin", data={"item": item}).status_code == 302
    assert "请申请人阅读并签名" in browser.get(f"/items/{item}/apply").text
    answer = browser.post(f"/items/{item}/begin", data={"agree": "yes"})
    assert answer.status_code == 302, answer.text[:300]
    return answer.location.split("/")[-2]


def test_a_counter_case_from_the_document_to_the_receipt(stage: Scene, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    assert clerk.post("/window/reception/begin", data={"item": ALLOWANCE}).status_code == 422
    for wrong in ({"number": "1"}, {"name": "陈某"}, {"document": ""}):
        assert clerk.post("/window/reception", data={**SHOWN, **wrong}).status_code == 422
    identified(clerk)
    assert "正在窗口为" in clerk.get("/window/").text
    key = begun(clerk, ALLOWANCE)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert grounds.of(work, case.matter).channel == "window"
        assert case.facts["population.person.name"]["status"] == "verified"
    preview = clerk.get(f"/cases/{key}/preview").text
    assert CHEN.name in preview
    assert 'name="population.person.name"' not in preview  # held: nothing to type
    stage.fill("chen", key)
    check = clerk.get(f"/cases/{key}/check").text
    once = re.findall(r'name="submit_key" value="([^"]+)"', check)[0]
    sent = clerk.post(f"/cases/{key}/submit", data={"submit_key": once, "declare": "yes"})
    assert sent.status_code == 302, sent.text[:300]
    receipt = clerk.get(sent.location).text
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert case.number is not None
        assert case.number[14] == COUNTER
        assert case.number in receipt
        assert (case.query_code or "-") in receipt
    assert clerk.post("/window/reception/end").status_code == 302
    assert clerk.get(f"/cases/{key}/receipt").status_code == 403
    looks = sign_in("chen").get("/mine/usage").text
    assert "窗口核验身份" in looks
    assert "查看办件" in looks
    assert case.number in sign_in("chen").get(f"/mine/cases/{key}").text


def test_only_applying_is_open_to_the_clerk(sign_in: SignIn) -> None:
    clerk = sign_in("clerk-two")
    identified(clerk)
    for path in ("/mine/", "/mine/licenses", "/mine/usage", "/mine/messages"):
        assert clerk.get(path).status_code == 403, path
    assert sign_in("reviewer-health").get("/window/reception").status_code == 403


def test_a_helper_does_what_the_letter_says(stage: Scene, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    li = town().cast.li
    helper = {"helper_number": li.number, "helper_name": li.name, "letter": "委托书 7 号"}
    late = {**helper, "letter_until": "2030-01-01", "scope": ID_CARD}
    assert clerk.post("/window/reception", data={**SHOWN, **late}).status_code == 422
    identified(clerk, **helper, letter_until="2026-06-30", scope=ID_CARD)
    refused = clerk.post(f"/items/{NURSE}/begin", data={"agree": "yes"})
    assert (refused.status_code, "授权委托书不包括" in refused.text) == (403, True)
    key = begun(clerk, ID_CARD)
    with stage.work("li") as work:
        assert stage.case(work, key).agent == work.actor.person
    scanned = {"how": "upload", "file": (__import__("io").BytesIO(PDF), "扫描件.pdf")}
    page = clerk.get(f"/cases/{key}/tasks").text
    assert "返回窗口帮办" in page
    code = re.findall(rf"/cases/{key}/materials/(\w+)", page)[0]
    assert clerk.post(f"/cases/{key}/materials/{code}", data=scanned).status_code == 302
    assert "身份证" in clerk.get("/window/reception").text
