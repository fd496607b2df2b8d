"""The citizen's desk (办事大厅): everyone may look around; applying and one's own space need a sign-in."""

from flask import Blueprint

from servicehall.portals.citizen import (
    account,
    apply,
    attended,
    browse,
    carrying,
    disputing,
    entitled,
    front,
    joint,
    joint_supply,
    kept,
    lent,
    lives,
    me,
    mine,
    precheck,
    regions,
    resources,
    supply,
    visits,
)
from servicehall.portals.guard import ANYONE, ATTENDED, PEOPLE, admit

portal = admit(Blueprint("citizen", __name__), ANYONE)
for part in (
    browse.pages,
    front.pages,
    lives.pages,
    precheck.pages,
    regions.pages,
    resources.pages,
    visits.board_pages,
):
    portal.register_blueprint(admit(part, ANYONE))
for part in (apply.pages, supply.pages):
    part.after_request(attended.looked)
    portal.register_blueprint(admit(part, PEOPLE | ATTENDED))
for part in (
    visits.pages, mine.pages, account.pages, kept.pages, disputing.pages, me.pages, joint.pages,
    joint_supply.pages, entitled.pages, carrying.pages, lent.pages,
):  # fmt: skip
    portal.register_blueprint(admit(part, PEOPLE))
