"""The later life in the browser: an extension by two people, a revocation after the party was heard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from servicehall.cases.states import State
from servicehall.cli.journey import serving
from servicehall.wiring import Hall
from tests.browser.conftest import Seen
from tests.browser.test_desk import at, press
from tests.browser.test_together import apart
from tests.cases.halls import NURSE, Scene

pytestmark = pytest.mark.browser
DESK, PHONE = 1280, 390


@pytest.fixture
def address(hall: Hall) -> Iterator[str]:
    """The very hall in which the cases lie."""
    with serving(hall) as base:
        yield base


def test_an_extension_by_two_people(browser: Browser, address: str, hall: Hall, seen: Seen) -> None:
    stage = Scene(hall)
    key = stage.applied("chen", NURSE)
    stage.accepted(key)
    with stage.work("auditor") as work:
        before = stage.case(work, key).due_on
    reviewer = at(browser, address, DESK, "reviewer-health", f"/window/cases/{key}")
    reviewer.get_by_text("申请延长办理期限").click()
    reviewer.get_by_label("延长几个工作日").fill("5")
    reviewer.get_by_label("理由").last.fill("体检报告需要向医院核实")
    press(reviewer, "extension")
    reviewer.get_by_text("等待负责人批准").first.wait_for()
    assert reviewer.get_by_role("button", name="批准延期").count() == 0
    head = at(browser, address, DESK, "head-health")
    head.get_by_text("等待您批准的延期").first.wait_for()
    head.goto(f"/window/cases/{key}")
    seen(head, "84-extension-1280")
    press(head, "extension/approve")
    head.get_by_text("已批准延期").first.wait_for()
    with stage.work("auditor") as work:
        after = stage.case(work, key).due_on
    assert before
    assert after
    assert after > before
    chen = at(browser, address, PHONE, "chen", f"/mine/cases/{key}")
    chen.get_by_text("办理期限延长了 5 个工作日").wait_for()
    seen(chen, "85-extended-390")
    stage.withdrawn("chen", key)


def test_a_revocation_after_the_party_was_heard(
    browser: Browser, address: str, hall: Hall, seen: Seen
) -> None:
    stage = Scene(hall)
    key = apart(stage.granted_nurse)
    office = at(browser, address, DESK, "reviewer-health", f"/window/cases/{key}")
    office.get_by_text("撤销这项决定").click()
    office.get_by_label("事实和理由").fill("以欺骗手段取得：体检报告系伪造")
    office.get_by_label("法律依据").fill("行政许可法 第六十九条第二款")
    press(office, "revocation")
    office.get_by_text("等待陈述申辩").wait_for()
    assert office.get_by_role("button", name="作出撤销决定").count() == 0
    wang = at(browser, address, PHONE, "wang", f"/mine/cases/{key}")
    wang.get_by_text("拟撤销这项决定").first.wait_for()
    wang.get_by_label("我的陈述申辩").fill("报告是医院开的，请核查")
    seen(wang, "86-hear-390")
    press(wang, "statement")
    wang.get_by_text("陈述申辩已提交").wait_for()
    office.reload()
    office.get_by_label("对陈述申辩的意见").fill("经向医院核查，报告系伪造")
    seen(office, "87-revoke-1280")
    press(office, "revocation/revoke")
    office.get_by_text("撤销决定已发出").wait_for()
    wang.reload()
    wang.get_by_text("已撤销").first.wait_for()
    wang.get_by_text("不服决定怎么办").wait_for()
    seen(wang, "88-revoked-390")
    assert stage.state(key) is State.REVOKED
