"""The calendar in the console: a grid, one day at a time, next year as a sheet."""

import io

from tests.calendars.test_amending import sheet
from tests.cases.halls import SignIn


def test_a_year_a_day_and_the_next_year(sign_in: SignIn) -> None:
    items = sign_in("items")
    page = items.get("/console/calendar").text
    assert "2026 年工作日历" in page
    assert "2027 日历尚未公布" in items.get("/console/calendar?year=2027").text
    wrong = items.post(
        "/console/calendar", data={"day": "2026-03-06", "worked": "no", "reason": ""}
    )
    assert (wrong.status_code, "2026-03-06" in wrong.text) == (422, True)
    sent = {"day": "2026-03-06", "worked": "no", "reason": "示范区停工停业通告"}
    assert items.post("/console/calendar", data=sent).status_code == 302
    assert "停工停业通告" in items.get("/console/calendar").text
    assert items.post("/console/calendar", data=sent).status_code == 409
    short = {"file": (io.BytesIO(b"2027-01-01,x"), "2027.csv"), "source": "国办发明电〔2026〕示范"}
    assert "第 1 行" in items.post("/console/calendar/import", data=short).text
    whole = {"file": (io.BytesIO(sheet(2027)), "2027.csv"), "source": "国办发明电〔2026〕示范"}
    assert items.post("/console/calendar/import", data=whole).status_code == 302
    assert "尚未公布" not in items.get("/console/calendar?year=2027").text
