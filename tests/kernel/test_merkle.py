"""Merkle trees against the vectors of RFC 6962's authors and its definitions read word by word."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from servicehall.kernel import merkle
from servicehall.kernel.merkle import Edge

# The leaves and roots with which the authors' implementation (certificate-transparency) is tested.
INPUTS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
sizes = st.integers(1, 70)


def mth(d):
    """MTH(D[n]) as RFC 9162 2.1.1 defines it."""
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def audit_path(m, d):
    """PATH(m, D[n]) of RFC 9162 2.1.3.1."""
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return [*audit_path(m, d[:k]), mth(d[k:])]
    return [*audit_path(m - k, d[k:]), mth(d[:k])]


def subproof(m, d, whole):
    """SUBPROOF(m, D[n], b) of RFC 9162 2.1.4.1."""
    if m == len(d):
        return [] if whole else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], whole), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def leaves(size):
    return [number.to_bytes(2) for number in range(size)]


def grown(size):
    """The nodes of a tree of *size* leaves by their number, and its edge."""
    edge, nodes = Edge(), {}
    for one in leaves(size):
        nodes.update(edge.add(merkle.leaf_hash(one)))
    return nodes, edge


def roots(nodes, ranges):
    return [merkle.folded([nodes[n] for n in merkle.whole(*one)]) for one in ranges]


def test_the_authors_vectors():
    edge = Edge()
    for content, root in zip(INPUTS, ROOTS, strict=True):
        edge.add(merkle.leaf_hash(content))
        assert edge.root.hex() == root == mth(INPUTS[: edge.size]).hex()
    assert merkle.EMPTY == mth([]) == Edge().root


@given(sizes)
def test_every_node_is_where_its_number_says(size):
    nodes, edge = grown(size)
    assert edge.root == mth(leaves(size))
    for number, hash_ in nodes.items():
        start, end = merkle.covered(number)
        assert hash_ == mth(leaves(size)[start:end])
        assert merkle.whole(start, end) == [number]
    assert max(nodes) <= 2 * size - 2
    again = Edge(size, b"".join(nodes[n] for n in merkle.whole(0, size)))
    assert (again.root, again.packed) == (edge.root, edge.packed)


@given(sizes, st.data())
def test_a_leaf_is_proven_as_the_standard_says(size, data):
    nodes, edge = grown(size)
    index = data.draw(st.integers(0, size - 1))
    proof = roots(nodes, merkle.path(index, size))
    assert proof == audit_path(index, leaves(size))
    leaf = merkle.leaf_hash(leaves(size)[index])
    assert merkle.is_in(leaf, index, size, proof, edge.root)
    assert not merkle.is_in(merkle.leaf_hash(b"x"), index, size, proof, edge.root)
    assert not merkle.is_in(leaf, index, size, [*proof, leaf], edge.root)
    assert not merkle.is_in(leaf, size, size, proof, edge.root)
    assert not merkle.is_in(leaf, index, size, proof, b"r" * 32)
    for wrong in range(len(proof)):
        bent = [b"p" * 32 if n == wrong else one for n, one in enumerate(proof)]
        assert not merkle.is_in(leaf, index, size, bent, edge.root)
        assert not merkle.is_in(leaf, index, size, proof[:wrong], edge.root)


@given(sizes, st.data())
def test_a_tree_is_proven_to_begin_with_a_smaller_one(size, data):
    nodes, edge = grown(size)
    first = data.draw(st.integers(1, size))
    old, new = (first, mth(leaves(first))), (size, edge.root)
    proof = roots(nodes, merkle.between(first, size))
    assert proof == subproof(first, leaves(size), True)
    assert merkle.is_begun_by(old, new, proof)
    assert not merkle.is_begun_by((first, b"o" * 32), new, proof)
    assert not merkle.is_begun_by(old, (size, b"n" * 32), proof)
    assert not merkle.is_begun_by(old, new, [*proof, b"p" * 32])
    for wrong in range(len(proof)):
        bent = [b"p" * 32 if n == wrong else one for n, one in enumerate(proof)]
        assert not merkle.is_begun_by(old, new, bent)


@given(sizes, st.data())
def test_another_makers_tree_finds_the_same(size, data):
    """pymerkle: its roots are ours, its proofs lead from our leaves to them."""
    nodes, edge = grown(size)
    theirs = InmemoryTree.init_from_entries(leaves(size))
    assert theirs.get_root() == edge.root
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    leaf = merkle.leaf_hash(leaves(size)[index])
    proof = theirs.prove_inclusion(index + 1, size)
    verify_inclusion(leaf, edge.root, proof)
    assert set(proof.path) == {leaf, *roots(nodes, merkle.path(index, size))}
    begun = theirs.prove_consistency(first, size)
    old = merkle.folded([nodes[n] for n in merkle.whole(0, first)])
    verify_consistency(old, edge.root, begun)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (-1, 3)])
def test_sizes_that_cannot_be_prove_nothing(first, second):
    assert not merkle.is_begun_by((first, b"a" * 32), (second, b"b" * 32), [b"c" * 32])
    assert not merkle.is_begun_by((3, b"a" * 32), (5, b"b" * 32), [])


def test_a_leaf_is_never_a_node():
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)


def test_every_leaf_has_a_salt_of_its_own():
    found = list(merkle.salts(1000))
    assert len(set(found)) == 1000
    assert all(len(bytes.fromhex(salt)) == 16 for salt in found)
