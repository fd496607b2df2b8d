"""Mass issuing (成批签发): many licenses in one transaction, all or nothing; faces are made later."""

from collections.abc import Iterator, Sequence
from functools import cache
from secrets import randbelow
from typing import Any, NamedTuple, TypeVar

from msgspec import Raw
from sqlalchemy import bindparam, or_, select, update

from servicehall.identity import policy
from servicehall.kernel import audit, serials
from servicehall.kernel.database import enter, table_of
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.prepared import Prepared, numbered, one_of
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import issuing, rendering, statuslist
from servicehall.licenses.identifiers import build
from servicehall.licenses.models import License, State, normal_code
from servicehall.licenses.ordering import IssueOrder, filled, holder_of, last_day
from servicehall.licenses.record import TYP, AuditPoint, Department, Kind, Record, Status
from servicehall.licenses.schema import LicenseType
from servicehall.printing.press import Press
from servicehall.signing import jws
from servicehall.signing.signer import Issuer, Signer, Sm2Signer
from servicehall.transparency import licenselog, treeheads

PREFIX = "batch:"  # of the issue keys of licenses that no case yielded
T = TypeVar("T")


class _Ready(NamedTuple):
    """An order with the record that is to be signed for it, and its exact bytes."""

    order: IssueOrder
    record: Record
    payload: bytes
    serial: str
    version: int


def issue(work: UnitOfWork, orders: Sequence[IssueOrder]) -> int:
    """Issue every order that was not issued before (by its key): validate, sign, log, valid.

    One type at a time; the caller commits. The PDF face is made by the worker (``facing``). How
    many were issued. Raises Invalid or Conflict as ``issuing.plan`` does, and then none is.
    """
    policy.require(work.actor, "license.issue")
    if not (fresh := _fresh(work, orders)):
        return 0
    treeheads.refuse_earlier(work)
    kind = fresh[0].type
    if any(order.type is not kind and order.type != kind for order in fresh):
        raise Invalid(N_("一批只能签发同一种证照"))
    policy.require_department(work.actor, frozenset({kind.issuer}))
    ready = _ready(work, kind, fresh)
    signed = _signed(work, kind, ready)
    enter(work.session, License, [_row(work, *pair) for pair in zip(ready, signed, strict=True)])
    licenselog.append(
        work, [(one.record.identifier, text) for one, text in zip(ready, signed, strict=True)]
    )
    _supersede(work, ready)
    for one in ready:
        work.record("license.issued", one.record.identifier, person=one.order.party, type=kind.slug)
    return len(ready)


def _fresh(work: UnitOfWork, orders: Sequence[IssueOrder]) -> list[IssueOrder]:
    keys = [order.key for order in orders]
    if len(set(keys)) < len(keys):
        raise Invalid(N_("一批里有重复的制证单编号"))
    known = {
        key
        for some in _asked(keys)
        for (key,) in _known(len(some)).rows(work.session, **numbered("key", some))
    }
    return [order for order in orders if order.key not in known]


def _ready(work: UnitOfWork, kind: LicenseType, orders: Sequence[IssueOrder]) -> list[_Ready]:
    numbers = _numbers(work, kind, orders)  # taken first, as in ``issuing``: writers queue for them
    _refuse_second(work, kind, orders)
    head, address, today = audit.head(work.session), statuslist.uri(work), work.today()
    shared: dict[str, Any] = {
        "type": Kind(code=kind.code, slug=kind.slug, name=kind.name), "drawn": Raw(kind.template.told),
        "statement": kind.statement, "issued_at": work.now(),
        "audit": AuditPoint(length=head.length, hash=head.hash),
        "issuer": Department(code=kind.issuer, name=kind.issuer_name),
    }  # fmt: skip
    drawn = _drawn(work, len(orders))
    faces = [filled(order, today=today) for order in orders]  # step by step: a third quicker
    identifiers = [build(kind.code, kind.issuer, *number) for number in numbers]
    records = [
        Record(
            **shared, identifier=identifier, number=number[0], holder=holder_of(order),
            faces=told, valid_from=(first := order.valid_from or today),
            valid_to=last_day(order, first), code=code, status=Status(uri=address, index=place),
            case=order.key, supersedes=order.renews.identifier if order.renews else None,
            evidence=tuple(order.evidence),
        )
        for order, number, identifier, told, (code, place) in zip(
            orders, numbers, identifiers, faces, drawn, strict=True
        )
    ]  # fmt: skip
    rendering.refuse_unprintable(work.use(Press), records)
    texts = [record.canonical() for record in records]
    return [
        _Ready(order, content, text, *number)
        for order, content, text, number in zip(orders, records, texts, numbers, strict=True)
    ]


def _numbers(
    work: UnitOfWork, kind: LicenseType, orders: Sequence[IssueOrder]
) -> list[tuple[str, int]]:
    year, new = work.today().year, sum(order.renews is None for order in orders)
    name = f"license:{kind.issuer}:{kind.code}:{year}"
    last = serials.take_many(work.session, name, new) if new else 0
    serial, found = last - new, []
    for order in orders:
        if order.renews is not None:
            found.append(issuing.next_version(order, order.renews))
        else:
            serial += 1
            found.append((f"{year}{serial:012}", 1))
    return found


def _refuse_second(work: UnitOfWork, kind: LicenseType, orders: Sequence[IssueOrder]) -> None:
    """Where the type allows one license, a holder in the file twice or who has one is refused."""
    if not kind.single:
        return
    codes = [normal_code(order.holder.code) for order in orders if order.renews is None]
    if len(set(codes)) < len(codes):
        raise Conflict(N_("同一持证主体在这一批里出现了两次"))
    for some in _asked(codes):
        asked = numbered("holder", some) | {"kind": kind.slug, "today": work.today()}
        if _held(len(some)).rows(work.session, **asked):
            raise Conflict(N_("持证主体已有有效的同类证照，请办理变更或延续"))


def _signed(work: UnitOfWork, kind: LicenseType, ready: Sequence[_Ready]) -> list[str]:
    issuer, now = Issuer(kind.issuer, kind.issuer_name), work.now()
    signer, second = work.use(Signer), work.use(Sm2Signer)
    both = second if second.holds(issuer) else None
    seal = jws.sealer(signer, issuer, typ=TYP, now=now, second=both)
    return [seal(one.payload) for one in ready]


def _row(work: UnitOfWork, one: _Ready, text: str) -> dict[str, Any]:
    content, order = one.record, one.order
    return {
        "identifier": content.identifier, "issue_key": order.key, "code": content.code,
        "status_index": content.status.index, "type": content.type.slug,
        "issuer": content.issuer.code, "serial": one.serial, "version": one.version,
        "party": order.party, "holder_index": content.holder.code,
        "holder_code": content.holder.code, "holder_name": content.holder.name,
        "state": State.VALID, "state_reason": "", "state_law": "", "state_at": content.issued_at,
        "state_by": work.actor.id, "intent": "", "jws": text,
        "pdf_sha256": None, "valid_from": content.valid_from, "valid_to": content.valid_to,
        "issued_at": content.issued_at, "signing": 0,
        "supersedes_id": order.renews.id if order.renews else None,
    }  # fmt: skip


def _supersede(work: UnitOfWork, ready: Sequence[_Ready]) -> None:
    """What these renew is no longer the last version. Raises Conflict where one ended meanwhile."""
    old = [one.order.renews for one in ready if one.order.renews is not None]
    for some in _portions(old):
        chunk = [license.id for license in some]
        moved = work.session.execute(
            update(License)
            .where(License.id.in_(chunk), License.state.in_((State.VALID, State.SUSPENDED)))
            .values(state=State.SUPERSEDED, state_at=work.now(), state_by=work.actor.id)
            .execution_options(synchronize_session=False)
            .returning(License.id)
        ).all()
        if len(moved) != len(chunk):
            raise Conflict(N_("原证照已经变更、注销或撤销，不能再变更或延续"))
    for license in old:
        work.record(
            "license.superseded", license.identifier, person=license.party, type=license.type
        )


_AT_ONCE = 500  # values in one statement


def _portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _asked(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Portions to ask about: of one value, or filled up with the first; else a statement would be
    kept for every number of licenses."""
    for some in _portions(values):
        yield some if len(some) == 1 else [*some, *[some[0]] * (_AT_ONCE - len(some))]


def _drawn(work: UnitOfWork, count: int) -> list[tuple[str, int]]:
    """*count* codes and places in the status list at random, each once, none in use.

    Nobody asks about the codes: of sixty random bits, one that is in use would be the first ever,
    and is refused by the database.
    """
    found: dict[int, None] = {}  # in the order in which they were drawn: no place tells its number
    while len(found) < count:
        fresh = {randbelow(statuslist.PLACES): None for _ in range(len(found), count)}
        for some in _asked(list(fresh)):
            for (place,) in _used(len(some)).rows(work.session, **numbered("place", some)):
                fresh.pop(place, None)
        found |= fresh
    return [(issuing.random_code(), place) for place in found]


_LICENSES = table_of(License).c


@cache
def _known(count: int) -> Prepared:
    return Prepared(select(_LICENSES.issue_key).where(one_of(_LICENSES.issue_key, "key", count)))


@cache
def _used(count: int) -> Prepared:
    taken = _LICENSES.status_index
    return Prepared(select(taken).where(one_of(taken, "place", count)))


@cache
def _held(count: int) -> Prepared:
    """As ``License.expired`` has it. Said by the states that are over: a database that goes by
    "in force" instead of the holder reads the whole library."""
    over = [
        _LICENSES.state != state for state in (State.SUPERSEDED, State.CANCELLED, State.REVOKED)
    ]
    return Prepared(
        select(_LICENSES.id).where(
            one_of(_LICENSES.holder_index, "holder", count),
            _LICENSES.type == bindparam("kind"),
            *over,
            or_(_LICENSES.valid_to.is_(None), _LICENSES.valid_to >= bindparam("today")),
        )
    )
