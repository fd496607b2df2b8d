"""Disputing (提出异议): this value is wrong; why was this looked at; and what became of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.cases import matters, prefill
from servicehall.disputes import raising, settling
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.oversight import usage
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("disputing", __name__, url_prefix="/mine")


@pages.get("/disputes")
def index() -> str:
    return render_template(
        "citizen/disputes.html", disputes=raising.mine(work), names=raising.NAMES,
        datasets=DATASETS, looks=usage.READS,
    )  # fmt: skip


@pages.get("/disputes/<key>")
def dispute(key: str) -> str:
    """One dispute: what was said, by when it is answered, the answer and what rests on the value."""
    found = raising.own(work, key)
    return render_template(
        "citizen/dispute.html", dispute=found, names=raising.NAMES, datasets=DATASETS,
        looks=usage.READS, licenses=settling.dependent_licenses(work, found),
    )  # fmt: skip


@pages.post("/disputes/<key>/withdraw")
def withdraw(key: str) -> ResponseReturnValue:
    raising.withdraw(work, raising.own(work, key))
    work.commit()
    flash(gettext("已撤回异议"))
    return redirect(url_for(".index"))


@pages.get("/cases/<key>/facts/<name>/dispute")
def value_form(key: str, name: str) -> ResponseReturnValue:
    return _value_page(key, name, {})


@pages.post("/cases/<key>/facts/<name>/dispute")
def value(key: str, name: str) -> ResponseReturnValue:
    """This value is wrong (数据有误)."""
    case = matters.own(work, key)
    return _sent(
        lambda said: raising.about_value(work, case, name, said=said),
        lambda errors: _value_page(key, name, errors),
    )


@pages.get("/usage/<int:number>/dispute")
def look_form(number: int) -> ResponseReturnValue:
    return _look_page(number, {})


@pages.post("/usage/<int:number>/dispute")
def look(number: int) -> ResponseReturnValue:
    """Why was this looked at (质疑此次查询)? Only looks: one's own acts are no other's to explain."""
    found = usage.one(work, number)
    return _sent(
        lambda said: raising.about_look(work, found.number, said=said),
        lambda errors: _look_page(number, errors),
    )


def _sent(
    raise_it: Callable[[str], Any], page: Callable[[dict[str, list[str]]], str]
) -> ResponseReturnValue:
    """Raise it and show it; what cannot be is said beside what was typed."""
    try:
        made = raise_it(request.form.get("said", ""))
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "said", **error.params))
        return page(errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("已收到您的异议"))
    return redirect(url_for(".dispute", key=made.key))


def _value_page(key: str, name: str, errors: dict[str, list[str]]) -> str:
    case = matters.own(work, key)
    fact = next((fact for fact in prefill.facts(case) if fact.name == name), None)
    if fact is None:
        raise NotFound
    return render_template(
        "citizen/object.html", errors=errors, fact=fact, dataset=DATASETS[fact.dataset], case=case,
        look=None,
    )  # fmt: skip


def _look_page(number: int, errors: dict[str, list[str]]) -> str:
    found = usage.one(work, number)
    return render_template(
        "citizen/object.html", errors=errors, fact=None, dataset=None, case=None, look=found
    )
