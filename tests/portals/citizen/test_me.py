"""Addresses that papers print lead to one's own pages, and nobody else's."""

from servicehall.wiring import Hall
from tests.conftest import SignIn
from tests.journeys.stage import Stage

NURSE = "119901010000002388499012300200001"


def test_they_lead_home(hall: Hall, sign_in: SignIn) -> None:
    stage = Stage(hall)
    key = stage.applied("wang", NURSE)
    with stage.work("auditor") as work:
        number = stage.case(work, key).number
    wang = sign_in("wang")
    assert wang.get("/me/data-usage", follow_redirects=True).request.path == "/mine/usage"
    found = wang.get(f"/me/cases/{number}", follow_redirects=True)
    assert (found.status_code, found.request.path) == (200, f"/mine/cases/{key}")
    assert sign_in("chen").get(f"/me/cases/{number}").status_code == 404
    assert wang.get("/me/cases/9901012026010110000000X").status_code == 404
