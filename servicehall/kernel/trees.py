"""Kept trees (留存的哈希树): every node is stored once, so that a proof is one read of O(log n) rows."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel import merkle
from servicehall.kernel.database import Base, enter, table_of
from servicehall.kernel.merkle import Edge, Range
from servicehall.kernel.prepared import Prepared, numbered, one_of


class Node(Base):
    """A node of a tree; each tree has a table of its own. ``id`` is its number in ``merkle``."""

    __abstract__ = True

    hash: Mapped[bytes] = mapped_column()


def grow(session: Session, table: type[Node], edge: Edge, leaves: Sequence[bytes]) -> None:
    """Put the hashes of *leaves* behind the *edge* of the tree, which moves on; nothing is read.

    Whoever calls keeps the edge, and makes sure that nobody else grows the same tree at once.
    """
    made = [node for leaf in leaves for node in edge.add(leaf)]
    enter(session, table, [{"id": number, "hash": hash_} for number, hash_ in made])


def root(session: Session, table: type[Node], size: int) -> bytes:
    """The root over the first *size* leaves."""
    return _roots(session, table, [(0, size)])[0]


def inclusion(session: Session, table: type[Node], index: int, size: int) -> list[bytes]:
    """The proof that leaf *index* is in the tree of *size* leaves, from the leaf up."""
    return _roots(session, table, merkle.path(index, size))


def consistency(session: Session, table: type[Node], first: int, second: int) -> list[bytes]:
    """The proof that the tree of *second* leaves begins with that of *first*."""
    return _roots(session, table, merkle.between(first, second))


def _roots(session: Session, table: type[Node], ranges: Sequence[Range]) -> list[bytes]:
    return [merkle.folded(hashes) for hashes in _hashes(session, table, ranges)]


def _hashes(session: Session, table: type[Node], ranges: Sequence[Range]) -> list[list[bytes]]:
    """For each range the hashes of its complete subtrees, all read at once. KeyError if one is gone."""
    wanted = [merkle.whole(*one) for one in ranges]
    numbers = [number for one in wanted for number in one]
    if not numbers:
        return [[] for _ in wanted]
    found = _asked(table, len(numbers)).rows(session, **numbered("node", numbers))
    held: dict[int, bytes] = dict(found)
    return [[held[number] for number in one] for one in wanted]


@cache
def _asked(table: type[Node], count: int) -> Prepared:
    """*count* grows with the logarithm of the tree: there are few of these."""
    nodes = table_of(table).c
    return Prepared(select(nodes.id, nodes.hash).where(one_of(nodes.id, "node", count)))
