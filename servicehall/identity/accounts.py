"""Accounts (账户): signing in, who that makes you, and ending every session."""

from argon2 import PasswordHasher
from sqlalchemy import select

from servicehall.identity import mandates, tries
from servicehall.identity.models import Account as Account
from servicehall.identity.provider import IdentityProvider
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import Actor, UnitOfWork


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

    Failures make the next try wait (``tries``). Raises TooMany or Invalid, the same for unknown
    logins and wrong secrets; the caller commits a failure too.
    """
    tries.allow(work, login)
    account = work.use(IdentityProvider).authenticate(work, login, secret)
    if account is None:
        tries.failed(work, login)
        claimed = by_login(work, login)
        work.record("account.refused", claimed.key if claimed else "unknown")
        raise Invalid(N_("用户名或密码不正确"), field="secret")
    tries.succeeded(work, login)
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
