"""Where one can go from a region, and how one came there."""

from servicehall.finding import areas


def test_down_and_up(whole):
    assert [r.name for r in areas.below(whole)] == ["广东省", "示范省"]
    assert [r.name for r in areas.below(whole, "990000000000")] == ["示范市"]
    assert [r.name for r in areas.path(whole, "990101000000")] == ["示范省", "示范市", "示范区"]
    assert areas.path(whole, "110000000000") == []
