"""Port: IdentityProvider (身份认证源)."""

from typing import Protocol

from servicehall.identity.models import Account
from servicehall.kernel.work import UnitOfWork


class IdentityProvider(Protocol):
    """Proves who somebody is."""

    def authenticate(self, work: UnitOfWork, login: str, secret: str) -> Account | None:
        """The account that *login* and *secret* prove, None without saying which was wrong."""
