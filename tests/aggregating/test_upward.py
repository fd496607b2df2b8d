"""The directory goes up: every column filled within its length, nothing of the faces."""

from datetime import timedelta

from servicehall.aggregating import upward
from servicehall.kernel.work import SYSTEM
from servicehall.oversight import usage


def test_issued_and_gathered_go_up_once_a_change(gathered):
    stage, row = gathered
    stage.granted_nurse()
    with stage.hall.work(SYSTEM) as work:
        told = list(upward.records(work, since=work.today()))
        assert list(upward.records(work, since=work.today() + timedelta(days=1))) == []
        work.commit()
    assert len(told) == 2
    for one in told:
        assert set(one) == set(upward.COLUMNS)
        assert all(0 < len(text) <= upward.COLUMNS[name] for name, text in one.items())
    issued, other = told
    assert issued["certificate_source_id"].startswith("1.2.156.3005.2.")
    assert issued["certificate_holder_type"] == other["certificate_holder_type"] == "111"
    assert other["certificate_number"] == row["ZZBH"]
    assert other["issue_date"] == "2021-05-01"


def test_the_holder_sees_that_it_went_up(gathered):
    stage, _ = gathered
    with stage.hall.work(SYSTEM) as work:
        list(upward.records(work, since=work.today()))
        work.commit()
    with stage.work("wang") as work:
        acts = [one.act for one in usage.find(work)]
    assert any("上报" in act for act in acts)
