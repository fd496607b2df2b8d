"""Attended (窗口帮办留痕): a clerk who sees somebody's application at the counter is on record."""

from flask import Response, request

from servicehall.cases import matters
from servicehall.portals.guard import work


def looked(response: Response) -> Response:
    """After a page of an application was shown to a clerk: that is a look, which the person sees."""
    key = (request.view_args or {}).get("key")
    if "attended" in work.actor.roles and key and response.status_code == 200:
        matters.look(work, matters.own(work, key))
        work.commit()
    return response
