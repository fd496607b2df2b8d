"""The office: each role has its own room, and no other's."""

from flask import Flask

from servicehall.portals.console.office import portal
from tests.cases.halls import SignIn


def test_the_office_admits_its_four_roles() -> None:
    assert portal.admits == {"supervisor", "item_admin", "auditor", "steward"}  # type: ignore[attr-defined]


def test_each_has_one_room(app: Flask, sign_in: SignIn) -> None:
    rooms = {"supervisor": "/console/", "items": "/console/items", "auditor": "/console/audit",
             "steward-police": "/console/sharing"}  # fmt: skip
    for login, own in rooms.items():
        browser = sign_in(login)
        for url in rooms.values():
            assert browser.get(url).status_code == (200 if url == own else 403)
    assert app.test_client().get("/console/").status_code == 302
