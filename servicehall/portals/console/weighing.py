"""Weighing (预览): the draft's guide and form, its impact, a rehearsal, and every wording compared."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from servicehall.applying import branching, checklist
from servicehall.cases.states import NAMES
from servicehall.catalogue import drafts, items
from servicehall.catalogue.drafts import ItemDraft, ItemRevision
from servicehall.kernel.errors import NotFound
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals import naming
from servicehall.portals.console import findings, labels
from servicehall.portals.console.drafting import own
from servicehall.portals.forms import form_for
from servicehall.portals.guard import whole_number, work
from servicehall.revising import impact, rehearsal
from servicehall.sharing.datasets import DATASETS
from servicehall.standard import differences, themes
from servicehall.standard.schema import Item

pages = Blueprint("weighing", __name__, url_prefix="/items")


@pages.get("/<code>/guide")
def guide(code: str) -> str:
    """The guide as it would be (指南预览)."""
    draft = own(code)
    item = drafts.declared(work, draft)
    return render_template(
        "console/guide.html", item=item, entry=_in_use(item), badges=[],
        lines=checklist.lines(work, item),
        type_name=gettext(labels.VALUES[f"type:{item.type.value}"]), draft=None, code=code,
        themes=[t for t in map(_theme, item.themes) if t], datasets=DATASETS,
        license_names={slug: naming.named(t) for slug, t in work.use(LicenseTypes).items()},
    )  # fmt: skip


@pages.get("/<code>/form")
def form(code: str) -> str:
    """The questions as they would be asked (表单预览); nothing can be sent."""
    item = drafts.declared(work, own(code))
    asked = branching.of_item(item, {}, {})
    forms = [(part, form_for(part, None, {}, asked)) for part in item.sections]
    return render_template("console/form.html", item=item, code=code, forms=forms, asked=asked)


@pages.get("/<code>/impact")
def weigh(code: str) -> str:
    """What publishing would do (影响预览)."""
    draft = own(code)
    found = impact.of(work, drafts.declared(work, draft), drafts.in_force(work, code))
    return render_template(
        "console/impact.html", code=code, draft=draft, found=found, names=NAMES, shown=findings.shown,
        worded=findings.worded, types=work.use(LicenseTypes),
    )  # fmt: skip


@pages.get("/<code>/rehearsal")
def rehearse(code: str) -> str:
    """Sample citizens walk through the draft (预演)."""
    draft = own(code)
    walks = rehearsal.walks(work, drafts.declared(work, draft))
    return render_template("console/rehearsal.html", code=code, draft=draft, walks=walks)


@pages.get("/<code>/versions")
def versions(code: str) -> str:
    """Every wording (版本), any two of them compared."""
    known = drafts.revisions(work, code)
    if not known:
        raise NotFound
    old, new = _chosen(known, "old", 1), _chosen(known, "new", 0)
    return render_template(
        "console/versions.html", code=code, revisions=known, old=old, new=new,
        entry=items.known(work, code), shown=findings.shown, worded=findings.worded, name=new.item.name,
        changes=differences.differences(old.item, new.item), made_by=_made_by(code),
        unfinished=drafts.unfinished(work, code), numbers=drafts.numbered(known),
    )  # fmt: skip


def _made_by(code: str) -> dict[int | None, ItemDraft]:
    return {draft.revision_id: draft for draft in drafts.past(work, code)}


def _chosen(known: Sequence[ItemRevision], name: str, place: int) -> ItemRevision:
    """The revision asked for, else the one at *place* counted from the newest."""
    asked = whole_number(name) if request.args.get(name) else 0
    for revision in known:
        if revision.id == asked:
            return revision
    return known[min(place, len(known) - 1)]


def _in_use(item: Item) -> dict[str, Any]:
    """What a guide needs of the entry that the draft will have."""
    return {"code": item.code, "state": "in_use", "notice": {}}


def _theme(theme: Any) -> themes.ThemeName | None:
    return themes.BY_KEY.get(f"{theme.kind}-{theme.code}")
