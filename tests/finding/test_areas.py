"""Where one can go from a region, and how one came there."""

from servicehall.finding import areas


def test_down_and_up(whole):
    assert [r.name for r in areas.below(whole)] == ["广东省", "示范省"]
    assert [r.name for r in areas.below(whole, "990000000000")] == ["示范市"]
    assert [r.name for r in areas.path(whole, "990101000000")] == ["示范省", "示范市", "示范区"]
    assert areas.path(whole, "110000000000") == []


def test_regions_are_found_by_name_upper_levels_first(whole):
    found = areas.called(whole, " 示范 ")
    assert [region.level for region in found] == sorted(region.level for region in found)
    assert all("示范" in region.name for region in found)
    assert found
    assert areas.called(whole, " ") == ()
    assert areas.called(whole, "%") == []
    assert len(areas.called(whole, "示范", most=1)) == 1
