"""Opening hours in the console: seen, changed, refused with the line named."""

from servicehall.city.offices import office_of, window
from tests.cases.halls import SignIn


def test_hours_are_laid_out_and_seen_by_who_books(sign_in: SignIn) -> None:
    items, wang = sign_in("items"), sign_in("wang")
    assert "09:00-12:00" in items.get("/console/hours").text
    form = items.get(f"/console/hours?department={window().code}").text
    assert "13:30-17:00" in form
    police = office_of("公安")
    sent = {"department": police.code, "spans": "nine", "minutes": "30", "windows": "2"}
    wrong = items.post("/console/hours", data=sent)
    assert (wrong.status_code, "第 1 行" in wrong.text, "nine" in wrong.text) == (422, True, True)
    saved = items.post("/console/hours", data={**sent, "spans": "10:00-11:00"})
    assert saved.status_code == 302
    assert police.name in wang.get("/visits").text
    assert "10:00-11:00" in items.get("/console/hours").text
    assert sign_in("clerk").get("/console/hours").status_code == 403
