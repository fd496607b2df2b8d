"""IdentityProvider over the hall's own accounts with argon2id (embedded)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from servicehall.identity import accounts
from servicehall.identity.models import Account
from servicehall.kernel.work import UnitOfWork


class LocalProvider:
    """Compares against the account's own hash, in the same time whether or not it exists."""

    def authenticate(self, work: UnitOfWork, login: str, secret: str) -> Account | None:
        account = accounts.by_login(work, login)
        known = account.secret if account and account.active else _nobody()
        try:
            PasswordHasher().verify(known, secret)
        except (VerifyMismatchError, InvalidHashError):
            return None
        return account


@cache
def _nobody() -> str:
    """A hash nobody's secret fits, so that an unknown login costs as much as a known one."""
    return PasswordHasher().hash("\0nobody")
