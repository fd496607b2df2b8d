"""Areas (区划筛选): the regions one can choose from where one is, and the way up."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.catalogue.entries import LENGTHS, significant
from servicehall.identity.models import Region
from servicehall.kernel.work import UnitOfWork


def below(work: UnitOfWork, code: str = "") -> Sequence[Region]:
    """The regions right under *code*, the topmost for none."""
    query = select(Region).where(Region.parent == code).order_by(Region.code)
    return work.session.scalars(query).all()


def called(work: UnitOfWork, words: str, most: int = 50) -> Sequence[Region]:
    """The regions whose name holds *words*, upper levels first; none for nothing."""
    if not words.strip():
        return ()
    query = select(Region).where(Region.name.contains(words.strip(), autoescape=True))
    return work.session.scalars(query.order_by(Region.level, Region.code).limit(most)).all()


def path(work: UnitOfWork, code: str) -> Sequence[Region]:
    """The regions from the top down to *code*, as far as they are known."""
    own = significant(code)
    codes = [own[:length].ljust(12, "0") for length in LENGTHS if length <= len(own)]
    query = select(Region).where(Region.code.in_(codes)).order_by(Region.code)
    return work.session.scalars(query).all()
