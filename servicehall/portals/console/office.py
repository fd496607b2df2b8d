"""The office (管理台): each of its roles has pages of its own, and no other's."""

from flask import Blueprint

from servicehall.portals import replying
from servicehall.portals.console import (
    calendar,
    cataloguing,
    conflicts,
    deciding,
    drafting,
    figures,
    judge,
    listed,
    opening_hours,
    searches,
    sharing,
    weighing,
)
from servicehall.portals.guard import admit

ITEM_ADMINS = frozenset({"item_admin"})
OVERSEERS = frozenset({"supervisor", "auditor"})
DATA = frozenset({"steward", "supervisor"})

portal = admit(
    Blueprint("console", __name__, url_prefix="/console"), OVERSEERS | ITEM_ADMINS | DATA
)
portal.register_blueprint(admit(figures.pages, OVERSEERS))
portal.register_blueprint(admit(judge.pages, frozenset({"supervisor"})))
portal.register_blueprint(admit(replying.pages(), frozenset({"auditor"})))
portal.register_blueprint(admit(sharing.pages, DATA))
portal.register_blueprint(admit(conflicts.pages, DATA))
portal.register_blueprint(admit(cataloguing.pages, sharing.STEWARDS))
for part in (
    calendar.pages,
    opening_hours.pages,
    listed.pages,
    drafting.pages,
    weighing.pages,
    deciding.pages,
    searches.pages,
):
    portal.register_blueprint(admit(part, ITEM_ADMINS))
