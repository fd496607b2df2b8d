"""Upward (证照目录上报): the directory record of each license, as the national table has it.

``up_lic_data`` (GB/T 36902; STANDARDS 3.4). Only the directory goes up: the file and the faces stay
here. Its ``cd_*`` columns are the exchange's own and are filled by it.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TypeVar

from sqlalchemy import ColumnElement, select

from servicehall.aggregating import gathered
from servicehall.aggregating.models import GatheredLicense
from servicehall.identity import directory
from servicehall.kernel.clock import BEIJING, local_date
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, State
from servicehall.licenses.schema import LicenseTypes

BATCH = 500
Kept = TypeVar("Kept", License, GatheredLicense)
COLUMNS = {  # every one is required; characters at most
    "certificate_source_id": 128, "certificate_name": 512, "certificate_type": 256,
    "certificate_type_code": 64, "certificate_number": 128, "issue_dept": 256,
    "issue_dept_code": 32, "certificate_area_code": 32, "issue_date": 32,
    "certificate_holder": 256, "certificate_holder_code": 256, "certificate_holder_type": 32,
}  # fmt: skip


def records(work: UnitOfWork, *, since: date) -> Iterator[dict[str, str]]:
    """The record of every license issued, gathered or changed on *since* or later; the caller
    commits: that it went up is on record, and its holder sees it."""
    start = datetime.combine(since, time.min, BEIJING)
    out, touched = License.state != State.INTENT, License.state_at >= start
    for license in _in_order(work, License, out, touched):
        yield _of_issued(license)
        work.record("license.reported", license.identifier, person=license.party)
    types = work.use(LicenseTypes)
    for other in _in_order(work, GatheredLicense, GatheredLicense.changed_at >= start):
        yield _of_gathered(other, types)
        party = directory.party_of(work, other.holder_code)
        work.record("license.reported", f"gathered:{other.id}", person=party)


def _in_order(
    work: UnitOfWork, kind: type[Kept], *conditions: ColumnElement[bool]
) -> Iterator[Kept]:
    """The rows of *kind* that keep the conditions, some at a time."""
    last = 0
    while True:
        query = select(kind).where(kind.id > last, *conditions).order_by(kind.id).limit(BATCH)
        found = work.session.scalars(query).all()
        if not found:
            return
        last = found[-1].id
        yield from found


def _of_issued(license: License) -> dict[str, str]:
    record = license.record
    return {
        "certificate_source_id": record.identifier, "certificate_name": record.type.name,
        "certificate_type": record.type.name, "certificate_type_code": record.type.code,
        "certificate_number": record.number, "issue_dept": record.issuer.name,
        "issue_dept_code": record.issuer.code, "certificate_area_code": record.issuer.code[2:8],
        "issue_date": local_date(record.issued_at).isoformat(),
        "certificate_holder": record.holder.name, "certificate_holder_code": record.holder.code,
        "certificate_holder_type": record.holder.code_type,
    }  # fmt: skip


def _of_gathered(license: GatheredLicense, types: LicenseTypes) -> dict[str, str]:
    kind = types[license.type]
    return {
        "certificate_source_id": gathered.name(license),
        "certificate_name": kind.name, "certificate_type": kind.name,
        "certificate_type_code": kind.code, "certificate_number": license.number,
        "issue_dept": license.issuer_name, "issue_dept_code": license.issuer,
        "certificate_area_code": license.region, "issue_date": license.issued_on.isoformat(),
        "certificate_holder": license.holder_name, "certificate_holder_code": license.holder_code,
        "certificate_holder_type": license.holder_type,
    }  # fmt: skip
