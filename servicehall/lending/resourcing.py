"""Resourcing (证照进目录): each license type is a resource of the sharing catalogue.

So it is requested, granted for an item and a purpose, and ended like every other resource.
"""

from collections.abc import Iterable
from typing import Final

from servicehall.kernel.words import N_
from servicehall.licenses.schema import LicenseType
from servicehall.sharing.elements import ELEMENTS
from servicehall.sharing.terms import Dataset, Field

_NUMBER: Final = "399001"  # 类 3 部门信息资源; 项 99 and 目 001 are ours: license types
HELD, LAST, CONTENT, FILE = "held", "valid_to", "content", "file"
FIELDS: Final = {
    HELD: Field(N_("是否持有有效证照"), ELEMENTS["yes_no"]),
    LAST: Field(N_("有效期止"), ELEMENTS["license_date"]),
    CONTENT: Field(N_("证照目录和照面信息"), ELEMENTS["license_text"]),
    FILE: Field(N_("证照加注件"), ELEMENTS["license_text"]),
}


def code(kind: LicenseType) -> str:
    """What the catalogue calls licenses of this type."""
    return f"license.{kind.slug.replace('-', '_')}"


def resources(types: Iterable[LicenseType]) -> list[Dataset]:
    """Every type of license as a resource, in the order of their type codes."""
    return [_resource(kind) for kind in sorted(types, key=lambda kind: kind.code)]


def _resource(kind: LicenseType) -> Dataset:
    number = "".join(str(int(c, 36)) for c in kind.code)
    return Dataset(
        code(kind), f"{_NUMBER}{number}/000001", kind.issuer, N_("电子证照库"), kind.name,
        N_("是否持有、有效期；经持证主体同意，可取证照信息和加注件"), dict(FIELDS),
        condition=N_("办理事项时，注明事由；证照信息和加注件须经持证主体同意"),
        share=kind.shared, about=(kind.holders,),
        basis=N_("证照类型目录规定不予共享") if kind.shared == "none" else "",
    )  # fmt: skip
