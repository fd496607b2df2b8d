"""Entries (事项条目): what lists and search need of a wording, derived from it and nothing else."""

import unicodedata
from typing import Any

from servicehall.standard.schema import Item
from servicehall.standard.themes import BY_KEY


def normal(text: str) -> str:
    """*text* as search compares it: NFKC, lower case, full width made half, blanks single."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def derive(item: Item) -> dict[str, Any]:
    """The columns of ``ItemEntry`` that follow from *item*."""
    return {
        "code": item.code,
        **{name: getattr(item, name) for name in _COPIED},
        "type": item.type.value,
        "natural": "natural_person" in item.objects,
        "legal": any(kind != "natural_person" for kind in item.objects),
        "objects": _listed(item.objects),
        "themes": _listed([f"{theme.kind}-{theme.code}" for theme in item.themes]),
        "promised_days": item.promised.days if item.promised else None,
        "promised_unit": item.promised.unit if item.promised else "",
        "exempt_count": len(item.exempted),
        "origin": item.origin.name if item.origin else "",
        **_searched(item),
    }


_COPIED = (
    "name", "name_en", "summary", "summary_en", "department", "department_name", "region",
    "instant", "applicable", "visits",
)  # fmt: skip


def _searched(item: Item) -> dict[str, str]:
    name = normal(item.name)
    alias = normal(" ".join((item.short_name, *item.aliases, item.name_en)))
    themes = (BY_KEY.get(f"{theme.kind}-{theme.code}") for theme in item.themes)
    theme_names = " ".join(f"{theme.name} {theme.name_en}" for theme in themes if theme)
    rest = normal(f"{item.department_name} {item.department_name_en} {theme_names}")
    code = item.code.casefold()
    return {"name_key": name, "alias_key": alias, "search_text": f"{name} {alias} {rest} {code}"}


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return f",{','.join(words)}," if words else ""
