"""Linting (免证明清理): what a list of items asks for, and how much of it nobody should ask for."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from servicehall.inspection import recognition
from servicehall.standard import codetables
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Item, Material

Verdict = Literal["removed", "promised", "removable", "partly", "others", "waiting", "asked"]
VERDICTS: dict[Verdict, str] = {
    "removed": "已免提交",
    "promised": "已改为告知承诺",
    "removable": "应免提交",
    "partly": "其中一部分应免提交",
    "others": "第三人的证明，须本人同意才能查",
    "waiting": "证明所在的数据集尚未接入",
    "asked": "只能由申请人提供",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One material of one item (清理结果). ``error`` says that it may not be asked for as it is.

    ``sources`` are datasets and license types that supply it, or that it waits for.
    """

    item: str
    item_name: str
    department: str
    level: int
    code: str
    name: str
    verdict: Verdict
    sources: tuple[str, ...]
    why: str
    error: bool

    @property
    def removed(self) -> bool:
        """Whether nobody has to hand it in any more, or ever should have had to."""
        return self.verdict in {"removed", "removable"}


def lint(items: Iterable[Item], around: Surroundings) -> list[Row]:
    """One row for every material of *items*, in order.

    An error is a material that a registry or a license supplies and that is asked for without
    leave (issued by a government, or without ``why_needed``), and one that does not say why.
    """
    return [_row(item, material, around) for item in items for material in item.materials]


def report(rows: list[Row]) -> dict[str, Any]:
    """The rows counted, all together and by item, department and level, as JSON may hold it."""
    return {
        "total": _counted(rows),
        "by_level": _by(rows, lambda row: codetables.called("level", row.level)),
        "by_department": _by(rows, lambda row: row.department),
        "by_item": _by(rows, lambda row: f"{row.item} {row.item_name}"),
        "by_source": dict(
            Counter(
                source
                for row in rows
                if row.verdict in {"removable", "partly"}
                for source in row.sources
            ).most_common()
        ),
        "materials": [
            {
                "item": row.item, "code": row.code, "name": row.name, "verdict": row.verdict,
                "sources": list(row.sources), "why": row.why, "error": row.error,
            }
            for row in rows
            if row.verdict != "asked" or row.error
        ],
    }  # fmt: skip


def _row(item: Item, material: Material, around: Surroundings) -> Row:
    verdict, sources = _judged(material, around)
    excused = material.source != "government" and bool(material.why_needed)
    error = (verdict in {"removable", "partly"} and not excused) or (
        not material.exempt and not material.why_needed
    )
    return Row(
        item.code, item.name, item.department_name, item.level, material.code, material.name,
        verdict, sources, material.why_needed, error,
    )  # fmt: skip


def _judged(material: Material, around: Surroundings) -> tuple[Verdict, tuple[str, ...]]:
    if material.exempt:
        promised = material.exempt.by == "promise"
        return ("promised", ()) if promised else ("removed", (material.exempt.name,))
    found = recognition.find(material.name, around)
    supplied = tuple(dict.fromkeys(paper.source for paper in found if paper.superfluous))
    if supplied:
        return ("removable" if all(p.superfluous for p in found) else "partly"), supplied
    if others := tuple(dict.fromkeys(paper.source for paper in found if paper.source)):
        return "others", others
    waiting = tuple(dict.fromkeys(paper.waiting for paper in found if paper.waiting))
    return ("waiting" if waiting else "asked"), waiting


def _by(rows: list[Row], key: Callable[[Row], str]) -> dict[str, dict[str, int]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    counted = {name: _counted(group) for name, group in groups.items()}
    return dict(sorted(counted.items(), key=lambda each: -each[1]["proofs_removed"]))


def _counted(rows: list[Row]) -> dict[str, int]:
    verdicts = Counter(row.verdict for row in rows)
    return {
        "materials": len(rows),
        "proofs_removed": sum(row.removed for row in rows),
        **{verdict: verdicts[verdict] for verdict in VERDICTS},
        "errors": sum(row.error for row in rows),
    }
