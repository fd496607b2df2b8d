"""Hash tree (批次哈希树): the tree of kernel.merkle over one batch that is complete when it is made."""

from collections.abc import Sequence
from hashlib import sha256

from servicehall.kernel import merkle
from servicehall.kernel.merkle import Edge


def leaf(request: bytes, response: bytes) -> bytes:
    """The hash of an exchange: each side is hashed first, so that neither runs into the other."""
    return merkle.leaf_hash(sha256(request).digest() + sha256(response).digest())


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over *leaves*."""
    edge = Edge()
    for one in leaves:
        edge.add(one)
    return edge.root


def path(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """The proof that leads from the leaf at *place* to the root, from the leaf up."""
    return [root(leaves[start:end]) for start, end in merkle.path(place, len(leaves))]
