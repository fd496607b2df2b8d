"""The five levels from the open list: each under the nearest above it, twice changes nothing."""

import json

import pytest
from sqlalchemy import select

from servicehall.identity import regions
from servicehall.identity.models import Region
from servicehall.kernel.errors import Invalid

LIST = {
    "provinces": [("98", "样本省"), ("97", "另一省")],
    "cities": [("9801", "样本市"), ("9802", "直筒子市")],
    "areas": [("980101", "样本区")],
    "streets": [("980101001", "样本街道"), ("980201001", "直属镇")],
    "villages": [("980101001001", "样本社区")],
}


@pytest.fixture
def folder(tmp_path):
    for name, rows in LIST.items():
        text = json.dumps([{"code": code, "name": called} for code, called in rows])
        (tmp_path / f"{name}.json").write_text(text, "utf8")
    return tmp_path


def test_each_stands_under_the_nearest_above(folder):
    rows = {row.code: (row.level, row.parent) for row in regions.read(folder, villages=True)}
    assert rows == {
        "980000000000": (2, ""),
        "970000000000": (2, ""),
        "980100000000": (3, "980000000000"),
        "980200000000": (3, "980000000000"),
        "980101000000": (4, "980100000000"),
        "980101001000": (5, "980101000000"),
        "980201001000": (5, "980200000000"),  # a city without counties
        "980101001001": (6, "980101001000"),
    }
    assert len(regions.read(folder)) == 7
    assert [row.name for row in regions.read(folder, province="97")] == ["另一省"]


def test_new_ones_are_added_changed_ones_corrected_and_none_goes(work, folder):
    rows = regions.read(folder)
    assert regions.put(work, rows) == (7, 0)
    assert regions.put(work, rows) == (0, 0)
    (folder / "cities.json").write_text('[{"code": "9801", "name": "改名市"}]', "utf8")
    again = regions.read(folder)
    assert regions.put(work, again) == (0, 2)  # the renamed city; the town whose city left the list
    names = dict(work.session.execute(select(Region.code, Region.name)).all())
    assert names["980100000000"] == "改名市"
    assert names["980200000000"] == "直筒子市"


@pytest.mark.parametrize("text", ["{", "[1]", '[{"code": "98", "name": "x"}]', '[{"name": "x"}]'])
def test_a_file_that_is_no_such_list_is_refused(folder, text):
    (folder / "areas.json").write_text(text, "utf8")
    with pytest.raises(Invalid, match=r"areas\.json"):
        regions.read(folder)
