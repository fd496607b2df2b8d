"""Filters (筛选): what the list of items was narrowed to, and what it can be narrowed to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from servicehall.finding import areas, counting
from servicehall.finding.asking import LEVELS, OBJECTS, Asked, Kind
from servicehall.finding.search import Page
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.portals import naming, places
from servicehall.portals.guard import work
from servicehall.standard import themes

KINDS = {"natural": N_("个人"), "legal": N_("企业和其他组织")}
OBJECT_NAMES = {
    "natural_person": N_("自然人"), "enterprise": N_("企业法人"), "institution": N_("事业法人"),
    "social_organization": N_("社会组织法人"), "unincorporated": N_("非法人企业"),
    "government": N_("行政机关"), "other": N_("其他组织"),
}  # fmt: skip
LEVEL_NAMES = {
    1: N_("国家级"), 2: N_("省级"), 3: N_("市级"), 4: N_("县级"), 5: N_("乡级"), 6: N_("村级"),
    7: N_("其他层级"),
}  # fmt: skip
DATA = ("region", "department")  # filters whose words stand in the data, in Chinese
NAMES = ("q", "region", "kind", "object", "theme", "department", "level", "online")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter: choosing it again takes it away."""

    text: str
    url: str
    chosen: bool
    count: int
    chinese: bool = False


def asked() -> Asked:
    """The filters in the address; what cannot be is as good as not said (a page, not an API)."""
    given = {name: request.args.get(name, "").strip() for name in NAMES}
    given["region"] = _region(given["region"])
    wanted: dict[str, Any] = {
        **{name: given[name] or None for name in ("region", "object", "theme", "department")},
        "kind": given["kind"] if given["kind"] in KINDS else None,
        "applicable": True if given["online"] else None,
        "level": int(given["level"]) if given["level"] in map(str, LEVELS) else None,
    }  # fmt: skip
    while True:
        try:
            return Asked(**wanted)
        except Invalid as error:
            wanted[error.field] = None


def _region(said: str) -> str:
    """The region in the address, else the one the visitor chose; all of them where they say so."""
    return "" if said == places.EVERYWHERE else said or places.chosen()


def again(**changes: Any) -> str:
    """This list with some filters changed; an empty value takes one away."""
    kept = {name: request.args.get(name, "") for name in NAMES} | changes
    return url_for("citizen.browse.items", **{k: v for k, v in kept.items() if v})


def groups(page: Page, chosen: Asked) -> list[tuple[str, str, list[Choice]]]:
    """(key, title, choices) of every filter that has any, with how many items each leaves."""
    regions = areas.below(work, chosen.region or "")
    found = page.counts([region.code for region in regions])
    by_kind = [t for t in themes.THEMES if not chosen.kind or t.kind == chosen.kind]
    lists: list[tuple[str, str, list[Choice]]] = [
        ("kind", gettext("办事对象"), list(_kinds(found, chosen))),
        ("online", gettext("办理方式"), list(_online(found, chosen))),
        ("region", gettext("区划"), [
            Choice(r.name, again(region=r.code), False, found.regions[r.code], True)
            for r in regions if found.regions.get(r.code)]),
        ("natural", gettext("个人主题"), list(_themes(found, chosen, by_kind, "natural"))),
        ("legal", gettext("法人主题"), list(_themes(found, chosen, by_kind, "legal"))),
        ("department", gettext("部门"), [
            Choice(name, again(department="" if chosen.department else code),
                   chosen.department == code, number, True)
            for code, name, number in found.departments]),
        ("object", gettext("服务对象"), list(_of(found, chosen, "object", {
            o: OBJECT_NAMES[o] for o in OBJECTS}))),
        ("level", gettext("行使层级"), list(_of(found, chosen, "level", {
            str(n): LEVEL_NAMES[n] for n in LEVELS}))),
    ]  # fmt: skip
    return [group for group in lists if group[2]]


def chips(chosen: Asked, query: str) -> list[tuple[str, str, bool]]:
    """(text, address without it, whether it is Chinese) of everything the list is narrowed to."""
    told = [(query, again(q=""), False)] if query else []
    for name, text in named(chosen).items():
        without = {"applicable": {"online": ""}, "kind": {"kind": "", "theme": ""}}.get(name)
        if name == "region":
            without = {"region": _above(chosen.region or "")}
        told.append((text, again(**(without or {name: ""})), name in DATA))
    return told


def named(chosen: Asked) -> dict[str, str]:
    """What the list is narrowed to, in words, by the name of the filter."""
    theme = themes.BY_KEY.get(chosen.theme or "")
    path = areas.path(work, chosen.region) if chosen.region else ()
    words = {
        "region": path[-1].name if path else chosen.region,
        "kind": _said(KINDS.get(chosen.kind or "", "")),
        "object": _said(OBJECT_NAMES.get(chosen.object or "", "")),
        "theme": naming.named(theme) if theme else "",
        "department": department(chosen.department or "") or chosen.department,
        "level": _said(LEVEL_NAMES.get(chosen.level or 0, "")),
        "applicable": gettext("可在线办理") if chosen.applicable else "",
    }
    return {name: text for name, text in words.items() if text}


def _said(text: str) -> str:
    return gettext(text) if text else ""  # the translation of nothing is the catalogue's header


def _above(code: str) -> str:
    """Taking the region away leads one level up."""
    path = areas.path(work, code)
    return path[-2].code if len(path) > 1 else places.chosen() and places.EVERYWHERE


def department(code: str) -> str:
    """The name of the department with this credit code, "" where it has no item."""
    return counting.department(work, code) if code else ""


def _kinds(found: counting.Counts, chosen: Asked) -> Iterator[Choice]:
    for kind, name in KINDS.items():
        here = chosen.kind == kind
        number = found.by.get("kind", {}).get(kind, 0)
        if number or here:
            yield Choice(gettext(name), again(kind="" if here else kind, theme=""), here, number)


def _online(found: counting.Counts, chosen: Asked) -> Iterator[Choice]:
    number, here = found.by.get("applicable", {}).get("1", 0), bool(chosen.applicable)
    if number or here:
        yield Choice(gettext("可在线办理"), again(online="" if here else "1"), here, number)


def _themes(
    found: counting.Counts, chosen: Asked, known: list[themes.ThemeName], kind: Kind
) -> Iterator[Choice]:
    for theme in known:
        here, number = chosen.theme == theme.key, found.by.get("theme", {}).get(theme.key, 0)
        if theme.kind == kind and (number or here):
            url = again(theme="" if here else theme.key)
            yield Choice(naming.named(theme), url, here, number)


def _of(
    found: counting.Counts, chosen: Asked, name: str, values: Mapping[str, str]
) -> Iterator[Choice]:
    for value, text in values.items():
        here = str(getattr(chosen, name)) == value
        number = found.by.get(name, {}).get(value, 0)
        if number or here:
            yield Choice(gettext(text), again(**{name: "" if here else value}), here, number)
