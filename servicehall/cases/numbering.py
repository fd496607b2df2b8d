"""Case numbers (办件编号): region 6 + day 8 + channel 1 + serial 7 + check 1 (STANDARDS 2.3)."""

import secrets

from servicehall.kernel import codes, serials
from servicehall.kernel.work import UnitOfWork

ONLINE, COUNTER = "1", "8"
_PLAIN = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def next_number(work: UnitOfWork, region: str, channel: str = ONLINE) -> str:
    """The next number of *region* (12 digits) today, in this transaction: no gap, no reuse."""
    head = f"{region[:6]}{work.today():%Y%m%d}{channel}"
    serial = serials.take(work.session, f"case:{head}")
    body = f"{head}{serial:07d}"
    return body + codes.check37(body)


def query_code() -> str:
    """Eight random characters without look-alikes (查询码): a number alone opens nothing."""
    return "".join(secrets.choice(_PLAIN) for _ in range(8))
