"""Cards (事项卡片): how an item looks in a list, and what its badges say."""

from typing import Any, Protocol

from flask import g, url_for
from flask_babel import gettext

from servicehall.finding import search
from servicehall.guiding import favourites
from servicehall.kernel.words import N_
from servicehall.portals import naming
from servicehall.portals.guard import work
from servicehall.standard import themes

ICONS = {
    "005": "birth", "010": "household", "020": "education", "030": "employment",
    "050": "quality", "060": "marriage", "065": "elder", "075": "fund", "085": "insurance",
    "090": "document", "095": "transport", "145": "medical",
}  # fmt: skip
LEGAL_ICONS = {
    "005": "establish", "010": "permit", "015": "quality", "025": "tax", "030": "hr",
    "035": "insurance", "040": "investment", "085": "construction", "090": "transport",
    "110": "medical", "120": "culture", "145": "safety", "150": "fire", "095": "environment",
}  # fmt: skip
TYPES = {
    "01": N_("行政许可"), "02": N_("行政处罚"), "03": N_("行政强制"), "04": N_("行政征收"),
    "05": N_("行政给付"), "06": N_("行政检查"), "07": N_("行政确认"), "08": N_("行政奖励"),
    "09": N_("行政裁决"), "10": N_("其他行政权力"), "20": N_("公共服务"),
}  # fmt: skip


class Listed(Protocol):
    """What a card needs of an item entry."""

    code: str
    name: str
    name_en: str
    department_name: str
    type: str
    instant: bool
    applicable: bool
    promised_days: int | None
    exempt_count: int
    state: str
    notice: Any


def card(entry: Listed) -> dict[str, Any]:
    """An item as lists show it."""
    return {
        "name": naming.named(entry),
        "chinese": not (naming.english() and entry.name_en),
        "url": url_for("citizen.browse.guide", code=entry.code),
        "department": entry.department_name,
        "type_name": gettext(TYPES.get(entry.type, "")),
        "badges": badges(entry),
        "stopped": search.stopped(entry),
        "keep": keeping("item", entry.code, naming.named(entry)),
    }


def keeping(kind: favourites.Kind, code: str, name: str) -> dict[str, Any]:
    """What the button 收藏 of one thing has to know; nothing for who is no person."""
    if not work.actor.person:
        return {}
    held = g.setdefault("favourites", {})
    if kind not in held:
        held[kind] = favourites.codes(work, kind)
    return {"kind": kind, "code": code, "name": name, "kept": code in held[kind]}


def badges(entry: Listed) -> list[Any]:
    """What an item promises at a glance: (words, colour)."""
    found: list[Any] = []
    if entry.state == "suspended":
        return [(gettext("暂停办理"), "yellow")]
    if not entry.applicable:
        return [(gettext("办事指南"), "grey")]
    if entry.instant:
        found.append((gettext("即办件"), "green"))
    elif entry.promised_days is not None:
        found.append((gettext("承诺 %(days)s 个工作日", days=entry.promised_days), "blue"))
    found.append((gettext("可网办"), "teal"))
    if entry.exempt_count:
        found.append((gettext("%(count)s 份材料免提交", count=entry.exempt_count), "green"))
    return found


def theme_tiles(kind: themes.Kind, counts: dict[str, int], most: int) -> list[tuple[str, ...]]:
    """(key, name, blurb, url, icon) of the themes that have items and a picture, for the home page."""
    pictures = ICONS if kind == "natural" else LEGAL_ICONS
    shown = [t for t in themes.of_kind(kind) if t.code in pictures and counts.get(t.key)]
    return [
        (
            t.key, naming.named(t), gettext("%(count)s 个事项", count=counts[t.key]),
            url_for("citizen.browse.items", theme=t.key), pictures[t.code],
        )
        for t in shown[:most]
    ]  # fmt: skip
