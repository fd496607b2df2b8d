"""Attended: each page of an application that a clerk sees at the counter is a look on record."""

from sqlalchemy import func, select

from servicehall.city.town import town
from servicehall.kernel.audit import AuditEntry
from tests.cases.halls import ID_CARD, Scene, SignIn


def looks(stage: Scene, key: str) -> int:
    with stage.work("auditor") as work:
        query = select(func.count()).where(
            AuditEntry.subject == key, AuditEntry.act == "case.viewed"
        )
        return work.session.scalar(query) or 0


def test_a_clerks_look_is_on_record_and_a_citizens_own_is_not(
    stage: Scene, sign_in: SignIn
) -> None:
    key = stage.begin("wang", ID_CARD)
    wang, clerk = town().cast.wang, sign_in("clerk")
    assert sign_in("wang").get(f"/cases/{key}/tasks").status_code == 200
    assert looks(stage, key) == 0
    shown = {"number": wang.number, "name": wang.name, "document": "id_card"}
    assert clerk.post("/window/reception", data=shown).status_code == 302
    assert clerk.get(f"/cases/{key}/tasks").status_code == 200
    assert looks(stage, key) == 1
