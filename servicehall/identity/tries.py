"""Tries (登录尝试): failed sign-ins under a name make the next one wait, whoever has that name."""

from datetime import timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from servicehall.identity.models import SignInTry
from servicehall.kernel.errors import TooMany
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

FREE = 10
HARD_CAP = 100
LONGEST = 900  # seconds
CLOSED = timedelta(days=1)


def allow(work: UnitOfWork, login: str) -> None:
    """Refuse while *login* has to wait. Raises TooMany, the same for known and unknown names.

    Ten failures are free; then each doubles the wait up to 15 minutes; from the hundredth on it is
    a day (NIST SP 800-63B 5.2.2).
    """
    found = _of(work, login)
    if found is None or found.wait_until is None or found.wait_until <= work.now():
        return
    left = int((found.wait_until - work.now()).total_seconds()) + 1
    if found.failures >= HARD_CAP:
        raise TooMany(
            N_("尝试次数过多，请一天后再试，或到窗口核验身份后重设密码"), retry_after=left
        )
    raise TooMany(N_("尝试次数过多，请在 %(left)s 秒后再试"), retry_after=left, left=left)


def failed(work: UnitOfWork, login: str) -> None:
    """Count one failure; tries at the same moment count one by one."""
    _forget_old(work)
    found = _of(work, login) or _new(work, login)
    work.hold(found)
    found.failures, found.last_at = found.failures + 1, work.now()
    if found.failures >= HARD_CAP:
        found.wait_until = work.now() + CLOSED
    elif found.failures >= FREE:
        found.wait_until = work.now() + timedelta(
            seconds=min(2 ** (found.failures - FREE), LONGEST)
        )


def succeeded(work: UnitOfWork, login: str) -> None:
    """Somebody proved to be *login*: earlier failures are forgotten."""
    if found := _of(work, login):
        work.session.delete(found)


def _of(work: UnitOfWork, login: str) -> SignInTry | None:
    return work.session.scalar(select(SignInTry).where(SignInTry.login == login))


def _new(work: UnitOfWork, login: str) -> SignInTry:
    try:
        with work.session.begin_nested():
            work.session.execute(
                insert(SignInTry).values(login=login, failures=0, last_at=work.now())
            )
    except IntegrityError:  # another try under this name came first
        work.session.expire_all()
    return work.session.scalars(select(SignInTry).where(SignInTry.login == login)).one()


def _forget_old(work: UnitOfWork) -> None:
    """Names that nobody tried for two days need no row: made-up ones do not pile up."""
    work.session.execute(
        delete(SignInTry)
        .where(SignInTry.last_at < work.now() - 2 * CLOSED)
        .execution_options(synchronize_session=False)
    )
