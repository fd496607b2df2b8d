"""Portable (取回我的数据): everything the hall holds about a party, to take away (个人信息保护法 第45条)."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, inspect, or_, select

from servicehall.aggregating.models import GatheredLicense
from servicehall.applying import attaching, consenting
from servicehall.applying.models import Reception
from servicehall.automating.models import Entitlement, InstantDecision
from servicehall.bundling.models import CaseGroup, GroupMember
from servicehall.cases.holding import CaseHold
from servicehall.cases.later import Delivery, Extension, HearingRight, Revocation
from servicehall.cases.models import (
    Case,
    CaseMaterial,
    Correction,
    Pause,
    PendingCheck,
    Recheck,
    Review,
    Supplement,
)
from servicehall.cases.promises import PromiseCheck
from servicehall.credentials.models import CredentialOffer
from servicehall.desk.models import Task
from servicehall.disputes.models import Dispute, LicenseReview
from servicehall.documents import filing
from servicehall.documents.models import Document
from servicehall.evidence.models import Exchange
from servicehall.feedback.models import Rating, Rectification
from servicehall.guiding.models import Favourite
from servicehall.identity import directory
from servicehall.identity.attending import Attendance
from servicehall.identity.models import Account, Mandate, Organization, Person
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.database import Base
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.lending.models import LicenseConsent
from servicehall.licenses import library
from servicehall.licenses.models import License, PastSigning, normal_code
from servicehall.licenses.models import State as LicenseState
from servicehall.notices.models import Notice
from servicehall.payments.models import Bill, Payout
from servicehall.registries.models import Ground, RegistryCall
from servicehall.showing.models import LicenseCopy
from servicehall.visits.models import Appointment

# What says nothing to whoever owns the data: row numbers, blind indexes, locks, and secrets.
INNER = frozenset(
    {
        "id", "version", "slot", "submit_key", "number_index", "holder_index", "secret",
        "session_version", "file_key", "status_index", "intent",
        "token",
    }
)  # fmt: skip
OF_CASES = (
    CaseMaterial, Review, Supplement, Pause, Correction, Extension, HearingRight, Delivery,
    Revocation, Recheck, PendingCheck, Rating, Rectification, CaseHold, Task,
    GroupMember, InstantDecision, PromiseCheck, Reception,
)  # fmt: skip
OF_PARTIES = (
    Appointment, Case, CaseGroup, CredentialOffer, Document, Entitlement, Ground, License,
    LicenseConsent, LicenseCopy, Notice, Bill, Payout,
    Dispute, LicenseReview,
)  # fmt: skip


def files(work: UnitOfWork) -> Iterator[tuple[str, bytes]]:
    """(name, content) of every file of the export: JSON of all rows, and what was handed in or issued.

    Of the actor's party: the person, or the organization acted for. Being asked for is on record.
    """
    for name, rows in tables(work):
        said = json.dumps(rows, ensure_ascii=False, indent=1, default=_plain)
        yield f"{name}.json", said.encode()
    yield from _papers(work)
    work.record("person.exported", work.actor.party, person=work.actor.party)


def tables(work: UnitOfWork) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(table, rows) of everything that belongs to the actor's party."""
    for kind, condition in owned(work):
        found = work.session.scalars(select(kind).where(condition).order_by(kind.id)).all()
        yield kind.__tablename__, [_row(row) | _unnamed(work, row) for row in found]


def owned(work: UnitOfWork) -> list[tuple[type[Base], ColumnElement[bool]]]:
    """Each class of rows that may be somebody's, and which are the actor's party's."""
    party, actor = work.actor.party, work.actor
    _, code, _ = directory.holder(work, party)
    cases = select(Case.id).where(Case.party == party)
    grounds = select(Ground.id).where(Ground.party == party)
    calls = select(RegistryCall.id).where(RegistryCall.ground_id.in_(grounds))
    own: list[tuple[type[Base], ColumnElement[bool]]] = [
        (kind, kind.party == party) for kind in OF_PARTIES
    ]
    own += [(kind, kind.case_id.in_(cases)) for kind in OF_CASES]
    own += [
        (RegistryCall, RegistryCall.ground_id.in_(grounds)),
        (Exchange, Exchange.call_id.in_(calls)),
        (AuditEntry, AuditEntry.person == party),
        (PastSigning, PastSigning.license_id.in_(select(License.id).where(License.party == party))),
        (GatheredLicense, GatheredLicense.holder_index == normal_code(code)),
    ]
    if actor.organization:
        return [*own, (Organization, Organization.code == actor.organization)]
    mine = select(Person.id).where(Person.key == actor.person)
    came = or_(Attendance.person_id.in_(mine), Attendance.helper_id.in_(mine))
    return [
        *own, (Person, Person.key == actor.person), (Mandate, Mandate.person_id.in_(mine)),
        (Account, Account.person_id.in_(mine)),
        (Attendance, came), (Favourite, Favourite.person == actor.person),
    ]  # fmt: skip


def _papers(work: UnitOfWork) -> Iterator[tuple[str, bytes]]:
    cases: Sequence[Case] = work.session.scalars(
        select(Case).where(Case.party == work.actor.party).order_by(Case.id)
    ).all()
    for case in cases:
        name = case.number or case.key
        if case.item.needs:
            yield f"consents/{name}.jws", consenting.receipt(work, case).encode()
        for row in case.materials:
            if row.file_key:
                said = (row.file_name or row.code).replace("/", "_")
                yield f"materials/{name}/{row.code}-{said}", attaching.content(work, row)
        for paper in filing.of(work, case.matter):
            yield f"documents/{name}/{paper.kind}-{paper.key}.pdf", filing.pdf(work, paper)
    query = select(License).where(License.party == work.actor.party)
    for license in work.session.scalars(query.order_by(License.id)):
        if license.state is not LicenseState.INTENT:
            yield f"licenses/{license.code}.pdf", library.pdf(work, license)
            yield f"licenses/{license.code}.jws", (license.jws or "").encode()


def _row(row: Base) -> dict[str, Any]:
    columns = inspect(type(row)).column_attrs
    return {one.key: getattr(row, one.key) for one in columns if one.key not in INNER}


def _unnamed(work: UnitOfWork, row: Base) -> dict[str, str]:
    """Another citizen who tried to look stays unnamed, also by key; staff and the hall do not."""
    if not isinstance(row, AuditEntry) or row.department:
        return {}
    return {} if row.actor in (work.actor.id, SYSTEM.id) else {"actor": ""}


def _plain(value: object) -> Any:
    """Dates as ISO 8601, choices as their code."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)
