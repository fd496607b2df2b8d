"""Case numbers (办件编号): region 6 + day 8 + channel 1 + serial 7 + check 1 (STANDARDS 2.3)."""

import secrets

from servicehall.kernel import codes, serials
from servicehall.kernel.work import UnitOfWork

ONLINE, COUNTER, BUNDLE = "1", "8", "9"
_PLAIN = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def next_number(work: UnitOfWork, region: str, channel: str = ONLINE) -> str:
    """The next number of *region* (12 digits) today, in this transaction: no gap, no reuse."""
    return _numbered(work, "case", f"{region[:6]}{work.today():%Y%m%d}{channel}")


def group_number(work: UnitOfWork, region: str) -> str:
    """The next number of things handed in at once (一件事编号); its cases have their own."""
    return _numbered(work, "bundle", f"{region[:6]}{work.today():%Y%m%d}{BUNDLE}")


def _numbered(work: UnitOfWork, name: str, head: str) -> str:
    serial = serials.take(work.session, f"{name}:{head}")
    body = f"{head}{serial:07d}"
    return body + codes.check37(body)


def query_code() -> str:
    """Eight random characters without look-alikes (查询码): a number alone opens nothing."""
    return "".join(secrets.choice(_PLAIN) for _ in range(8))
