"""Nonces (一次性随机数): given out without being kept, kept once they are used, until they end."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from servicehall.credentials.models import SpentNonce
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.mint import Mint
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.signing import foreign

LASTS = timedelta(minutes=5)


def fresh(work: UnitOfWork, use: str) -> str:
    """A number for *use* that lasts five minutes; nothing is written down."""
    return foreign.encoded(work.use(Mint).made(use, b"", now=work.now(), lasts=LASTS))


def spend(work: UnitOfWork, use: str, nonce: str) -> None:
    """Use *nonce* up, in the caller's transaction. Raises Invalid for one that is not ours or has
    ended, Conflict for one that was used."""
    try:
        work.use(Mint).opened(use, foreign.decoded(nonce), now=work.now())
    except Invalid:
        raise Invalid(
            N_("随机数不是本大厅给出的，或已经过期，请重新取一个"), field="nonce"
        ) from None
    work.session.execute(delete(SpentNonce).where(SpentNonce.ends_at < work.now()))
    spent = SpentNonce(digest=foreign.digest(nonce), ends_at=work.now() + LASTS)
    try:
        with work.session.begin_nested():
            work.session.add(spent)
    except IntegrityError:
        raise Conflict(N_("这个随机数已经用过，请重新取一个")) from None
