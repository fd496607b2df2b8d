"""The library (电子证照库): finds licenses, and changes where they stand."""

from collections.abc import Sequence

from sqlalchemy import select, update

from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, PastSigning, State, normal_code
from servicehall.storage.store import FileStore

_LOOKALIKES = str.maketrans("OIL", "011")  # Crockford: what people read into 0 and 1


def held(work: UnitOfWork, holder_code: str, slug: str) -> License | None:
    """The holder's license of type *slug* that is in force today, the newest, or None (免提交)."""
    found = [one for one in of_holder(work, holder_code) if one.type == slug]
    return next((one for one in found if one.in_force(work.today())), None)


def of_holder(work: UnitOfWork, holder_code: str) -> Sequence[License]:
    """Every issued license of a holder (我的证照), newest first, those no longer valid included."""
    query = (
        select(License)
        .where(License.holder_index == normal_code(holder_code), License.state != State.INTENT)
        .order_by(License.id.desc())
    )
    return work.session.scalars(query).all()


def by_code(work: UnitOfWork, code: str) -> License:
    """The issued license with this verification code, however it was typed. Raises NotFound."""
    plain = "".join(c for c in code.upper() if c.isalnum()).translate(_LOOKALIKES)
    return _issued(work, code=plain)


def by_identifier(work: UnitOfWork, identifier: str) -> License:
    """The issued license with this identifier (GB/T 36904). Raises NotFound."""
    return _issued(work, identifier=identifier.strip())


def by_key(work: UnitOfWork, issue_key: str) -> License:
    """The license that this case yielded, in whatever state. Raises NotFound."""
    found = work.session.scalar(select(License).filter_by(issue_key=issue_key))
    if found is None:
        raise NotFound(N_("没有找到这份证照"))
    return found


def successor(work: UnitOfWork, license: License) -> License | None:
    """The issued license that replaced this one, if any."""
    query = select(License).filter_by(supersedes_id=license.id)
    return work.session.scalar(query.where(License.state != State.INTENT))


def pdf(work: UnitOfWork, license: License) -> bytes:
    """The very file that was issued. Raises NotFound before it is, Unavailable."""
    if license.state is State.INTENT:
        raise NotFound(N_("没有找到这份证照"))
    if license.pdf_sha256 is None:
        raise Unavailable(N_("证照已经签发，版式文件正在制作，请几分钟后再下载"))
    return work.use(FileStore).get(license.pdf_key)


def has_file(work: UnitOfWork, digest: str) -> bool:
    """Whether the file with this SHA-256 (hex) is one the library issued, now or before."""
    return any(
        work.session.scalar(select(kind.id).where(column == digest)) is not None
        for kind in (License, PastSigning)
        for column in (kind.pdf_sha256, kind.archive_sha256)
    )


def suspend(work: UnitOfWork, license: License, *, reason: str, law: str) -> License:
    """Take the license away for a time (暂扣). Raises Conflict unless it is valid."""
    return _move(work, license, {State.VALID}, State.SUSPENDED, reason, law)


def resume(work: UnitOfWork, license: License, *, reason: str, law: str) -> License:
    """Give a suspended license back (暂扣发还). Raises Conflict unless it is suspended."""
    return _move(work, license, {State.SUSPENDED}, State.VALID, reason, law)


def cancel(work: UnitOfWork, license: License, *, reason: str, law: str) -> License:
    """Cancel the license (注销, 行政许可法 第七十条). Raises Conflict where it has ended already."""
    return _move(work, license, {State.VALID, State.SUSPENDED}, State.CANCELLED, reason, law)


def revoke(work: UnitOfWork, license: License, *, reason: str, law: str) -> License:
    """Revoke the license (撤销, 行政许可法 第六十九条; 吊销). Raises Conflict where it has ended."""
    return _move(work, license, {State.VALID, State.SUSPENDED}, State.REVOKED, reason, law)


def _issued(work: UnitOfWork, **column: str) -> License:
    found = work.session.scalar(select(License).filter_by(**column))
    if found is None or found.state is State.INTENT:
        raise NotFound(N_("没有找到这份证照"))
    return found


def _move(
    work: UnitOfWork, license: License, before: set[State], after: State, reason: str, law: str
) -> License:
    """The change, with who, when, why and by which law; by the department that issued it."""
    policy.require(work.actor, "license.change")
    policy.require_department(work.actor, frozenset({license.issuer}))
    if not reason.strip():
        raise Invalid(N_("请写明原因"), field="reason")
    if not law.strip():
        raise Invalid(N_("请写明法律依据"), field="law")
    was, act = license.state, "resumed" if after is State.VALID else after.value
    moved = work.session.execute(
        update(License)
        .where(License.id == license.id, License.state.in_(before))
        .values(state=after, state_reason=reason.strip(), state_law=law.strip())
        .values(state_at=work.now(), state_by=work.actor.id)
        .execution_options(synchronize_session=False)
        .returning(License.id)
    ).all()
    work.session.refresh(license)
    if not moved:
        raise Conflict(N_("这份证照现在的状态不能这样处理"))
    work.record(
        f"license.{act}", license.identifier, person=license.party, was=was.value, law=law.strip()
    )
    return license
