"""Accounts (账户): signing in, who that makes you, and ending every session."""

from datetime import timedelta

from argon2 import PasswordHasher
from sqlalchemy import select

from servicehall.identity import mandates
from servicehall.identity.models import Account as Account
from servicehall.identity.provider import IdentityProvider
from servicehall.kernel.errors import Invalid, TooMany
from servicehall.kernel.words import N_
from servicehall.kernel.work import Actor, UnitOfWork

FREE_TRIES = 10
HARD_CAP = 100


def by_login(work: UnitOfWork, login: str) -> Account | None:
    """The account of this login name, if any."""
    return work.session.scalar(select(Account).where(Account.login == login))


def by_key(work: UnitOfWork, key: str) -> Account | None:
    """The account of this key, if any."""
    return work.session.scalar(select(Account).where(Account.key == key))


def hashed(secret: str) -> str:
    """The argon2id hash kept for *secret*."""
    return PasswordHasher().hash(secret)


def sign_in(work: UnitOfWork, login: str, secret: str) -> Account:
    """The account proved by *login* and *secret* (登录).

    After ten failures each try waits twice as long, up to 15 minutes; after a hundred the account
    stays closed until the operator opens it (NIST SP 800-63B 5.2.2). Raises TooMany or Invalid,
    the same for unknown logins and wrong secrets; a failure is to be committed by the caller too.
    """
    claimed = by_login(work, login)
    if claimed is not None:
        _may_try(work, claimed)
    account = work.use(IdentityProvider).authenticate(work, login, secret)
    if account is None:
        _failed(work, claimed, login)
        raise Invalid(N_("用户名或密码不正确"), field="secret")
    account.failures, account.wait_until = 0, None
    work.record("account.signed_in", account.key, person=party_of(account))
    return account


def sign_out(work: UnitOfWork, account: Account) -> None:
    """End every session of *account* on every device (退出登录)."""
    account.session_version += 1
    work.record("account.signed_out", account.key, person=party_of(account))


def prefer_care(work: UnitOfWork, account: Account, care: bool) -> None:
    """Keep whether this account reads in care mode (关怀版)."""
    account.care = care
    work.record("account.preferred", account.key, care=care)


def actor(work: UnitOfWork, account: Account, organization: str = "") -> Actor:
    """Who *account* is right now; acting for *organization* only while a mandate is in force."""
    roles = frozenset(account.roles.split())
    if organization and account.person and mandates.in_force(work, account.person, organization):
        roles |= {"agent"}
    else:
        organization = ""
    return Actor(
        id=account.key,
        name=account.name,
        roles=roles,
        department=account.department_code or "",
        person=account.person.key if account.person else "",
        organization=organization,
    )


def party_of(account: Account) -> str:
    """The pseudonym under which this account's own acts are shown to its person."""
    return f"person:{account.person.key}" if account.person else ""


def _may_try(work: UnitOfWork, account: Account) -> None:
    if account.failures >= HARD_CAP:
        raise TooMany(N_("尝试次数过多，账户已锁定，请到窗口核验身份后解锁"), retry_after=86400)
    if account.wait_until and account.wait_until > work.now():
        left = int((account.wait_until - work.now()).total_seconds()) + 1
        raise TooMany(N_("尝试次数过多，请在 %(left)s 秒后再试"), retry_after=left, left=left)


def _failed(work: UnitOfWork, account: Account | None, login: str) -> None:
    if account is not None:
        account.failures += 1
        if account.failures >= FREE_TRIES:
            seconds = min(2 ** (account.failures - FREE_TRIES), 900)
            account.wait_until = work.now() + timedelta(seconds=seconds)
    work.record("account.refused", account.key if account else "unknown")
