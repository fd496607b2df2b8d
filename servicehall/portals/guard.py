"""Guard (准入): a portal admits nobody it does not name."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from servicehall.kernel.errors import Forbidden, Invalid, NotFound, TooMany
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.limiting.limiter import Limiter

P = ParamSpec("P")
R = TypeVar("R")

ANYONE = frozenset({"visitor"})
PEOPLE = frozenset({"citizen"})
ATTENDED = frozenset({"attended"})  # a clerk with somebody at the counter

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


def guessed(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """A door where codes or secrets can be tried: too many wrong ones from one address must wait.

    Only what was wrong counts, so that nobody who knows waits, however many share an address.
    Raises TooMany.
    """

    @wraps(view)
    def counted(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        limiter, door, who = work.use(Limiter), str(request.endpoint), request.remote_addr or ""
        if left := limiter.wait(door, who):
            raise TooMany(N_("尝试次数过多，请在 %(left)s 秒后再试"), retry_after=left, left=left)
        try:
            answer = make_response(view(*args, **kwargs))
        except (Invalid, NotFound):
            limiter.failed(door, who)
            raise
        if answer.status_code in (401, 404, 422):
            limiter.failed(door, who)
        return answer

    return counted


def same_site() -> None:
    """Whoever changes something comes from a page of this hall. Raises Forbidden.

    A second lock beside the form's token; browsers too old to send ``Origin`` have the token alone.
    """
    origin = request.headers.get("Origin")
    if request.method in ("GET", "HEAD", "OPTIONS") or origin is None:
        return
    hall = current_app.extensions["hall"].settings.address
    if origin not in (_origin(hall), _origin(request.host_url)):
        raise Forbidden(N_("这个请求不是从本大厅的页面发出的"))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


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
