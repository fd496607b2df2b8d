"""Terms (共享条件): what the catalogue says of a resource, and how that is written down."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from servicehall.kernel.words import N_
from servicehall.sharing.elements import ELEMENTS, Element

Share = Literal["unconditional", "conditional", "none"]
Cycle = Literal["realtime", "daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"]
SHARES: Final = {
    "unconditional": N_("无条件共享"), "conditional": N_("有条件共享"), "none": N_("不予共享"),
}  # fmt: skip
OPENINGS: Final = {
    "unconditional": N_("无条件开放"), "conditional": N_("有条件开放"), "none": N_("不予开放"),
}  # fmt: skip
CYCLES: Final = {
    "realtime": N_("实时"), "daily": N_("每日"), "weekly": N_("每周"), "monthly": N_("每月"),
    "quarterly": N_("每季度"), "half_yearly": N_("每半年"), "yearly": N_("每年"),
}  # fmt: skip
WAYS: Final = {
    "interface": N_("接口，逐件查询，每次查询都有依据并留痕"),
    "table": N_("库表，定期同步"),
    "file": N_("文件，按授权提供"),
}
ABOUT: Final = {
    "person": N_("自然人"),
    "organization": N_("法人和其他组织"),
    "thing": N_("物和地点"),
}
KINDS: Final = {"1": N_("基础信息资源"), "2": N_("主题信息资源"), "3": N_("部门信息资源")}
_CODE = re.compile(r"[123]\d{5}\d*/\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """One item of information (信息项): its name here and what it means everywhere."""

    name: str
    element: Element


@dataclass(frozen=True)
class Dataset:
    """One shared resource (发改高技〔2017〕1272号): the library it is in and its items.

    ``number`` is the resource code: 类 1, 项 2, 目 3, 细目, ``/`` and a sequence. ``provider`` is the
    credit code of the department that answers for it (数据提供部门); ``about`` says whom the records
    are about, ``way`` how they are given (共享方式). Sharing that is refused needs a
    legal *basis*; what is personal is never open (国发〔2016〕51号). Raises ValueError otherwise.
    """

    code: str
    number: str
    provider: str
    library: str
    name: str
    summary: str
    items: dict[str, Field]
    condition: str = ""
    basis: str = ""
    share: Share = "conditional"
    opening: Share = "none"
    cycle: Cycle = "realtime"
    about: tuple[str, ...] = ("person",)
    way: Literal["interface", "table", "file"] = "interface"
    published_on: date = date(2026, 1, 1)

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.number):
            raise ValueError(f"{self.code}: {self.number} is no resource code")
        if self.share == "none" and not self.basis:
            raise ValueError(f"{self.code}: sharing is refused without a legal basis")
        if self.opening == "unconditional" and not self.open_fields:
            raise ValueError(f"{self.code}: nothing in it is open")

    @cached_property
    def fields(self) -> dict[str, str]:
        """Each item's code and its name."""
        return {code: item.name for code, item in self.items.items()}

    @cached_property
    def secret(self) -> frozenset[str]:
        """Items that are personal identifiers, shown masked."""
        return frozenset(c for c, item in self.items.items() if item.element.identifier)

    @cached_property
    def open_fields(self) -> tuple[str, ...]:
        """Items that may be open data: those classified so, and no others."""
        return tuple(c for c, i in self.items.items() if i.element.classification == "open")

    @property
    def kind(self) -> str:
        """1 base library, 2 theme, 3 department (类)."""
        return self.number[0]


def to_body(dataset: Dataset) -> dict[str, Any]:
    """*dataset* as JSON holds it; ``of_body`` reads it back."""
    plain = ("code", "number", "provider", "library", "name", "summary", "condition", "basis",
             "share", "opening", "cycle", "way")  # fmt: skip
    return {
        **{key: getattr(dataset, key) for key in plain},
        "about": list(dataset.about),
        "published_on": dataset.published_on.isoformat(),
        "items": [
            {"code": code, "name": item.name, "element": item.element.code}
            for code, item in dataset.items.items()
        ],
    }


def of_body(body: dict[str, Any]) -> Dataset:
    """The dataset in *body*. Raises ValueError or KeyError where its terms cannot be."""
    items = {i["code"]: Field(i["name"], ELEMENTS[i["element"]]) for i in body["items"]}
    for key, allowed in (
        ("share", SHARES),
        ("opening", OPENINGS),
        ("cycle", CYCLES),
        ("way", WAYS),
    ):
        if body[key] not in allowed:
            raise ValueError(f"{body['code']}: {key} cannot be {body[key]}")
    day = date.fromisoformat(body["published_on"])
    return Dataset(**{**body, "items": items, "about": tuple(body["about"]), "published_on": day})
