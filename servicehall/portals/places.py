"""Places (所在区划): the region a visitor chose, kept in a cookie of its own, without a session."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, g, request
from flask_babel import gettext

from servicehall.finding import areas
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.portals.guard import work

COOKIE = "region"
EVERYWHERE = "000000000000"
YEAR = 365 * 24 * 3600
_CODE = re.compile(r"\d{12}", re.ASCII)


def chosen() -> str:
    """The code of the region the visitor chose, "" for none; an unknown one is none."""
    found = way()
    return found[-1].code if found else ""


def way() -> Sequence[Any]:
    """From the province down to the region that was chosen; empty where none was."""
    if "region" not in g:
        g.region = _way(request.cookies.get(COOKIE, ""))
    found: Sequence[Any] = g.region
    return found


def named() -> str:
    """What the header says: the last two names of the way, or that all regions are meant."""
    return " ".join(one.name for one in way()[-2:]) or str(gettext("全部地区"))


def choose(response: Response, code: str) -> None:
    """Keep *code* for a year, "" to forget it. Raises Invalid for no known region."""
    if not code:
        response.delete_cookie(COOKIE)
        return
    if not _way(code):
        raise Invalid(N_("没有这个区划"), field="region")
    response.set_cookie(
        COOKIE, code, max_age=YEAR, httponly=True, samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )  # fmt: skip


def _way(code: str) -> Sequence[Any]:
    if not _CODE.fullmatch(code) or g.get("dark"):
        return ()
    found = areas.path(work, code)
    return found if found and found[-1].code == code else ()
