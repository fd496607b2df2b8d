"""Findings (体检结果): on which page, beside which element and in which words a problem is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.portals.console import elements, labels, placing
from servicehall.portals.console.elements import Element
from servicehall.portals.guard import work
from servicehall.portals.pages import said
from servicehall.standard.levels import Directory
from servicehall.standard.problems import Problem
from servicehall.standard.schema import Item

BLANK: tuple[object, ...] = (None, "", (), {}, False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem (体检问题) with the page (``group``), the ``path`` and the name of its element."""

    problem: Problem
    group: str
    path: str
    place: str


def names(group: str) -> list[str]:
    """The elements of one page; what no page names is on the last one. Raises NotFound."""
    if group in labels.FIELDS:
        return list(labels.FIELDS[group])
    if group != "other":
        raise NotFound
    named = {name for listed in labels.FIELDS.values() for name in listed}
    return [name for name in Item.model_fields if name not in named]


def found(body: Any, problems: Iterable[Problem]) -> list[Finding]:
    """Each problem with its place, page by page."""
    home = {name: group for group in labels.GROUPS for name in names(group)}
    rows = []
    for problem in problems:
        path = placing.path_of(body, problem.where)
        group = home.get(path.partition(".")[0], "other")
        rows.append(Finding(problem, group, path, shown(_counted(path))))
    order = list(labels.GROUPS)
    return sorted(rows, key=lambda row: order.index(row.group))


def counts(rows: Sequence[Finding]) -> dict[str, int]:
    """How many problems each page has."""
    return {group: sum(row.group == group for row in rows) for group in labels.GROUPS}


def laid_down(shown: Iterable[Element], body: Mapping[str, Any]) -> None:
    """Say beside each element of *shown* what the directory lays down for it."""
    level = body.get("level", 4)
    rules = work.use(Directory).laid_down(
        str(body.get("base_code", "")), str(body.get("region", "")),
        level if isinstance(level, int) else 4,
    )  # fmt: skip
    for element in shown:
        if rule := rules.get(element.path):
            element.laid = gettext(
                "基本目录规定：%(value)s（%(leeway)s）", value=worded(rule.value),
                leeway=gettext(rule.leeway),
            )  # fmt: skip


def shown(path: str) -> str:
    """A path of an element in words: 申请材料 · photo · 受理标准."""
    words = []
    for number, step in enumerate(path.split(".")):
        known = labels.ELEMENTS.get(f"Item.{step}" if number == 0 else step)
        known = known or labels.ELEMENTS.get(step)
        words.append(gettext(known) if known else step)
    return " · ".join(words)


def worded(value: object) -> str:
    """One side of a difference as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, BaseModel):
        kind = type(value).__name__
        told = [
            (said(labels.element(kind, name)), _chosen(name, info, getattr(value, name)))
            for name, info in type(value).model_fields.items()
            if getattr(value, name) not in BLANK
        ]
        colon, stop = said(N_("：")), said(N_("；"))
        return stop.join(f"{name}{colon}{words}" for name, words in told if words)
    if isinstance(value, bool):
        return said(N_("是") if value else N_("否"))
    if isinstance(value, tuple):
        return said(N_("、")).join(map(worded, value))
    return str(value)


def _chosen(name: str, info: FieldInfo, value: Any) -> str:
    """The words of a choice, of several, or the value itself."""
    kind, _ = elements.shape(info.annotation)
    if kind == "choice":
        return said(labels.choice(name, getattr(value, "value", value)))
    if kind == "choices":
        return said(N_("、")).join(said(labels.choice(name, one)) for one in value)
    return worded(value)


def _counted(path: str) -> str:
    """*path* with members counted from 1, as people do."""
    return ".".join(str(int(step) + 1) if step.isdigit() else step for step in path.split("."))
