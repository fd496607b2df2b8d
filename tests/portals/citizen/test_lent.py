"""我的证照: who asks to see mine, and a yes, a no, a yes taken back; what was issued elsewhere."""

import pytest

from servicehall.lending import agreeing
from tests.cases.halls import app, hall, sign_in, stage
from tests.journeys.stage import PDF
from tests.lending import lent

__all__ = ["app", "hall", "sign_in", "stage"]


@pytest.fixture(scope="module")
def staged(stage):
    return lent.staged(stage)


def test_yes_and_taken_back(stage, sign_in, staged):
    browser, place = sign_in("wang"), f"/mine/licenses/asked/{staged['LENT']}"
    page = browser.get("/mine/licenses").text
    assert "有部门请求查看您的证照" in page
    assert lent.CAUSE in page
    assert browser.post(place).status_code == 422
    assert browser.post(place, data={"answer": "yes"}).status_code == 302
    page = browser.get("/mine/licenses").text
    assert "随时可以撤回" in page
    assert "有部门请求查看您的证照" not in page
    assert browser.post(place, data={"answer": "no"}).status_code == 409
    assert browser.post(place, data={"answer": "withdraw"}).status_code == 302
    assert "已撤回" in browser.get("/mine/licenses").text
    with stage.work("wang") as work:
        assert agreeing.own(work, staged["LENT"]).state == "withdrawn"


def test_what_was_issued_elsewhere_is_shown_and_its_scan_given(sign_in, staged):
    browser, place = sign_in("wang"), f"/mine/licenses/elsewhere/{staged['GATHERED']}"
    assert place in browser.get("/mine/licenses").text
    page = browser.get(place).text
    assert "D 级：历史证照扫描件" in page
    assert "王雨桐" in page
    scan = browser.get(f"{place}/scan")
    assert (scan.data, scan.content_type) == (PDF, "application/pdf")
    assert scan.headers["Content-Disposition"].startswith("attachment")
    assert sign_in("chen").get(place).status_code == 404


def test_a_person_with_nothing_is_led_to_the_services(sign_in):
    assert "还没有电子证照" in sign_in("chen").get("/mine/licenses").text
