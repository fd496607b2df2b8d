"""A new item begins with what its code says."""

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.revising import beginning
from tests.cases.halls import FOOD, NURSE, Scene


def test_what_a_code_says(stage: Scene) -> None:
    with stage.work("items") as work:
        body = beginning.first_body(work, NURSE[:31] + "88")
        assert (body["department"], body["level"], body["type"]) == (NURSE[:18], 4, "01")
        assert body["base_code"] == NURSE[19:31]
        assert body["department_name"] == "示范区卫生健康局"
        assert [step["kind"] for step in body["steps"]] == [*beginning.STEPS]
        assert "extends" not in body
        assert beginning.first_body(work, FOOD[:31] + "88")["extends"] == FOOD[19:31]
        nowhere = beginning.first_body(work, "119901990000009998" + NURSE[18:31])
        assert "region" not in nowhere
        for wrong in ("", "x", NURSE[:30], NURSE[:31] + "xx"):
            with pytest.raises(Invalid) as refused:
                beginning.first_body(work, wrong)
            assert refused.value.field == "code"
