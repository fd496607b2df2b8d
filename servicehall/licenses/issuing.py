"""Issuing (制证): an intent log, so that no crash loses, doubles or changes a license (D1, D2)."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from msgspec import Raw
from sqlalchemy import select, update

from servicehall.identity import policy
from servicehall.kernel import audit, serials
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import record, rendering, statuslist
from servicehall.licenses.identifiers import build
from servicehall.licenses.models import License, State, normal_code
from servicehall.licenses.ordering import IssueOrder, filled, holder_of, last_day
from servicehall.licenses.record import AuditPoint, Department, Kind, Record, Status
from servicehall.printing.press import Press
from servicehall.signing import sealing
from servicehall.signing.jws import opened
from servicehall.signing.signer import Issuer, Signer, Sm2Signer
from servicehall.storage.store import FileStore
from servicehall.transparency import licenselog, treeheads

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LETTERS = ALPHABET.encode() * 8
CODE_LENGTH = 12  # 60 bits: a million licenses make one guess in 10^12 a hit


def plan(work: UnitOfWork, order: IssueOrder) -> License:
    """Put on record exactly what will be signed: number, identifier, every byte (state intent).

    In the caller's transaction, beside the decision it follows from; the caller commits and then
    calls ``finish``. The same ``order.key`` gives the same license again. Raises Invalid for faces
    that do not hold, Conflict where the type allows one license and the holder has it, or where
    the renewed one is not the last version, Unavailable where the clock is behind the license log.
    """
    policy.require(work.actor, "license.issue")
    known = work.session.scalar(select(License).filter_by(issue_key=order.key))
    if known is not None:
        return known
    treeheads.refuse_earlier(work)
    now, kind = work.now(), order.type
    serial, version = _number(work, order)
    content = _record(work, order, serial, version)
    license = License(
        identifier=content.identifier,
        issue_key=order.key,
        code=content.code,
        status_index=content.status.index,
        type=kind.slug,
        issuer=kind.issuer,
        serial=serial,
        version=version,
        party=order.party,
        holder_index=content.holder.code,
        holder_code=content.holder.code,
        holder_name=content.holder.name,
        state=State.INTENT,
        state_at=now,
        state_by=work.actor.id,
        intent=content.canonical().decode(),
        valid_from=content.valid_from,
        valid_to=content.valid_to,
        issued_at=now,
        supersedes_id=order.renews.id if order.renews else None,
    )
    work.session.add(license)
    work.session.flush()
    work.record("license.planned", license.identifier, person=order.party, type=kind.slug)
    return license


def finish(work: UnitOfWork, license: License) -> License:
    """Sign, print, seal and shelve what was planned; then it is valid, and what it renews is not.

    May be cut off anywhere and run again, by anyone: the record is signed over the stored bytes,
    and of each file the first stored one counts. The caller commits. Raises Unavailable or
    StorageFull, nothing half done.
    """
    policy.require(work.actor, "license.issue")
    if license.state is not State.INTENT:
        return license
    treeheads.refuse_earlier(work)
    jws = kept_record(work, license)
    pdf = kept_pdf(work, license, jws)
    digest = sha256(pdf).hexdigest()
    changed = work.changed
    won = work.session.execute(
        update(License)
        .where(License.id == license.id, License.state == State.INTENT)
        .values(state=State.VALID, state_at=work.now(), state_by=work.actor.id)
        .values(jws=jws, pdf_sha256=digest)
        .execution_options(synchronize_session=False)
        .returning(License.id)
    ).all()
    work.session.refresh(license)
    if not won:  # another worker finished it meanwhile, with the same files
        work.changed = changed
    else:
        licenselog.append(work, [(license.identifier, jws)])
        _supersede(work, license)
        work.record(
            "license.issued",
            license.identifier,
            person=license.party,
            type=license.type,
            sha256=digest,
        )
    return license


def unfinished(work: UnitOfWork) -> Sequence[License]:
    """Licenses that were planned and not finished, oldest first: for the sweeper (D6)."""
    waiting = select(License).filter_by(state=State.INTENT).order_by(License.id)
    return work.session.scalars(waiting).all()


def _number(work: UnitOfWork, order: IssueOrder) -> tuple[str, int]:
    """Serial and version. Taking a serial makes writers of a type queue: what is asked after it
    about the holder's other licenses stays true until the commit."""
    if (old := order.renews) is not None:
        return next_version(order, old)
    kind, year = order.type, work.today().year
    taken = serials.take(work.session, f"license:{kind.issuer}:{kind.code}:{year}")
    if kind.single and _holds_one(work, order):
        raise Conflict(N_("持证主体已有有效的同类证照，请办理变更或延续"))
    return f"{year}{taken:012}", 1


def next_version(order: IssueOrder, old: License) -> tuple[str, int]:
    """Serial and version of what replaces *old*. Raises Invalid for another type, Conflict."""
    if (old.type, old.issuer) != (order.type.slug, order.type.issuer):
        raise Invalid(N_("只能变更或延续同一种证照"))
    if old.state not in (State.VALID, State.SUSPENDED):
        raise Conflict(N_("原证照已经变更、注销或撤销，不能再变更或延续"))
    return old.serial, old.version + 1


def _holds_one(work: UnitOfWork, order: IssueOrder) -> bool:
    held = work.session.scalars(
        select(License).where(
            License.holder_index == normal_code(order.holder.code),
            License.type == order.type.slug,
            License.state.in_((State.INTENT, State.VALID, State.SUSPENDED)),
        )
    )
    return any(not license.expired(work.today()) for license in held)


def _record(work: UnitOfWork, order: IssueOrder, serial: str, version: int) -> Record:
    kind, press = order.type, work.use(Press)
    first = order.valid_from or work.today()
    head = audit.head(work.session)
    content = Record(
        identifier=build(kind.code, kind.issuer, serial, version),
        number=serial,
        type=Kind(code=kind.code, slug=kind.slug, name=kind.name),
        drawn=Raw(kind.template.told),
        statement=kind.statement,
        holder=holder_of(order),
        issuer=Department(code=kind.issuer, name=kind.issuer_name),
        faces=filled(order, today=work.today()),
        valid_from=first,
        valid_to=last_day(order, first),
        issued_at=work.now(),
        code=_free_code(work),
        status=Status(uri=statuslist.uri(work), index=_free_place(work)),
        supersedes=order.renews.identifier if order.renews else None,
        case=order.key,
        evidence=tuple(order.evidence),
        audit=AuditPoint(length=head.length, hash=head.hash),
    )
    rendering.refuse_unprintable(press, [content])
    return content


def _free_code(work: UnitOfWork) -> str:
    while True:
        code = random_code()
        if work.session.scalar(select(License.id).filter_by(code=code)) is None:
            return code


def random_code() -> str:
    """Sixty random bits: 256 is a whole number of alphabets, so that every character is as likely."""
    return secrets.token_bytes(CODE_LENGTH).translate(_LETTERS).decode()


def _free_place(work: UnitOfWork) -> int:
    """A random place in the status list: neighbours must not tell who was licensed when."""
    while True:
        place = secrets.randbelow(statuslist.PLACES)
        if work.session.scalar(select(License.id).filter_by(status_index=place)) is None:
            return place


def kept_record(work: UnitOfWork, license: License) -> str:
    """The signed record as it is stored, signed now if nobody did.

    A file of this name over other bytes was issued in a past that a restored database has
    forgotten: its number must not be given to somebody else.
    """
    store = work.use(FileStore)
    if store.has(license.record_key):
        jws = store.get(license.record_key).decode()
    elif license.jws is not None:  # issued in a batch: signed already
        jws = store.keep(license.record_key, license.jws.encode()).decode()
    else:
        signer, second = work.use(Signer), work.use(Sm2Signer)
        jws = record.sign(signer, license.payload, now=work.now(), second=second)
        jws = store.keep(license.record_key, jws.encode()).decode()
    if opened(jws, typ=record.TYP).payload != license.payload:
        raise Conflict(N_("文件库里已有同一证照标识的另一份证照，请先运行 fsck 核对"))
    return jws


def kept_pdf(work: UnitOfWork, license: License, jws: str) -> bytes:
    store = work.use(FileStore)
    if store.has(license.pdf_key):
        return store.get(license.pdf_key)
    content = license.record
    issuer = Issuer(content.issuer.code, content.issuer.name)
    face = rendering.to_pdf(work.use(Press), content)
    attachment = rendering.attached(jws)
    pdf = sealing.seal(face, work.use(Signer), issuer, now=work.now(), attachment=attachment)
    return store.keep(license.pdf_key, pdf)


def _supersede(work: UnitOfWork, license: License) -> None:
    """What *license* renews is no longer the last version; one revoked meanwhile stays revoked."""
    if license.supersedes_id is None:
        return
    old = work.session.get_one(
        License, license.supersedes_id, populate_existing=True, with_for_update=True
    )
    if old.state in (State.VALID, State.SUSPENDED):
        old.state, old.state_at, old.state_by = State.SUPERSEDED, work.now(), work.actor.id
        work.record("license.superseded", old.identifier, person=old.party, type=old.type)
