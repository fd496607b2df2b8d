"""The button 收藏: on guides, lists and bundles; the page of what is kept; taking back."""

from flask import Flask

from servicehall.catalogue import publishing
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cases.halls import NURSE, SignIn

PAGE = "/mine/favourites"
KEEP = f"{PAGE}/item/{NURSE}"


def test_a_visitor_is_led_to_the_sign_in(app: Flask) -> None:
    page = app.test_client().get(f"/items/{NURSE}").text
    assert "收藏" in page
    assert PAGE not in page
    assert PAGE not in app.test_client().get("/items?q=护士").text


def test_keep_find_drop_take_back(sign_in: SignIn) -> None:
    browser = sign_in("wang")
    assert "还没有收藏" in browser.get(PAGE).text
    guide = f"/items/{NURSE}"
    assert f'action="{KEEP}"' in browser.get(guide).text
    assert browser.post(KEEP, data={"next": guide}).location == guide
    assert f'action="{KEEP}/drop"' in browser.get(guide).text
    assert f'action="{KEEP}/drop"' in browser.get("/items?q=护士执业注册").text
    assert "护士执业注册" in browser.get(PAGE).text
    dropped = browser.post(f"{KEEP}/drop", data={"next": PAGE})
    page = browser.get(dropped.location).text
    assert "撤销，放回收藏" in page
    browser.post(KEEP, data={"next": PAGE})
    assert "护士执业注册" in browser.get(PAGE).text
    assert browser.post(f"{KEEP}/drop", data={"next": guide}).location == guide


def test_a_bundle_is_kept_too(sign_in: SignIn) -> None:
    browser = sign_in("chen")
    browser.post(f"{PAGE}/bundle/catering-opening")
    assert "/bundles/catering-opening" in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/moon/catering-opening").status_code == 404
    assert browser.post(f"{PAGE}/item/moon").status_code == 404


def test_the_list_says_what_became_of_an_item(hall: Hall, sign_in: SignIn) -> None:
    browser = sign_in("li")
    browser.post(KEEP)
    with hall.work(SYSTEM) as work:
        item = publishing.known(work, NURSE).current.item
        publishing.publish(work, [item.model_copy(update={"summary": "新的说法。"})])
        publishing.mark(work, NURSE, state="suspended", reason="test")
        work.commit()
    page = browser.get(PAGE).text
    assert "指南已更新" in page
    assert "暂停办理" in page
    assert browser.post(f"{KEEP}/seen").location == f"/items/{NURSE}"
    assert "指南已更新" not in browser.get(PAGE).text
    with hall.work(SYSTEM) as work:
        publishing.mark(work, NURSE, state="cancelled", reason="test")
        work.commit()
    assert "已经取消" in browser.get(PAGE).text
    with hall.work(SYSTEM) as work:
        publishing.mark(work, NURSE, state="in_use", reason="test")
        publishing.publish(work, [item])
        work.commit()
