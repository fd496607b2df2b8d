"""Records: a case with a procedure, an extension and a license, as the national platform reads it."""

from datetime import UTC, date, datetime

from servicehall.handling import acceptance, extending, reviewing
from servicehall.reporting import records, uptables
from tests.cases.halls import FOOD, NURSE, Scene

MARKET = "reviewer-market"


def told(stage: Scene, key: str) -> dict[str, list[uptables.Row]]:
    found: dict[str, list[uptables.Row]] = {}
    with stage.work("auditor") as work:
        for table, row in records.rows(work, stage.case(work, key)):
            assert not uptables.faults(table, row)
            assert set(row) <= {column.name for column in uptables.TABLES[table]}
            found.setdefault(table, []).append(row)
    return found


def test_a_granted_case_fills_every_table(stage: Scene) -> None:
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)
    stage.does(MARKET, key, extending.ask, days=5, reason="需要核实材料真伪")
    stage.does("head-market", key, extending.approve)
    stage.does(MARKET, key, reviewing.suspend, kind="inspection", officers="赵一、钱二")
    stage.does(MARKET, key, reviewing.resume, result="符合要求")
    stage.agreed(MARKET, key)
    stage.granted(MARKET, key)
    rows = told(stage, key)
    assert set(rows) == set(uptables.TABLES)
    (accept,), (result,) = rows["up_pro_accept"], rows["up_pro_result"]
    assert (accept["apply_date"], accept["applyer_type"]) == ("20260302T120000", "2")
    assert [row["special_type"] for row in rows["up_pro_special_procedure"]] == ["2", "1"]
    assert [row["process_name"] for row in rows["up_pro_process"]] == ["受理", "审查", "决定"]
    assert (result["result_type"], result["is_delivery_results"]) == ("0", "1")
    assert result["result_cetr_no"]


def test_what_was_sent_back_has_a_result_and_was_never_accepted(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    stage.does("clerk", key, acceptance.send_back, office="示范市卫健委", reason="机构不在本区")
    rows = told(stage, key)
    assert "up_pro_accept" not in rows
    assert rows["up_pro_result"][0]["result_type"] == "1"
    assert rows["up_pro_process"][0]["event_name"] == records.RETURNED


def test_times_are_those_of_the_hall() -> None:
    assert records.moment(datetime(2026, 3, 2, 20, 0, tzinfo=UTC)) == "20260303T040000"
    assert records.day(date(2026, 3, 2)) == "20260302"
