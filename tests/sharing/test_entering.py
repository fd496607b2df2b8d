"""Entering: a sheet becomes a draft; only its steward, and only a whole one, is published."""

import pytest

from servicehall.kernel.declarations import Misdeclared
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.sharing import entering, resources
from servicehall.sharing.datasets import CIVIL, POLICE
from tests.sharing.sheets import SHEET, told_of, workbook

CODE = "police.dogs"


def steward(department=POLICE):
    return Actor(f"s-{department}", "数据管理员", frozenset({"steward"}), department=department)


@pytest.fixture(autouse=True)
def loaded(begin):
    with begin() as work:
        resources.declare(work)
        work.commit()


def drafted(work, code=CODE, serial=1, content=SHEET, **change):
    return entering.begin(
        work, file="犬只.csv", content=content, told=told_of(code, serial, **change)
    )


def test_from_sheet_to_catalogue(begin):
    with begin(steward()) as work:
        row = drafted(work)
        assert [(i["code"], i["element"]) for i in row.body["items"]] == [
            ("name", "person_name"), ("sfzh", "citizen_number"), ("xb", "sex"),
            ("djrq", "person_date"),
        ]  # fmt: skip
        work.commit()
        with pytest.raises(NotFound):
            resources.one(work, CODE)
        elements = {"djrq": "record_date"}
        entering.save(work, row, told=told_of(CODE, 2, name="犬只登记"), elements=elements)
        offered = entering.publish(work, row)
        work.commit()
    with begin(steward(CIVIL)) as work:
        assert resources.one(work, CODE).dataset == offered
        assert (offered.name, offered.number, offered.way) == ("犬只登记", "308001/000002", "file")
        assert offered.items["djrq"].element.code == "record_date"
        assert offered.secret == {"sfzh"}
        with pytest.raises(NotFound):
            entering.withdraw(work, resources.one(work, CODE))
    with begin(steward()) as work:
        entering.withdraw(work, resources.one(work, CODE))
        with pytest.raises(NotFound):
            resources.one(work, CODE)
        assert drafted(work).state == "draft"  # it may come again


def test_an_item_without_an_element_is_not_published(begin):
    with begin(steward()) as work:
        row = drafted(work, content="信息项名称,数据类型\n犬只品种,字符型".encode())
        with pytest.raises(Invalid) as wrong:
            entering.publish(work, row)
        assert wrong.value.field == "element-item_1"
        with pytest.raises(Invalid):
            entering.save(work, row, told=told_of(CODE, 1), elements={"item_1": "no_such"})
        entering.save(work, row, told=told_of(CODE, 1), elements={"item_1": "public_text"})
        assert entering.publish(work, row).open_fields == ("item_1",)


@pytest.mark.parametrize(("change", "field"), [
    ({"share": "none"}, "basis"), ({"condition": ""}, "condition"),
    ({"opening": "unconditional"}, "opening"), ({"opening": "conditional"}, "opening"),
])  # fmt: skip
def test_terms_that_cannot_be_are_not_published(begin, change, field):
    with begin(steward()) as work:
        row = drafted(work, **change)
        with pytest.raises(Invalid) as wrong:
            entering.publish(work, row)
        assert wrong.value.field == field


@pytest.mark.parametrize(("change", "field"), [
    ({"name": ""}, "name"), ({"summary": "长" * 301}, "summary"), ({"share": ""}, "share"),
    ({"cycle": "hourly"}, "cycle"), ({"about": []}, "about"), ({"number": "9"}, "number"),
    ({"code": "Police"}, "code"), ({"library": " "}, "library"),
])  # fmt: skip
def test_what_is_told_wrongly_names_its_field(begin, change, field):
    with begin(steward()) as work, pytest.raises(Invalid) as wrong:
        drafted(work, **change)
    assert wrong.value.field == field


def test_codes_and_numbers_are_given_once(begin):
    with begin(steward()) as work:
        drafted(work)
        for code, serial in ((CODE, 5), ("police.cats", 1)):
            with pytest.raises(Conflict):
                drafted(work, code, serial)
        with pytest.raises(Conflict):
            drafted(work, "population.person", 9)
        with pytest.raises(Conflict):
            entering.withdraw(work, resources.one(work, "population.person"))


def test_nobody_else_touches_a_draft(begin):
    with begin(steward()) as work:
        drafted(work)
        work.commit()
    with begin(steward(CIVIL)) as work:
        with pytest.raises(NotFound):
            entering.draft(work, CODE)
        with pytest.raises(Conflict):
            drafted(work, serial=3)
    with (
        begin(Actor("c", "窗口", frozenset({"clerk"}), department=POLICE)) as work,
        pytest.raises(Forbidden),
    ):
        drafted(work, "police.cats", 4)
    with begin(steward()) as work:
        row = entering.draft(work, CODE)
        entering.discard(work, row)
        work.commit()
        with pytest.raises(NotFound):
            entering.draft(work, CODE)


def test_nothing_is_kept_of_a_sheet_that_does_not_hold(begin):
    with begin(steward()) as work:
        with pytest.raises(Misdeclared):
            drafted(work, content=workbook([["信息项名称", "类型"], ["姓名", "照片"]]))
        assert not work.unfinished
