"""The page of the pre-check: asks, answers with reason and law, never ends the way, keeps nothing."""

import pytest
from flask import Flask

from servicehall.catalogue import publishing
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cases.halls import ALLOWANCE, ID_CARD, LABOR, NURSE, SignIn

PAGE = f"/items/{ALLOWANCE}/eligibility"


def test_a_guide_leads_to_it(app: Flask) -> None:
    assert PAGE in app.test_client().get(f"/items/{ALLOWANCE}").text
    assert "/eligibility" not in app.test_client().get(f"/items/{ID_CARD}").text
    assert app.test_client().get(f"/items/{ID_CARD}/eligibility").status_code == 404


def test_a_visitor_is_asked_everything(app: Flask) -> None:
    page = app.test_client().get(PAGE).text
    assert "您多少周岁" in page
    assert "您的户籍在示范区吗" in page
    assert "符合全部条件" not in page


@pytest.mark.parametrize(
    ("said", "words", "way"),
    [
        ({"age": "81", "household": "yes"}, "您符合全部条件", "去办理"),
        ({"age": "70", "household": "yes"}, "还不到年龄", "仍要申请"),
        ({"age": "81"}, "还有 1 个条件不能确定", "去办理"),
    ],
)
def test_the_answer_says_why_and_how_to_go_on(
    app: Flask, said: dict[str, str], words: str, way: str
) -> None:
    page = app.test_client().post(PAGE, data=said)
    assert page.status_code == 200
    assert words in page.text
    assert way in page.text
    assert f"/items/{ALLOWANCE}/apply" in page.text
    assert "老年人权益保障法》第三十三条" in page.text
    assert "演示数据" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_what_is_known_is_shown_with_its_source_and_not_asked(sign_in: SignIn) -> None:
    page = sign_in("wang").get(PAGE).text
    assert "按您实名认证的公民身份号码计算" in page
    assert 'name="age"' not in page
    answer = sign_in("wang").post(PAGE, data={"age": "99", "household": "yes"}).text
    assert "还不到年龄" in answer


def test_where_nothing_is_left_to_ask_the_answer_comes_at_once(
    app: Flask, hall: Hall, sign_in: SignIn
) -> None:
    with hall.work(SYSTEM) as work:
        item = publishing.known(work, ALLOWANCE).current.item
        first = item.eligibility.model_copy(
            update={
                "questions": item.eligibility.questions[:1],
                "criteria": item.eligibility.criteria[:1],
            }
        )
        publishing.publish(work, [item.model_copy(update={"eligibility": first})])
        work.commit()
    page = sign_in("wang").get(PAGE).text
    assert "还不到年龄" in page
    assert "仍要申请" in page
    with hall.work(SYSTEM) as work:
        publishing.publish(work, [item])
        work.commit()


def test_a_wrong_answer_is_said_by_its_field(app: Flask) -> None:
    page = app.test_client().post(PAGE, data={"age": "many", "household": "yes"})
    assert page.status_code == 422
    assert 'href="#age"' in page.text
    assert "仍要申请" not in page.text


def test_permits_name_the_law_that_lets_everybody_apply(app: Flask) -> None:
    page = app.test_client().post(f"/items/{LABOR}/eligibility", data={"capital": "199"}).text
    assert "行政许可法第二十九条" in page
    assert "有 1 个条件可能不符合" in page


def test_in_english(app: Flask) -> None:
    visitor = app.test_client()
    visitor.post("/prefer", data={"lang": "en"})
    page = visitor.post(f"/items/{NURSE}/eligibility", data={"age": "17"}).text
    assert "Applicants must be adults" in page


def test_a_suspended_item_is_not_tried(app: Flask, hall: Hall) -> None:
    for state, status in (("suspended", 409), ("in_use", 200)):
        with hall.work(SYSTEM) as work:
            publishing.mark(work, ALLOWANCE, state=state, reason="test")  # type: ignore[arg-type]
            work.commit()
        assert app.test_client().get(PAGE).status_code == status
