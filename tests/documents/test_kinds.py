"""Every kind has a title and a mark of its own."""

from servicehall.documents.kinds import KINDS


def test_no_two_kinds_can_be_mistaken():
    assert len({kind.mark for kind in KINDS.values()}) == len(KINDS)
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)
