"""The open data portal (数据开放): datasets as pages, as files, and for programs."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from servicehall.identity import directory
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.opendata import offers, openness
from servicehall.opendata.openness import OpenSet
from servicehall.portals.guard import ANYONE, admit, work
from servicehall.portals.pages import said
from servicehall.sharing import elements, terms

portal = admit(Blueprint("opendata", __name__), ANYONE)
MOST, SHOWN = 500, 20


@portal.get("/data")
def index() -> str:
    """Every open dataset whose name or summary holds ``?q=``."""
    words = request.args.get("q", "").strip()
    found = [of for of in offers.all_open(work) if _holds(of, words)]
    return render_template(
        "opendata/index.html", sets=found, words=words, terms=terms, providers=_providers(),
        editions=offers.editions(work), license=openness.LICENSE,
    )  # fmt: skip


@portal.get("/opendata")
def old() -> ResponseReturnValue:
    """Where this page was before."""
    return redirect(url_for(".index"), 301)


@portal.get("/data/<code>")
def dataset(code: str) -> str:
    """One dataset: what it holds, on what terms, and its rows with search."""
    of = offers.one(work, code)
    words, after = request.args.get("q", ""), request.args.get("after", "")
    return render_template(
        "opendata/dataset.html", of=of, terms=terms, elements=elements, words=words, after=after,
        provider=_providers().get(of.provider, ""), edition=offers.editions(work).get(of.code),
        license=openness.LICENSE, page=offers.page(work, of, words=words, after=after, most=SHOWN),
    )  # fmt: skip


@portal.get("/data/<code>/rows.csv")
def as_csv(code: str) -> Response:
    """The whole dataset for a spreadsheet."""
    of = offers.one(work, code)
    parts = openness.as_csv(of, offers.everything(work, of))
    return _file(parts, "text/csv; charset=utf-8", f"{code}.csv")


@portal.get("/data/<code>/rows.json")
def as_json(code: str) -> Response:
    """The whole dataset for a program."""
    of = offers.one(work, code)
    parts = openness.as_json(of, offers.everything(work, of), offers.updated(work, of))
    return _file(parts, "application/json", f"{code}.json")


@portal.get("/api/v1/data")
def datasets() -> dict[str, Any]:
    """{datasets: [{code, name, summary, provider, license, cycle, updated, fields}]}."""
    return {"datasets": [_told(of) for of in offers.all_open(work)]}


@portal.get("/api/v1/data/<code>")
def rows(code: str) -> dict[str, Any]:
    """``?q=&after=&limit=`` (1 to 500): {dataset, rows, next}; ``next`` is the following ``after``.

    404 for no such dataset, 422 that names the parameter.
    """
    of = offers.one(work, code)
    most = request.args.get("limit", str(offers.PAGE))
    if not (most.isascii() and most.isdigit() and 1 <= int(most[:4]) <= MOST and len(most) < 4):
        raise Invalid(N_("limit 是 1 到 500 的整数"), field="limit")
    words, after = request.args.get("q", ""), request.args.get("after", "")
    found = offers.page(work, of, words=words, after=after, most=int(most))
    return {"dataset": _told(of), "rows": found.rows, "next": found.next}


def _file(parts: Iterable[str], kind: str, name: str) -> Response:
    """Made whole before the first byte leaves: what may not leave is a refusal, not half a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("".join(parts), content_type=kind, headers=headers)


def _told(of: OpenSet) -> dict[str, Any]:
    updated = offers.updated(work, of)
    return {
        "code": of.code, "name": said(of.name), "summary": said(of.summary),
        "provider": of.provider, "license": openness.LICENSE, "cycle": of.cycle,
        "updated": updated.isoformat() if updated else None,
        "fields": [
            {
                "code": code, "name": said(field.name), "type": field.element.kind,
                "length": field.element.length, "definition": said(field.element.definition),
            }
            for code, field in of.columns.items()
        ],
    }  # fmt: skip


def _holds(of: OpenSet, words: str) -> bool:
    text = " ".join((of.code, said(of.name), said(of.summary), of.name, of.summary)).lower()
    return all(word in text for word in words.lower().split())


def _providers() -> dict[str, str]:
    return {one.code: one.name for one in directory.departments(work)}
