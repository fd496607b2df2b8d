"""Browse (逛大厅): search, lists, guides, departments, progress, and the standing pages."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import checklist, intake
from servicehall.cases import matters
from servicehall.cases.states import NAMES
from servicehall.catalogue import items as catalogue
from servicehall.catalogue import opendata as exporting
from servicehall.desk import worklist
from servicehall.finding import counting, search
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals import naming, places
from servicehall.portals.citizen import cards, filters, front, widening
from servicehall.portals.guard import guessed, work
from servicehall.sharing.datasets import DATASETS
from servicehall.standard import themes

pages = Blueprint("browse", __name__)

PAGE = 20


pages.add_url_rule("/", "home", front.home)


@pages.get("/items")
def items() -> ResponseReturnValue:
    """Search and lists: q, the filters of ``filters``, after (where the page before ended)."""
    query, chosen = request.args.get("q", ""), filters.asked()
    after = request.args.get("after") or None
    try:
        page = search.find(work, query, asked=chosen, limit=PAGE, after=after)
    except Invalid:  # an address kept from elsewhere: the list begins anew
        return redirect(filters.again())
    counts = page.counts()
    wider = () if page.entries else widening.without(chosen, query)
    lost = bool(query.strip()) and not page.entries and not wider
    return render_template(
        "citizen/items.html", q=query, kind=chosen.kind, way=page.way,
        theme=themes.BY_KEY.get(chosen.theme or ""), department=filters.department(chosen.department or ""),
        narrowed=bool(chosen.tags or chosen.region or chosen.department),
        total=counts.total, more=counts.more, cards=[cards.card(entry) for entry in page.entries],
        groups=filters.groups(page, chosen), chips=list(filters.chips(chosen, query)),
        next=filters.again(after=page.next) if page.next else "",
        first=filters.again() if after else "", without=filters.again,
        wider=wider, nearest=widening.nearest(query) if lost else (), said=widening.said(query) if lost else (),
        hot=front.hot_words(), told="told" in request.args, hidden=filters.NAMES[1:], suggest_url=url_for(".suggest"),
    )  # fmt: skip


@pages.get("/items/<code>")
def guide(code: str) -> str:
    """The guide (办事指南); signed in, with the personal checklist."""
    entry = catalogue.entry(work, code)
    item = entry.current.item
    is_person = bool(work.actor.person)
    return render_template(
        "citizen/guide.html", item=item, entry=entry, badges=cards.badges(entry),
        type_name=gettext(cards.TYPES.get(item.type, "")),
        lines=checklist.lines(work, item), draft=intake.draft(work, code) if is_person else None,
        themes=[themes.BY_KEY[f"{t.kind}-{t.code}"] for t in item.themes if f"{t.kind}-{t.code}" in themes.BY_KEY],
        license_names={slug: naming.named(t) for slug, t in work.use(LicenseTypes).items()}, datasets=DATASETS,
        keep=cards.keeping("item", code, naming.named(entry)),
    )  # fmt: skip


@pages.get("/suggest")
def suggest() -> Any:
    """The first few for what is typed so far; of a suspended one the second line says so."""
    found = map(cards.card, search.suggest(work, request.args.get("q", ""), asked=filters.asked()))
    return [
        {"name": c["name"], "url": c["url"], "department": c["department"] if c["stopped"] is None
            else f"{gettext('暂停办理')} · {c['department']}"}
        for c in found
    ]  # fmt: skip


@pages.get("/departments")
def departments() -> str:
    """The departments that have items for the region the visitor chose; ``all`` shows every one."""
    region = "" if "all" in request.args else places.chosen()
    return render_template(
        "citizen/departments.html", departments=counting.departments(work, region=region),
        region=region, everywhere=None if region == places.chosen() else places.EVERYWHERE,
    )  # fmt: skip


@pages.get("/progress")
def progress() -> str:
    return render_template("citizen/progress.html", number="", found=None, error="")


@pages.post("/progress")
@guessed
def find_progress() -> ResponseReturnValue:
    """Progress for whoever holds number and query code; a wrong one says nothing more."""
    number = request.form.get("number", "")
    try:
        found = matters.by_number(work, number, request.form.get("query_code", ""))
    except NotFound:
        error = gettext("没有找到：请核对办件编号和查询码，两者都印在回执上")
        return render_template("citizen/progress.html", number=number, found=None, error=error), 404
    return render_template(
        "citizen/progress.html", number=number, found=found, state=gettext(NAMES[found.state]),
        light=worklist.light(work, found), error="",
    )  # fmt: skip


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("citizen/accessibility.html")


@pages.get("/privacy")
def privacy() -> str:
    return render_template("citizen/privacy.html")


@pages.get("/opendata/items.jsonl")
def opendata_items() -> Response:
    """The whole item list as JSON Lines (开放数据), one published wording a line."""
    lines = "".join(exporting.lines(work))
    headers = {"Content-Disposition": "attachment; filename=items.jsonl"}
    return Response(lines, content_type="application/x-ndjson; charset=utf-8", headers=headers)
