"""Merkle trees (哈希树): the hashes, roots and proofs of RFC 9162 (RFC 6962), without any storage.

Nodes are numbered in order: leaf *i* is 2·i, and a parent stands between its children, so that one
number names a node and a tree that grows never renumbers one.
"""

import secrets
from collections.abc import Iterator, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
Range = tuple[int, int]


def salts(many: int) -> Iterator[str]:
    """So many salts for leaves, 128 random bits each, in hex: asked of the system at once."""
    drawn = secrets.token_hex(16 * many)
    return (drawn[start : start + 32] for start in range(0, len(drawn), 32))


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf; its prefix keeps it from ever being one of a node (RFC 9162 2.1.1)."""
    return sha256(b"\0" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two others."""
    return sha256(b"\1" + left + right).digest()


def position(level: int, index: int) -> int:
    """The number of the node of this *level* (0: leaves) and *index* from the left."""
    return ((2 * index + 1) << level) - 1


def covered(node: int) -> Range:
    """The leaves [start, end) below a node."""
    level = (~node & (node + 1)).bit_length() - 1
    start = node + 1 - (1 << level) >> 1
    return start, start + (1 << level)


def whole(start: int, end: int) -> list[int]:
    """The complete subtrees, largest first, that the tree over the leaves [start, end) is made of.

    For the ranges that occur in proofs, which begin at a multiple of what they hold.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(position(level, start >> level))
        start += 1 << level
    return found


def folded(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees, largest first."""
    if not hashes:
        return EMPTY
    *rest, root = hashes
    for left in reversed(rest):
        root = node_hash(left, root)
    return root


class Edge:
    """The right edge of a growing tree: its complete subtrees, all that a further leaf needs.

    ``packed``: their hashes, largest subtree first, as one row keeps them.
    """

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        self.size = size
        self._hashes = [packed[at : at + 32] for at in range(0, len(packed), 32)]

    def add(self, leaf: bytes) -> list[tuple[int, bytes]]:
        """Take in the hash of one leaf; (number, hash) of every node that is complete by it."""
        made, level = [(2 * self.size, leaf)], 0
        while self.size >> level & 1:
            leaf = node_hash(self._hashes.pop(), leaf)
            level += 1
            made.append((position(level, self.size >> level), leaf))
        self._hashes.append(leaf)
        self.size += 1
        return made

    @property
    def packed(self) -> bytes:
        return b"".join(self._hashes)

    @property
    def root(self) -> bytes:
        return folded(self._hashes)


def path(index: int, size: int) -> list[Range]:
    """The ranges whose roots lead from leaf *index* to the root over *size* (2.1.3.1), in order."""
    (start, end), ranges = (0, size), []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def between(first: int, second: int) -> list[Range]:
    """The ranges whose roots prove that the tree of *second* leaves begins with *first* (2.1.4.1)."""
    (start, end), ranges = (0, second), []
    while first < end:
        middle = start + _split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def is_in(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether *proof* leads from the hash of a leaf to *root* (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last = index, size - 1
    for one in proof:
        if not last:
            return False
        if here & 1 or here == last:
            leaf = node_hash(one, leaf)
            here, last = _climbed(here, last)
        else:
            leaf = node_hash(leaf, one)
        here, last = here >> 1, last >> 1
    return not last and leaf == root


def is_begun_by(
    first: tuple[int, bytes], second: tuple[int, bytes], proof: Sequence[bytes]
) -> bool:
    """Whether the tree *second* (size, root) begins with the tree *first* (RFC 9162 2.1.4.2)."""
    if first == second:
        return not proof
    if not 0 < first[0] < second[0]:
        return False
    steps = [first[1], *proof] if first[0] & (first[0] - 1) == 0 else list(proof)
    if not steps:
        return False
    here, last = first[0] - 1, second[0] - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for one in steps[1:]:
        if not last:
            return False
        if here & 1 or here == last:
            old, new = node_hash(one, old), node_hash(one, new)
            here, last = _climbed(here, last)
        else:
            new = node_hash(new, one)
        here, last = here >> 1, last >> 1
    return not last and (old, new) == (first[1], second[1])


def _split(size: int) -> int:
    """The largest power of two below *size*."""
    return 1 << ((size - 1).bit_length() - 1)


def _climbed(here: int, last: int) -> Range:
    """Up to where the node is a right child, as the right edge of the tree demands."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last
