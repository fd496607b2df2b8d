"""Clash: whoever comes second sees both sides: what they typed, what stands now, who changed what."""

import re

from tests.cases.halls import ID_CARD, NURSE, Scene, SignIn


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(version|seen)" value="(\d+)"', page))


def test_both_sides_are_shown_and_nothing_typed_is_lost(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", NURSE)
    first, second = sign_in("clerk"), sign_in("clerk-two")
    shown = fields(second.get(f"/window/cases/{key}").text)
    first.post(f"/window/cases/{key}/accept", data=fields(first.get(f"/window/cases/{key}").text))
    typed = {**shown, "reason": "不属于<本区>职权范围"}
    met = second.post(f"/window/cases/{key}/refuse-acceptance", data=typed)
    assert met.status_code == 409
    for words in ("这件事有了变化", "不属于&lt;本区&gt;职权范围", "已受理，办理中",
                  "受理，办理时限开始计算", "综合窗口"):  # fmt: skip
        assert words in met.text, words
    assert "二号窗口</" not in met.text.partition("其间的变化")[2].partition("</dl>")[0]


def test_what_is_typed_is_sent_again_on_the_newest_version(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("chen", ID_CARD)
    browser = sign_in("clerk")
    shown = fields(browser.get(f"/window/cases/{key}").text)
    old = {**shown, "version": str(int(shown["version"]) - 1), "points": "照片不清晰"}
    met = browser.post(f"/window/cases/{key}/correction", data=old)
    assert met.status_code == 409
    assert ">照片不清晰</textarea>" in met.text
    again = {**fields(met.text), "points": "照片不清晰"}
    assert browser.post(f"/window/cases/{key}/correction", data=again).status_code == 302
