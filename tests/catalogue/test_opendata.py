"""Open data: every item in use, one published wording a line, in the order of codes."""

import json

from servicehall.catalogue import opendata
from servicehall.standard.schema import Item


def test_each_line_is_an_item_of_the_declared_shape(whole, items_read):
    lines = list(opendata.lines(whole))
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    codes = [json.loads(line)["code"] for line in lines]
    assert codes == sorted(set(codes))
    assert len(codes) > 1000
    applicable = [json.loads(line) for line in lines if json.loads(line).get("applicable")]
    assert len(applicable) == len(items_read)
    for body in applicable:
        assert Item.model_validate_json(json.dumps(body)).code == body["code"]
    assert any("护士执业注册" in line for line in lines)  # Chinese stays readable
