"""Order files (批量制证单): one order a line in JSON, checked as a whole before anything is issued."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, HallError, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library, mass
from servicehall.licenses.models import License
from servicehall.licenses.ordering import IssueOrder, filled
from servicehall.licenses.record import Holder
from servicehall.licenses.schema import LicenseType, LicenseTypes

LINES = 100_000


class Line(BaseModel):
    """One order: who and what, or ``renews``, an identifier, whose holder and faces then go on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$")
    kind: Literal["person", "organization"] | None = None
    code: str = ""
    name: str = ""
    faces: dict[str, str | int] = {}
    renews: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def read(work: UnitOfWork, text: str, kind: LicenseType, batch: str) -> list[IssueOrder]:
    """The orders of a file for licenses of *kind*, their keys beginning with the name of the *batch*.

    Raises Invalid that names the line and what is wrong with it; nothing is issued then.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not 0 < len(lines) <= LINES:
        raise Invalid(N_("文件里要有 1 到 %(most)s 行制证单"), most=LINES)
    return [_order(work, number, line, kind, batch) for number, line in lines]


def again(
    license: License, kind: LicenseType, key: str, *, faces: Mapping[str, str | int] | None = None,
    valid_from: date | None = None, valid_to: date | None = None,
) -> IssueOrder:  # fmt: skip
    """The order that issues *license* with its next version: as it is, but for the *faces* given."""
    held = license.record
    kept = {face.code: face.value for face in held.faces if face.value}
    return IssueOrder(
        key=key, type=kind, holder=held.holder, party=license.party, renews=license,
        faces={**kept, **(faces or {})}, evidence=held.evidence, valid_from=valid_from,
        valid_to=valid_to,
    )  # fmt: skip


def here(work: UnitOfWork, order: IssueOrder) -> IssueOrder:
    """The order with the license that it renews as *work* sees it."""
    if order.renews is None:
        return order
    return replace(order, renews=work.session.get_one(License, order.renews.id))


def reissue(
    work: UnitOfWork, old: License, *, faces: Mapping[str, str | int], reason: str, law: str
) -> License:
    """The next version of *old*, whose dates go on (变更换发), by the department that issued it.

    Raises Invalid without reason and law or for a face that does not hold, Conflict where it ended.
    """
    if not reason.strip():
        raise Invalid(N_("请写明原因"), field="reason")
    if not law.strip():
        raise Invalid(N_("请写明法律依据"), field="law")
    key = f"{old.issue_key}/v{old.version + 1}"
    kind = work.use(LicenseTypes)[old.type]
    order = again(
        old, kind, key, faces=faces, valid_from=old.valid_from, valid_to=old.valid_to
    )  # fmt: skip
    if not mass.issue(work, [order]):
        raise Conflict(N_("原证照已经变更、注销或撤销，不能再变更或延续"))
    made = library.by_key(work, key)
    work.record("license.reissued", made.identifier, person=made.party, law=law.strip())
    return made


def chunks(orders: Sequence[IssueOrder], size: int = 1000) -> list[Sequence[IssueOrder]]:
    """The orders as they go into one transaction each."""
    return [orders[start : start + size] for start in range(0, len(orders), size)]


def _order(work: UnitOfWork, number: int, text: str, kind: LicenseType, batch: str) -> IssueOrder:
    try:
        line = Line.model_validate(json.loads(text))
        order = _asked(work, line, kind, f"{mass.PREFIX}{batch}/{line.key}")
        filled(order, today=work.today())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "JSON"
        raise Invalid(
            N_("第 %(line)s 行，%(name)s：内容或格式不正确"), line=number, name=where
        ) from None
    except ValueError:
        raise Invalid(N_("第 %(line)s 行不是 JSON"), line=number) from None
    except HallError as error:
        raise Invalid(N_("第 %(line)s 行：%(why)s"), line=number, why=str(error)) from None
    return order


def _asked(work: UnitOfWork, line: Line, kind: LicenseType, key: str) -> IssueOrder:
    if line.renews:
        old = library.by_identifier(work, line.renews)
        return again(
            old, kind, key, faces=line.faces, valid_from=line.valid_from, valid_to=line.valid_to
        )
    if line.kind != kind.holders or not line.code or not line.name:
        raise Invalid(N_("请写明持证主体：kind、code、name"))
    holder = Holder(kind=line.kind, code=line.code, name=line.name)
    return IssueOrder(
        key=key, type=kind, holder=holder, party=_party(work, holder), faces=line.faces,
        valid_from=line.valid_from, valid_to=line.valid_to,
    )  # fmt: skip


def _party(work: UnitOfWork, holder: Holder) -> str:
    """Whom it concerns on the record, where the hall knows the holder."""
    if holder.kind == "organization":
        return f"org:{holder.code}"
    known = directory.person_by_number(work, holder.code)
    return f"person:{known.key}" if known else ""
