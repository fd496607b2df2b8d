"""The group at the window: what was never handed in is nobody's business there."""

from servicehall.wiring import Hall
from tests.bundling.halls import NEWBORN, Together
from tests.cases.halls import SignIn


def test_a_draft_is_hidden_and_so_is_what_does_not_exist(hall: Hall, sign_in: SignIn) -> None:
    stage = Together(hall)
    key = stage.together("wang", NEWBORN, insure="no", card="no")
    clerk = sign_in("clerk")
    assert clerk.get(f"/window/groups/{key}").status_code == 404
    assert clerk.get("/window/groups/moon").status_code == 404
    stage.filled("wang", key)
    stage.handed_in("wang", key)
    page = clerk.get(f"/window/groups/{key}")
    assert page.status_code == 200
    assert "出生登记" in page.text
    assert sign_in("reviewer-market").get(f"/window/groups/{key}").status_code == 404
    assert sign_in("wang").get(f"/window/groups/{key}").status_code == 403
