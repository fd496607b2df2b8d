"""Layout: what must be there is there, and nothing is wider than its column."""

import pytest

from servicehall.reporting.uptables import TABLES, faults

RESULT = {"project_no": "1", "result_date": "20260302T120000", "result_type": "0",
          "is_delivery_results": "1"}  # fmt: skip


def test_a_whole_row_has_no_fault() -> None:
    assert faults("up_pro_result", RESULT) == []


@pytest.mark.parametrize(("column", "value", "said"), [
    ("result_type", "", "result_type is empty"), ("result_type", "000", "longer than 2"),
    ("result_cetr_name", "证" * 257, "longer than 256"),
])  # fmt: skip
def test_each_fault_is_named(column: str, value: str, said: str) -> None:
    (fault,) = faults("up_pro_result", {**RESULT, column: value})
    assert said in fault


def test_marks_and_widths_of_the_reference() -> None:
    accept = {c.name: c for c in TABLES["up_pro_accept"]}
    assert (accept["task_code"].width, accept["task_code"].required) == (36, True)
    assert (accept["accept_doc_no"].width, accept["accept_doc_no"].required) == (50, False)
    assert not accept["legal"].required
