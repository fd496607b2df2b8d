"""Beginning (新增事项): what the code of a new item, its department and the law already say of it."""

from typing import Any

from servicehall.identity import directory
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard import itemcodes
from servicehall.standard.levels import Directory
from servicehall.standard.schema import ItemType

STEPS = {
    "accept": N_("受理"), "review": N_("审查"), "decide": N_("决定"), "certify": N_("制证"),
    "deliver": N_("送达"),
}  # fmt: skip


def first_body(work: UnitOfWork, code: str) -> dict[str, Any]:
    """What a draft of item *code* begins with; its author writes the rest.

    Department, level, basic code and type stand in the code, name and region with the department;
    the five steps are those of a permit (行政许可法 第四章). Raises Invalid for what is no code.
    """
    try:
        parts = itemcodes.task(code)
    except Invalid as error:
        raise Invalid(error.message, field="code", **error.params) from None
    body: dict[str, Any] = {
        "code": code, "base_code": str(parts.base), "department": parts.department,
        "level": parts.level, "applicable": True, "objects": [], "channels": ["window", "web"],
    }  # fmt: skip
    if parts.base.type in {one.value for one in ItemType}:
        body["type"] = parts.base.type
    try:
        office = directory.department(work, parts.department)
        body |= {"department_name": office.name, "region": office.region}
    except NotFound:
        pass  # a department that is not in the hall's list: its author names it
    if work.use(Directory).laid_down(body["base_code"], body.get("region", ""), parts.level):
        body["extends"] = body["base_code"]
    named = {"department": parts.department, "department_name": body.get("department_name", "")}
    body["steps"] = [{"kind": kind, "name": name, **named} for kind, name in STEPS.items()]
    return body
