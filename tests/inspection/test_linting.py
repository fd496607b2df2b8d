"""A list of items is counted by what it asks for."""

import json

import pytest

from servicehall.inspection.linting import VERDICTS, lint, report
from servicehall.standard.schema import Material
from tests.inspection.test_recognition import AROUND


@pytest.fixture
def nurse(items_read):
    return items_read["nurse-registration"]


def one(nurse, **fields):
    asked = Material(**{"code": "extra", **fields})
    (row,) = lint([nurse.model_copy(update={"materials": (asked,)})], AROUND)
    return row


def test_the_items_of_the_hall_ask_for_nothing_superfluous(items):
    counted = report(lint(items, AROUND))["total"]
    assert counted["errors"] == counted["removable"] == counted["partly"] == 0
    assert counted["removed"] == sum(len(item.exempted) for item in items) > 30


@pytest.mark.parametrize(
    ("fields", "verdict", "error"),
    [
        ({"name": "学历证书", "source": "government"}, "removable", True),
        ({"name": "学历证书", "source": "government", "why_needed": "习惯"}, "removable", True),
        ({"name": "学历证书", "why_needed": "国外学历查不到"}, "removable", False),
        ({"name": "委托书和身份证"}, "partly", True),
        ({"name": "股东身份证", "why_needed": "股东没有到场"}, "others", False),
        ({"name": "无犯罪记录证明", "why_needed": "公安数据未接入"}, "waiting", False),
        ({"name": "布局图", "why_needed": "自行设计"}, "asked", False),
        ({"name": "布局图"}, "asked", True),
    ],
)
def test_verdicts(nurse, fields, verdict, error):
    row = one(nurse, **fields)
    assert (row.verdict, row.error) == (verdict, error)


def test_the_report_adds_up_by_item_department_and_level(items, nurse):
    asked = Material(code="extra", name="身份证", source="government")
    more = nurse.model_copy(update={"materials": (*nurse.materials, asked)})
    found = report(lint([*items, more], AROUND))
    for part in ("by_item", "by_department", "by_level"):
        for name, total in found["total"].items():
            assert sum(group[name] for group in found[part].values()) == total
    assert found["total"]["materials"] == sum(found["total"][verdict] for verdict in VERDICTS)
    assert found["by_source"] == {"population.person": 1}
    assert json.loads(json.dumps(found)) == found
