"""Importing (导入): a feed of items, whatever its form; every row is accounted for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from servicehall.feeds import national, own, reading, shaping
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.feeds.mapping import Mapping, mapping
from servicehall.standard.schema import Item

Shape = Callable[[dict[str, Any], Mapping, Notes], dict[str, Any]]
SHAPES: dict[str, Shape] = {"hall": own.item, "national": national.item}  # others: shaping.item


@dataclass
class Draft:
    """A row on its way to an item."""

    line: int
    fields: dict[str, Any]
    notes: Notes


@dataclass
class Report:
    """What became of a feed: ``rows`` = ``accepted`` + ``mended`` + ``refused``.

    ``reasons`` counts the rows by reason (a mended row may have several), ``refused_lines`` has
    line numbers from 1 (in CSV that of a record's first line). Blank lines are no rows.
    """

    rows: int = 0
    accepted: int = 0
    mended: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    refused_lines: list[int] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)

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

    def keep(self, item: Item, draft: Draft) -> None:
        """Count the row of *draft* as accepted, or as mended where it has notes."""
        self.items.append(item)
        self.drafts[item.code] = draft
        self.reasons.update(draft.notes.said.keys())
        if draft.notes.said:
            self.mended += 1
        else:
            self.accepted += 1

    def turn_down(self, item: Item, reason: str) -> None:
        """Refuse after all what was kept: it breaks a rule that its source could not know."""
        draft = self.drafts.pop(item.code)
        self.items.remove(item)
        self.reasons.subtract(draft.notes.said.keys())
        if draft.notes.said:
            self.mended -= 1
        else:
            self.accepted -= 1
        self.refuse(draft.line, reason)
        self.refused_lines.sort()
        self.reasons += Counter()  # what has come to nothing goes


def read_feed(path: Path, scheme: str, *, encoding: str = "") -> Report:
    """The items in the file or folder at *path*. Raises Invalid for a *scheme* without mapping.

    A row is accepted as it stands, mended (the item's notes say how), or refused. The same code
    and name twice is one item: the second row gives its themes and is refused as ``duplicate``.
    One code for several names (业务办理项) is told apart by two digits of its own (STANDARDS 1.1).
    Only what this hall has exported itself (``hall``) says that an item can be applied for.
    """
    source = mapping(scheme)
    shape = SHAPES.get(scheme, shaping.item)
    report = Report()
    drafts: dict[tuple[str, str], Draft] = {}
    for line in reading.rows(path, source, encoding=encoding):
        report.rows += 1
        try:
            _merge(drafts, _draft(line, source, shape))
        except Refused as refusal:
            report.refuse(line.number, refusal.reason)
    taken = {code for code, _ in drafts}
    seen: set[str] = set()
    for draft in drafts.values():
        _finish(report, draft, taken=taken, seen=seen)
    report.refused_lines.sort()
    return report


def _draft(line: reading.Line, source: Mapping, shape: Shape) -> Draft:
    if line.reason:
        raise Refused(line.reason)
    notes = Notes()
    return Draft(line.number, shape(line.row, source, notes), notes)


def _merge(drafts: dict[tuple[str, str], Draft], draft: Draft) -> None:
    fields = draft.fields
    first = drafts.setdefault((fields["code"], fields["name"]), draft)
    if first is draft:
        return
    had = first.fields.setdefault("themes", [])
    had += [theme for theme in fields.get("themes", ()) if theme not in had]
    raise Refused("duplicate")


def _finish(report: Report, draft: Draft, *, taken: set[str], seen: set[str]) -> None:
    try:
        _tell_apart(draft, taken=taken, seen=seen)
        item = _item(draft)
    except Refused as refusal:
        report.refuse(draft.line, refusal.reason)
        return
    report.keep(item, draft)


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
    notes = [*draft.fields.get("notes", ()), *draft.notes.said.values()]
    fields = {"applicable": False, **draft.fields, "notes": notes}
    try:
        return Item.model_validate(fields, strict=False)
    except ValidationError as error:
        where = str(error.errors(include_url=False)[0]["loc"][0])
        raise Refused("bad-code" if where in {"code", "base_code"} else f"bad-{where}") from None
