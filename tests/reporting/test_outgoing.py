"""Outgoing: a folder of tables and a report; every party sees that its case was reported."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from servicehall.kernel.work import SYSTEM
from servicehall.oversight import usage
from servicehall.reporting import outgoing
from servicehall.reporting.uptables import TABLES
from tests.cases.halls import NURSE, Scene


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_changed_since_goes_out_and_is_on_record(
    stage: Scene, tmp_path: Path, form: outgoing.Format
) -> None:
    key = stage.applied("wang", NURSE)
    stage.accepted(key)
    with stage.hall.work(SYSTEM) as work:
        report = outgoing.export(work, tmp_path, since=date(2026, 3, 2), form=form)
        work.commit()
    assert report.cases >= 1
    assert report.held_back == []
    path = tmp_path / f"up_pro_accept.{form}"
    if form == "csv":
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert list(rows[0]) == [column.name for column in TABLES["up_pro_accept"]]
    else:
        rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    with stage.work("wang") as work:
        number = stage.case(work, key).number
        assert "上报国家政务服务平台" in {look.act for look in usage.find(work)}
    assert number in {row["project_no"] for row in rows}
    told = json.loads((tmp_path / "report.json").read_text("utf8"))
    assert told["rows"]["up_pro_accept"] == len(rows)
    stage.withdrawn("wang", key)


def test_nothing_changed_means_empty_tables(stage: Scene, tmp_path: Path) -> None:
    with stage.hall.work(SYSTEM) as work:
        report = outgoing.export(work, tmp_path, since=date(2027, 1, 1), form="csv")
        assert not work.unfinished
    assert (report.cases, dict(report.rows)) == (0, {})
    assert len((tmp_path / "up_pro_result.csv").read_text("utf8").splitlines()) == 1
