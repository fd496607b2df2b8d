"""Importing (导入): a feed of items, one JSON object a line; every line is accounted for."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from servicehall.feeds import guangdong
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.standard.schema import Item

Mapper = Callable[[Mapping[str, object], Notes], dict[str, Any]]
SCHEMES: dict[str, Mapper] = {"guangdong": guangdong.item}
LONGEST_LINE = 1_000_000  # bytes; a longer line is no item
_HTML = re.compile(rb"\s*<(!doctype|html|head|body|div|p|script|meta|title|/)", re.IGNORECASE)


@dataclass
class Report:
    """What became of a feed: ``rows`` = ``accepted`` + ``mended`` + ``refused``.

    ``reasons`` counts the rows by reason (a mended row may have several), ``refused_lines`` has
    line numbers from 1. Blank lines are no rows.
    """

    rows: int = 0
    accepted: int = 0
    mended: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    refused_lines: list[int] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """The report as JSON may hold it, without the items."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "mended": self.mended,
            "refused": self.refused,
            "reasons": dict(sorted(self.reasons.items())),
            "refused_lines": self.refused_lines,
        }

    def refuse(self, line: int, reason: str) -> None:
        """Count the row at *line* as refused."""
        self.refused += 1
        self.refused_lines.append(line)
        self.reasons[reason] += 1


@dataclass
class Draft:
    """A row on its way to an item."""

    line: int
    fields: dict[str, Any]
    notes: Notes


def read_feed(path: Path, scheme: str) -> Report:
    """The items in the file at *path*, none of them applicable. Raises Invalid for the scheme.

    A row is accepted as it stands, mended (the item's notes say how), or refused. The same code
    and name twice is one item: the second row gives its themes and is refused as ``duplicate``.
    One code for several names (业务办理项) is told apart by two digits of its own (STANDARDS 1.1).
    """
    if scheme not in SCHEMES:
        raise Invalid(N_("不认识的数据格式 %(scheme)s"), field="scheme", scheme=scheme)
    report = Report()
    drafts: dict[tuple[str, str], Draft] = {}
    for line, content in _lines(path):
        report.rows += 1
        try:
            draft = _draft(line, content, SCHEMES[scheme])
            _merge(drafts, draft)
        except Refused as refusal:
            report.refuse(line, refusal.reason)
    taken = {code for code, _ in drafts}
    seen: set[str] = set()
    for draft in drafts.values():
        _finish(report, draft, taken=taken, seen=seen)
    report.refused_lines.sort()
    return report


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        for number, content in enumerate(file, 1):
            if content.strip(b"\xef\xbb\xbf \t\r\n\0"):
                yield number, content


def _draft(line: int, content: bytes, mapper: Mapper) -> Draft:
    if len(content) > LONGEST_LINE:
        raise Refused("too-long")
    try:
        row = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused("not-utf8") from None
    except (ValueError, RecursionError):
        raise Refused("html" if _HTML.match(content) else "not-json") from None
    if not isinstance(row, dict):
        raise Refused("not-an-object")
    notes = Notes()
    return Draft(line, mapper(row, notes), notes)


def _merge(drafts: dict[tuple[str, str], Draft], draft: Draft) -> None:
    fields = draft.fields
    first = drafts.setdefault((fields["code"], fields["name"]), draft)
    if first is draft:
        return
    more = [theme for theme in fields["themes"] if theme not in first.fields["themes"]]
    first.fields["themes"] += more
    raise Refused("duplicate")


def _finish(report: Report, draft: Draft, *, taken: set[str], seen: set[str]) -> None:
    try:
        _tell_apart(draft, taken=taken, seen=seen)
        item = _item(draft)
    except Refused as refusal:
        report.refuse(draft.line, refusal.reason)
        return
    report.items.append(item)
    report.reasons.update(draft.notes.said.keys())
    if draft.notes.said:
        report.mended += 1
    else:
        report.accepted += 1


def _tell_apart(draft: Draft, *, taken: set[str], seen: set[str]) -> None:
    """Give the second name under one code a two-digit serial of its own."""
    code = draft.fields["code"]
    if code in seen:
        stem = code[:31]
        free = (f"{stem}{n:02d}" for n in range(1, 100) if f"{stem}{n:02d}" not in taken)
        new = next(free, None)
        if new is None:
            raise Refused("code-taken")
        taken.add(new)
        draft.notes.add("code-shared", f"原编码 {code} 由多个业务办理项共用，已加序号区分")
        draft.fields["code"] = code = new
    seen.add(code)


def _item(draft: Draft) -> Item:
    fields = {**draft.fields, "notes": list(draft.notes.said.values()), "applicable": False}
    try:
        return Item.model_validate(fields, strict=False)
    except ValidationError as error:
        where = str(error.errors(include_url=False)[0]["loc"][0])
        raise Refused("bad-code" if where in {"code", "base_code"} else f"bad-{where}") from None
