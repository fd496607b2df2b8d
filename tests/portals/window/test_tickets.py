"""Tickets: draw, call, end, at one's own window; what is missing is said."""

from tests.cases.halls import SignIn


def test_from_the_number_to_the_window(sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    assert "取号叫号" in clerk.get("/window/").text
    assert clerk.post("/window/tickets", data={"booking": "nothing"}).status_code == 422
    assert clerk.post("/window/tickets").status_code == 302
    assert "已取号 001" in clerk.get("/window/tickets").text
    assert clerk.post("/window/tickets/next").status_code == 422
    assert clerk.post("/window/tickets/next", data={"window": "3"}).status_code == 302
    assert "正在办理 001 号" in clerk.get("/window/tickets").text
    assert clerk.post("/window/tickets/next", data={"window": "3"}).status_code == 409
    for _ in range(2):  # a double click
        assert clerk.post("/window/tickets/end", data={"came": "yes"}).status_code == 302
    clerk.post("/window/tickets/next", data={"window": "3"})
    assert "没有人在等" in clerk.get("/window/tickets").text
    assert sign_in("reviewer-health").get("/window/tickets").status_code == 403
