"""The list of items: what is applicable, and publishing that changes nothing twice."""

from tests.cases.halls import SignIn


def test_publishing_again_makes_nothing_new(sign_in: SignIn) -> None:
    browser = sign_in("items")
    page = browser.get("/console/items").text
    assert "护士执业注册" in page
    answer = browser.post("/console/items/publish", follow_redirects=True)
    assert "已发布 0 个有变化的事项" in answer.text
