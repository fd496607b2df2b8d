"""The later life at the desk: an extension by two people, a paper handed over, a revocation heard."""

from datetime import date, time

import pytest
from markupsafe import escape

from servicehall.handling import hearings, reviewing
from tests.cases.halls import FOOD, NURSE, VENUE, Scene, SignIn
from tests.portals.window.test_act import act, said

HEALTH, MARKET = "reviewer-health", "reviewer-market"


@pytest.mark.parametrize(("name", "sent", "words"), [
    ("not-needed", {"needless": "注册仍在有效期内"}, "已告知申请人依法不需要办理"),
    ("send-back", {"office": "示范市卫健委", "beyond": "机构不在本区"}, "已退件"),
])  # fmt: skip
def test_turned_away_in_writing(
    stage: Scene, sign_in: SignIn, name: str, sent: dict[str, str], words: str
) -> None:
    key = stage.applied("chen", NURSE)
    clerk, chen = sign_in("clerk"), sign_in("chen")
    empty = act(clerk, key, name)
    assert empty.status_code == 422
    assert words in said(clerk, act(clerk, key, name, **sent))
    page = chen.get(f"/mine/cases/{key}").text
    for told in (*sent.values(), "不服决定怎么办"):
        assert (told in page) is (told != sent.get("office"))


def test_an_extension_waits_for_the_head(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("chen", NURSE)
    stage.accepted(key)
    reviewer, head, chen = sign_in(HEALTH), sign_in("head-health"), sign_in("chen")
    wrong = act(reviewer, key, "extension", extra_days="30", extra_reason="需要核实材料真伪")
    assert (wrong.status_code, "需要核实材料真伪" in wrong.text) == (422, True)
    sent = {"extra_days": "5", "extra_reason": "需要核实材料真伪"}
    assert "等待负责人批准" in said(reviewer, act(reviewer, key, "extension", **sent))
    assert "等待您批准的延期" in head.get("/window/").text
    assert "等待您批准的延期" not in reviewer.get("/window/").text
    declined = act(head, key, "extension/decline")
    assert declined.status_code == 422
    assert "已批准延期" in said(head, act(head, key, "extension/approve"))
    again = act(reviewer, key, "extension", **sent)
    assert (again.status_code, "只能延长一次" in again.text) == (409, True)
    page = chen.get(f"/mine/cases/{key}").text
    for words in ("办理期限延长了 5 个工作日", "需要核实材料真伪", "延期告知书"):
        assert words in page
    stage.withdrawn("chen", key)


def test_a_head_may_decline(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("chen", NURSE)
    stage.accepted(key)
    sent = {"extra_days": "5", "extra_reason": "需要核实材料真伪"}
    act(sign_in(HEALTH), key, "extension", **sent)
    head = sign_in("head-health")
    done = said(head, act(head, key, "extension/decline", extra_answer="时间足够，请抓紧"))
    assert "没有批准延期" in done
    stage.withdrawn("chen", key)


def test_a_paper_license_is_handed_over_at_the_window(stage: Scene, sign_in: SignIn) -> None:
    firm = stage.firm()
    key = stage.applied("li", FOOD, firm, delivery="window")
    stage.accepted(key)
    stage.agreed(MARKET, key)
    reviewer, clerk = sign_in(MARKET), sign_in("clerk")
    assert "请按申请人选择的方式送达" in said(reviewer, act(reviewer, key, "grant"))
    assert act(clerk, key, "deliver", taken_by="", proof="").status_code == 422
    sent = {"taken_by": "李四", "proof": "居民身份证"}
    page = said(clerk, act(clerk, key, "deliver", **sent))
    assert "送达回证已生成" in page
    assert "送达回证</a>" in page


def test_a_revocation_hears_the_party_first(stage: Scene, sign_in: SignIn) -> None:
    key = stage.granted_nurse()
    reviewer, wang = sign_in(HEALTH), sign_in("wang")
    told = {"revoke_reason": "体检报告系伪造", "revoke_law": "行政许可法 第六十九条"}
    assert "等待陈述申辩" in said(reviewer, act(reviewer, key, "revocation", **told))
    early = act(reviewer, key, "revocation/revoke")
    assert early.status_code == 409
    page = wang.get(f"/mine/cases/{key}").text
    assert "拟撤销这项决定" in page
    assert wang.post(f"/mine/cases/{key}/statement", data={"statement": ""}).status_code == 422
    sent = {"statement": "报告是真的，请向医院核查"}
    assert wang.post(f"/mine/cases/{key}/statement", data=sent).status_code == 302
    assert sent["statement"] in reviewer.get(f"/window/cases/{key}").text
    answer = {"revoke_answer": "已向医院核查，系伪造"}
    assert "撤销决定已发出" in said(reviewer, act(reviewer, key, "revocation/revoke", **answer))
    assert "已撤销" in wang.get(f"/mine/cases/{key}").text


def test_a_revocation_may_be_dropped(stage: Scene, sign_in: SignIn) -> None:
    key = stage.granted_nurse()
    reviewer = sign_in(HEALTH)
    told = {"revoke_reason": "体检报告系伪造", "revoke_law": "行政许可法 第六十九条"}
    act(reviewer, key, "revocation", **told)
    done = said(reviewer, act(reviewer, key, "revocation/drop", revoke_answer="经核查属实"))
    assert "原决定继续有效" in done


def test_a_hearing_is_told_asked_for_and_announced(stage: Scene, sign_in: SignIn) -> None:
    firm, keys = stage.firm(), []
    for _ in range(2):
        keys.append(stage.applied("li", VENUE, firm))
        stage.accepted(keys[-1])
    key, other = keys
    culture, clerk, li = sign_in("reviewer-culture"), sign_in("clerk"), sign_in("li")
    li.post("/switch", data={"organization": firm})
    for one in keys:
        assert "听证权利告知书已发出" in said(culture, act(culture, one, "hearing/tell"))
    url = f"/mine/cases/{key}"
    assert "您有权要求听证" in li.get(url).text
    assert li.post(f"{url}/hearing", data={"hearing_reason": " "}).status_code == 422
    assert li.post(f"{url}/hearing", data={"hearing_reason": "请听取邻居意见"}).status_code == 302
    assert "您已申请听证" in li.get(url).text
    assert "申请人要求听证" in culture.get(f"/window/cases/{key}").text
    done = said(clerk, act(clerk, other, "hearing/ask", hearing_reason="书面申请：请听取意见"))
    assert "听证申请已登记" in done
    early = {"kind": "hearing", "held_on": str(stage.clock.now().date()), "held_at": "09:30",
             "place": "市民中心<三楼>听证室", "presider": "主持人周"}  # fmt: skip
    refused = act(culture, key, "suspend", **early)
    assert (refused.status_code, "提前七日通知" in refused.text) == (422, True)
    with stage.work("reviewer-culture") as work:
        day, _ = hearings.bounds(work, stage.case(work, key))
    assert day
    told = {**early, "held_on": str(day)}
    for name, wrong, words in (
        ("held_at", "", "请填写听证时间"), ("held_at", "25:00", "请填写听证时间"),
        ("held_at", "093000", "请填写听证时间"), ("place", " ", "请填写听证地点"),
        ("place", "厅" * 101, "听证地点最多 100 个字"),
    ):  # fmt: skip
        refused = act(culture, key, "suspend", **{**told, name: wrong})
        assert (refused.status_code, words in refused.text) == (422, True), (name, wrong)
        for kept in {**told, name: wrong.strip()}.values():
            assert str(escape(kept)) in refused.text, (name, kept)
    told["held_at"] = "１４：０５"  # as Chinese keyboards write it
    assert act(culture, key, "suspend", **told).status_code == 302
    held = f"{day.year}年{day.month}月{day.day}日 14:05 举行"
    place = str(escape(told["place"]))
    desk, page = culture.get(f"/window/cases/{key}").text, li.get(url).text
    for words in (held, place, "主持人周"):
        assert words in desk, words
    for words in ("期间，计时暂停", held, place, "主持人周", "申请回避"):
        assert words in page, words
    li.post("/prefer", data={"lang": "en"})
    for words in ("Clock stopped: Hearing", f"Held on {day} at 14:05. Place: "):
        assert words in li.get(url).text, words
    assert f"is on {day} at 14:05. Place: {place}." in li.get("/mine/messages").text


def test_a_hearing_announced_before_hours_were_kept_has_its_day(
    stage: Scene, sign_in: SignIn
) -> None:
    firm = stage.firm()
    key = stage.applied("li", VENUE, firm)
    stage.accepted(key)
    stage.does("reviewer-culture", key, reviewing.suspend, kind="hearing", officers="",
               held_on=date(2026, 3, 16), held_at=time(9, 30), place="三楼", presider="孙三")  # fmt: skip
    with stage.work("reviewer-culture") as work:
        (pause,) = stage.case(work, key).pauses
        pause.held_at, pause.place = None, ""
        work.record("test.older", key)
        work.commit()
    li = sign_in("li")
    li.post("/switch", data={"organization": firm})
    for page in (
        li.get(f"/mine/cases/{key}"),
        sign_in("reviewer-culture").get(f"/window/cases/{key}"),
    ):
        assert "2026年3月16日 举行，主持人" in page.text
