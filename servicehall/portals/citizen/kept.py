"""Kept (收藏): the button that keeps an item or a bundle, and the page of what is kept."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.guiding import favourites
from servicehall.guiding.favourites import Kind
from servicehall.kernel.errors import NotFound
from servicehall.portals.citizen import cards
from servicehall.portals.guard import safe_next, work

pages = Blueprint("kept", __name__, url_prefix="/mine/favourites")


@pages.get("")
def index() -> str:
    """My favourites, each with what became of it; what was just dropped can be taken back."""
    kind, _, code = request.args.get("dropped", "").partition(":")
    return render_template(
        "citizen/favourites.html", favourites=favourites.mine(work), card=cards.card,
        dropped=(kind, code) if code and kind in ("item", "bundle") else None,
    )  # fmt: skip


@pages.post("/<kind>/<code>")
def keep(kind: str, code: str) -> ResponseReturnValue:
    favourites.keep(work, _kind(kind), code)
    work.commit()
    flash(gettext("已收藏，在“我的空间”的“我的收藏”里能找到"))
    return redirect(safe_next(request.form.get("next", "/")))


@pages.post("/<kind>/<code>/drop")
def drop(kind: str, code: str) -> ResponseReturnValue:
    favourites.drop(work, _kind(kind), code)
    work.commit()
    following = safe_next(request.form.get("next", "/"))
    if following == url_for(".index"):
        return redirect(url_for(".index", dropped=f"{kind}:{code}"))
    flash(gettext("已取消收藏"))
    return redirect(following)


@pages.post("/item/<code>/seen")
def seen(code: str) -> ResponseReturnValue:
    """The new guide is read; on to it."""
    favourites.seen(work, code)
    work.commit()
    return redirect(url_for("citizen.browse.guide", code=code))


def _kind(kind: str) -> Kind:
    if kind == "item":
        return "item"
    if kind == "bundle":
        return "bundle"
    raise NotFound
