"""Regions and departments: those that items and license types name, with valid codes."""

import re
from pathlib import Path

import pytest

from servicehall.city import offices
from servicehall.kernel import codes

ROOT = Path(__file__).parents[2]
PAIR = re.compile(r"department: [\"']?([0-9A-Z]{18})[\"']?\s+department_name: (\S+)")
ISSUER = re.compile(r"issuer: [\"']?([0-9A-Z]{18})[\"']?\s+issuer_name: (\S+)")


def declared():
    found = set()
    for folder, form in (("items", PAIR), ("licenses", ISSUER)):
        for path in (ROOT / folder).glob("*.yaml"):
            found |= set(form.findall(path.read_text("utf8")))
    return found


def test_every_declared_department_is_there_under_its_name():
    known = {(o.code, o.name) for o in offices.offices()}
    assert len(declared()) >= 9
    assert declared() <= known


def test_departments_that_review_have_a_desk():
    text = "".join(p.read_text("utf8") for p in (ROOT / "items").glob("*.yaml"))
    step = re.compile(r"kind: (?:review|decide)\s.*?department: [\"']?([0-9A-Z]{18})", re.DOTALL)
    desks = {o.code for o in offices.offices() if o.desk}
    assert set(step.findall(text)) <= desks


@pytest.mark.parametrize("office", offices.offices(), ids=lambda o: o.short)
def test_codes_pass_both_checks(office):
    assert codes.uscc(office.code) == office.code
    assert codes.organization_check(office.code[8:16]) == office.code[16]


def test_there_is_one_window_and_it_can_be_found_by_short_name():
    assert [o.name for o in offices.offices() if o.one_window] == ["示范区政务服务中心"]
    assert offices.office_of("卫健").name == "示范区卫生健康局"
    with pytest.raises(StopIteration):
        offices.office_of("不存在")


def test_places_are_a_chain_from_province_to_village_and_a_neighbour():
    *chain, neighbour = offices.PLACES
    assert [p.parent for p in chain] == ["", *(p.code for p in chain[:-1])]
    assert [p.level for p in chain] == [2, 3, 4, 5, 6]
    assert (neighbour.parent, neighbour.level) == (offices.CITY, 4)
    assert offices.far_window().region == neighbour.code
    assert all(p.code.startswith("99") and len(p.code) == 12 for p in offices.PLACES)
