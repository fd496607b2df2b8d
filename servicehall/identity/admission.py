"""Admission (访问令牌): what a system may do for a few minutes once it has proven who it is (RFC 6749)."""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, select

from servicehall.identity.models import AccessToken, Client
from servicehall.kernel.work import Actor, UnitOfWork

LASTS = timedelta(minutes=10)


def keep(work: UnitOfWork, client: Client, token: str, *, assertion: str = "") -> None:
    """*token* is *client*'s for ten minutes; those that have run out are forgotten.

    IntegrityError at the commit where the *assertion* was used already (``is_used`` asks before).
    """
    work.session.execute(delete(AccessToken).where(AccessToken.expires_at <= work.now()))
    made = AccessToken(
        digest=_digest(token), client_id=client.id, assertion=assertion or None,
        expires_at=work.now() + LASTS,
    )  # fmt: skip
    work.session.add(made)
    work.record("client.admitted", client.code)


def is_used(work: UnitOfWork, assertion: str) -> bool:
    """Whether a token was given for this signed assertion already (jti)."""
    query = select(AccessToken.id).where(AccessToken.assertion == assertion)
    return work.session.scalar(query) is not None


def holder(work: UnitOfWork, token: str) -> Client | None:
    """The system whose token this is, unless the token has run out or the system was revoked."""
    found = work.session.scalar(select(AccessToken).where(AccessToken.digest == _digest(token)))
    if found is None or found.expires_at <= work.now() or found.client.revoked_at:
        return None
    return found.client


def acting(client: Client) -> Actor:
    """The system as it acts for its department, for nobody in particular."""
    roles = frozenset({"client"})
    return Actor(f"client:{client.code}", client.name, roles, department=client.department)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
