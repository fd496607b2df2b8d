"""Visits: a slot is chosen, changed, cancelled; the board says numbers and nobody's name."""

import re

from servicehall.city.offices import window
from tests.cases.halls import Scene, SignIn

HALL = window().code


def test_booked_changed_cancelled(sign_in: SignIn) -> None:
    wang = sign_in("wang")
    assert "现在不能预约" not in wang.get("/visits").text
    sent = {"department": HALL, "day": "2026-03-03", "slot": "600"}
    for wrong in ({"slot": ""}, {"day": "2026-03-07"}, {"slot": "601"}, {"day": "x"}):
        assert wang.post("/visits", data={**sent, **wrong}).status_code == 422
    assert wang.post("/visits", data=sent).status_code == 302
    page = wang.get("/visits").text
    assert "2026年3月3日 10:00" in page
    assert wang.post("/visits", data={**sent, "slot": "630"}).status_code == 302
    page = wang.get("/visits?day=2026-03-03").text
    assert "10:30" in page
    key = re.findall(r"/visits/([\w-]+)/cancel", page)[0]
    assert sign_in("chen").post(f"/visits/{key}/cancel").status_code == 404
    assert wang.post(f"/visits/{key}/cancel").status_code == 302
    assert f"/visits/{key}/cancel" not in wang.get("/visits").text


def test_the_board_hangs_in_the_open(stage: Scene, sign_in: SignIn) -> None:
    clerk = sign_in("clerk")
    assert clerk.post("/window/tickets").status_code == 302
    shown = sign_in("wang").get(f"/visits/board/{HALL}").text
    assert "等候 1 人" in shown
    assert sign_in("wang").get("/visits/board/nowhere").status_code == 404
