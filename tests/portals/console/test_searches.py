"""What was sought in vain is told by the page, kept without a name, and shown to who edits items."""

from flask import Flask

from tests.cases.halls import SignIn

SAID = {"q": "没有人办过的事"}


def test_from_the_empty_list_to_the_console(app: Flask, sign_in: SignIn) -> None:
    visitor = app.test_client()
    page = visitor.get("/items", query_string=SAID).text
    assert 'action="/api/v1/searches/missed"' in page
    told = visitor.post("/api/v1/searches/missed", data=SAID)
    assert told.status_code == 303
    assert "谢谢" in visitor.get(told.location).text
    by_script = visitor.post(
        "/api/v1/searches/missed", data=SAID, headers={"Accept": "application/json"}
    )
    assert (by_script.status_code, by_script.data) == (204, b"")
    listed = sign_in("items").get("/console/items/searches").text
    assert SAID["q"] in listed
    assert "仍然没有" in listed


def test_only_pages_of_the_hall_may_tell(app: Flask) -> None:
    browser = app.test_client()
    foreign = {"Origin": "https://elsewhere.example"}
    url = "/api/v1/searches/missed"
    assert browser.post(url, data=SAID, headers=foreign).status_code == 403
    assert browser.post(url, data={"q": " "}).status_code == 422
    assert browser.get("/items?q=护士").text.count("searches/missed") == 0
