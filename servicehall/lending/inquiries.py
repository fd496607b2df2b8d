"""Inquiries (用证查询): who asks for whose licenses of which type, for which item and why."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from servicehall.identity import directory, policy
from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.lending import resourcing
from servicehall.licenses.models import normal_code
from servicehall.licenses.schema import LicenseType, LicenseTypes
from servicehall.sharing import granting


class Inquiry(BaseModel):
    """What the interface is asked (GB/T 36906): its members are named in camel case there.

    ``use_cause`` is the granted purpose, ``item_code`` an item of the asking department.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, str_strip_whitespace=True
    )

    holder_code: str = Field(min_length=1, max_length=32)
    holder_type_code: str = Field(pattern=r"^[0-9]{3}$")
    cert_type_code: str = Field(pattern=r"^[0-9A-Z]{21}$")
    cert_no: str = Field(default="", max_length=128)
    use_cause: str = Field(min_length=1, max_length=200)
    item_code: str = Field(pattern=r"^[0-9A-Z]{31,33}$")
    item_name: str = Field(min_length=1, max_length=200)


def read(told: Any) -> Inquiry:
    """The inquiry in *told* (JSON). Raises Invalid naming the first member that does not hold."""
    try:
        return Inquiry.model_validate(told)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "holderCode"
        raise Invalid(N_("这一项没有填写，或者格式不正确"), field=where) from None


def admitted(work: UnitOfWork, asked: Inquiry, fields: frozenset[str]) -> LicenseType:
    """The type that is asked for, once the department may see *fields* of it for this item and cause.

    Raises Forbidden with the reason, which is on record and told to the holder; Invalid for a type
    that is none.
    """
    policy.require(work.actor, "license.inquire")
    kind = of_code(work, asked.cert_type_code)
    if granting.department_of(asked.item_code) != work.actor.department:
        _refuse(work, asked, kind)
        raise Forbidden(N_("只能为本部门的事项查询证照"))
    if why := granting.refusal(
        work, item=asked.item_code, dataset=resourcing.code(kind), fields=fields,
        purpose=asked.use_cause,
    ):  # fmt: skip
        _refuse(work, asked, kind)
        raise Forbidden(granting.REFUSALS[why])
    return kind


def of_code(work: UnitOfWork, type_code: str) -> LicenseType:
    """The type with this code. Raises Invalid."""
    for kind in work.use(LicenseTypes).values():
        if kind.code == type_code:
            return kind
    raise Invalid(N_("证照类型目录里没有这个类型代码"), field="certTypeCode")


def party(work: UnitOfWork, code: str) -> str:
    """Whose holder code it is in this hall; empty for who has never used it."""
    return directory.party_of(work, normal_code(code))


def _refuse(work: UnitOfWork, asked: Inquiry, kind: LicenseType) -> None:
    work.refuse("license.refused", kind.slug, person=party(work, asked.holder_code))
