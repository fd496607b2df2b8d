"""Counts: what was issued, and how often one's own department asked."""

from servicehall.lending import tallying, telling
from tests.lending.conftest import system


def test_counted_by_type(stage, asking):
    with system(stage) as work:
        before = {one["certName"]: one for one in tallying.by_type(work)}
        telling.query(work, asking())
        work.commit()
        after = {one["certName"]: one for one in tallying.by_type(work)}
    nurse = after["护士执业证书"]
    assert nurse["issued"]["valid"] == 1
    assert nurse["gathered"] == {}
    assert nurse["askedByYou"] == before["护士执业证书"]["askedByYou"] + 1
    assert after["食品经营许可证"]["issued"]["valid"] == 0
