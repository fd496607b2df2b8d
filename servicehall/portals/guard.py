"""Guard (准入): a portal admits nobody it does not name."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Blueprint, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from servicehall.kernel.errors import Forbidden
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

P = ParamSpec("P")
R = TypeVar("R")

ANYONE = frozenset({"visitor"})
PEOPLE = frozenset({"citizen"})
SIGNED_IN = frozenset(
    {"citizen", "clerk", "reviewer", "supervisor", "item_admin", "verifier", "auditor"}
)

work: UnitOfWork = LocalProxy(lambda: g.work)  # type: ignore[assignment]


def admit(portal: Blueprint, roles: frozenset[str]) -> Blueprint:
    """Open *portal* to *roles* and to nobody else; visitors are sent to sign in first."""
    portal.admits = roles  # type: ignore[attr-defined]

    @portal.before_request
    def check() -> ResponseReturnValue | None:
        return turned_away(roles)

    return portal


def only(roles: frozenset[str]) -> Callable[[Callable[P, R]], Callable[P, R | ResponseReturnValue]]:
    """Narrow one page of a portal to *roles*."""

    def narrow(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
            away = turned_away(roles)
            return view(*args, **kwargs) if away is None else away

        return guarded

    return narrow


def turned_away(roles: frozenset[str]) -> ResponseReturnValue | None:
    """None for whoever is admitted; a way to sign in for visitors. Raises Forbidden for others."""
    if roles & (work.actor.roles | ANYONE):
        return None
    if work.actor.roles:
        raise Forbidden(N_("您的账户不能使用这个页面"))
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("signin.form", next=request.full_path.rstrip("?")))
    session["expired"] = True
    return redirect(url_for("signin.form", next=safe_next(request.referrer or "")))


def safe_next(target: str) -> str:
    """A path of this hall to go on to; anything else becomes the home page."""
    path = target.removeprefix(request.host_url.rstrip("/"))
    good = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if good else "/"


def whole_number(name: str) -> int:
    """The number *name* in the address, 0 where there is none that a database could hold."""
    asked = request.args.get(name, 0, int)
    return asked if 0 <= asked < 2**31 else 0
