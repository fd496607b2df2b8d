"""Kept trees: the nodes in the database prove what the tree in memory does, in few reads."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select

from servicehall.kernel import merkle, trees
from servicehall.kernel.audit import AuditNode
from servicehall.kernel.merkle import Edge
from tests.kernel.test_merkle import audit_path, leaves, mth, subproof


@pytest.fixture
def session(database):
    with database.session() as opened:
        yield opened


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.data())
def test_however_it_grew_it_proves_the_same(session, steps, data):
    session.rollback()  # of the example before
    edge, size = Edge(), 0
    for step in steps:
        more = [merkle.leaf_hash(one) for one in leaves(size + step)[size:]]
        trees.grow(session, AuditNode, edge, more)
        assert edge.root == mth(leaves(size + step))
        edge = Edge(edge.size, edge.packed)
        size += step
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert trees.root(session, AuditNode, first) == mth(leaves(first))
    assert trees.inclusion(session, AuditNode, index, size) == audit_path(index, leaves(size))
    assert trees.inclusion(session, AuditNode, first - 1, first) == audit_path(
        first - 1, leaves(first)
    )
    proof = subproof(first, leaves(size), True)
    assert trees.consistency(session, AuditNode, first, size) == proof
    kept = session.scalar(select(func.count()).select_from(AuditNode)) or 0
    assert kept < 2 * size


def test_a_proof_takes_one_read_however_large_the_tree(session):
    trees.grow(session, AuditNode, Edge(), [merkle.leaf_hash(one) for one in leaves(3000)])
    session.commit()
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[3]))
    trees.inclusion(session, AuditNode, 1234, 2999)
    assert len(asked) == 1
    assert len(asked[0]) <= 24


def test_the_empty_tree(session):
    assert trees.root(session, AuditNode, 0) == merkle.EMPTY


def test_a_node_that_is_gone_is_no_proof(session):
    trees.grow(session, AuditNode, Edge(), [merkle.leaf_hash(one) for one in leaves(4)])
    session.query(AuditNode).filter_by(id=5).delete()
    with pytest.raises(KeyError):
        trees.inclusion(session, AuditNode, 0, 4)
