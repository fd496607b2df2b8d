"""Own export (本厅格式): wordings as JSON Lines or CSV, read back as they were written."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from servicehall.feeds.cleaning import Notes, Refused
from servicehall.feeds.mapping import Mapping
from servicehall.standard.schema import Item


def body(item: Item) -> dict[str, Any]:
    """The wording of *item* as JSON may hold it, without what equals its default."""
    return item.model_dump(mode="json", exclude_defaults=True)


def cells(item: Item) -> dict[str, str]:
    """The wording of *item* for one row of CSV: texts as they are, anything else as JSON."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in body(item).items()
    }


def item(row: dict[str, Any], source: Mapping, notes: Notes) -> dict[str, Any]:
    """The fields of a row of either form. Raises Refused; nothing is mended, nothing is left out."""
    if any(not row.get(name) for name in ("code", "name")):
        raise Refused("no-name" if row.get("code") else "bad-code")
    return {name: _value(name, value) for name, value in row.items() if value != ""}


def heads(items: Iterable[dict[str, str]]) -> list[str]:
    """The columns of a CSV: the elements that any row has, in the order of the schema."""
    used = {name for cells in items for name in cells}
    return [name for name in Item.model_fields if name in used]


def _value(name: str, value: object) -> object:
    if not isinstance(value, str) or name in _texts() or name not in Item.model_fields:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(f"bad-{name}") from None


@cache
def _texts() -> frozenset[str]:
    """The elements that JSON writes as a text: texts, dates and choices among texts."""
    schema = Item.model_json_schema()
    kinds = schema["$defs"]
    found = set()
    for name, says in schema["properties"].items():
        ways = says.get("anyOf", [says])
        meant = [kinds[way["$ref"].rsplit("/", 1)[1]] if "$ref" in way else way for way in ways]
        if any(way.get("type") == "string" for way in meant):
            found.add(name)
    return frozenset(found)
