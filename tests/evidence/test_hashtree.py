"""The tree of one batch: every exchange leads to the root, by its own path and place only."""

from hypothesis import given
from hypothesis import strategies as st

from servicehall.evidence import hashtree
from servicehall.kernel import merkle

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True)


@given(LEAVES, st.data())
def test_a_leaf_leads_to_the_root_and_nothing_else_does(leaves, data):
    place, size = data.draw(st.integers(0, len(leaves) - 1)), len(leaves)
    path, root = hashtree.path(leaves, place), hashtree.root(leaves)
    assert merkle.is_in(leaves[place], place, size, path, root)
    other = data.draw(st.integers(-2, size + 2).filter(lambda n: n != place))
    assert not merkle.is_in(leaves[place], other, size, path, root)
    assert not merkle.is_in(b"x" * 32, place, size, path, root)


def test_the_sides_of_an_exchange_do_not_run_into_each_other():
    assert hashtree.leaf(b"ab", b"c") != hashtree.leaf(b"a", b"bc")
    assert hashtree.leaf(b"ab", b"") != hashtree.leaf(b"", b"ab")
