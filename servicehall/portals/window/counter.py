"""The counter (综合窗口): clerks and reviewers only."""

from flask import Blueprint

from servicehall.identity.policy import STAFF
from servicehall.portals import replying
from servicehall.portals.guard import admit
from servicehall.portals.window import (
    act,
    collected,
    groups,
    handle,
    hold,
    life,
    mend,
    promised,
    reception,
    reexamine,
    relay,
    respond,
    samples,
    several,
    tickets,
)

portal = admit(Blueprint("window", __name__, url_prefix="/window"), STAFF)
for part in (
    handle.pages, act.pages, life.pages, groups.pages, samples.pages, promised.pages, hold.pages,
    reception.pages, collected.pages, relay.pages, several.pages, tickets.pages,
    reexamine.pages, respond.pages, mend.pages, replying.pages(),
):  # fmt: skip
    portal.register_blueprint(admit(part, STAFF))
