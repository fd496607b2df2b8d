"""加注件: for one purpose and one receiver, until a day; made by the holder or a department."""

import re
import subprocess
from datetime import date

import pytest

from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.licenses import library
from servicehall.showing import copies
from tests.licenses.conftest import BUREAU, order, tool
from tests.showing.conftest import HOLDER
from tests.showing.test_ofdface import files

VERIFIER = Actor("v1", "核验员", frozenset({"verifier"}), department=BUREAU)
GIVEN = {"purpose": "办理开户", "receiver": "示范银行", "days": 30}


@tool("pdftotext")
@pytest.mark.parametrize("layout", ["certificate", "card", "letter"])
def test_the_sheet_says_for_whom_and_what(hall, holder, layout):
    made_order = order(f"C-{layout}")
    template = made_order.type.template.model_copy(update={"layout": layout, "page": "a4-portrait"})
    kind = made_order.type.model_copy(update={"template": template, "single": False})
    license = hall.issue(order(f"C-{layout}", type=kind))
    made = copies.make(holder, license, **GIVEN)
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=copies.pdf(holder, made), capture_output=True, check=True
    )
    text = done.stdout.decode()
    for words in (
        "加注件",
        "用途：办理开户",
        "接收：示范银行",
        "有效期至：2026年3月31日",
        "欧阳𬱖婳祎",
    ):
        assert words in text


def test_made_by_the_holder_or_for_a_department(hall, holder, license):
    made = copies.make(holder, license, **GIVEN)
    holder.commit()
    assert [one.code for one in copies.of(holder, license)] == [made.code]
    assert copies.own(holder, license, made.code).id == made.id
    assert copies.by_code(holder, f"{made.code[:4]}-{made.code[4:].lower()}").id == made.id
    with hall.work(VERIFIER) as office:
        copies.make(office, library.by_code(office, license.code), **GIVEN)
        office.commit()
    with (
        hall.work(Actor("a2", "李", frozenset({"citizen"}), person="p2")) as stranger,
        pytest.raises(NotFound),
    ):
        copies.make(stranger, license, **GIVEN)
    with (
        hall.work(Actor("x", "甲", frozenset({"auditor"}), department=BUREAU)) as other,
        pytest.raises(Forbidden),
    ):
        copies.make(other, license, **GIVEN)
    another = hall.issue(order("C-2", type=order().type.model_copy(update={"single": False})))
    for code in ("0" * 12, made.code):
        with pytest.raises(NotFound):
            copies.own(holder, another, code)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", " "), ("purpose", "x" * 61), ("receiver", ""), ("receiver", "😀银行"),
        ("days", 0), ("days", 181),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(holder, license, field, value):
    with pytest.raises(Invalid) as refusal:
        copies.make(holder, license, **{**GIVEN, field: value})
    assert refusal.value.field == field


def test_a_copy_does_not_outlive_its_license(hall, holder):
    kind = order().type.model_copy(update={"valid_months": 1, "single": False})
    short = hall.issue(order("C-3", type=kind))
    assert copies.make(holder, short, **{**GIVEN, "days": 180}).last_day == date(2026, 3, 31)
    hall.clock.pass_days(60)
    with hall.work(HOLDER) as later, pytest.raises(Conflict):
        copies.make(later, library.by_code(later, short.code), **GIVEN)


def test_as_an_ofd_file_that_says_what_it_is_for(holder, license):
    made = copies.make(holder, license, **GIVEN)
    found = files(copies.ofd(holder, made))
    told = dict(re.findall(r'<ofd:CustomData Name="(\w+)">([^<]*)<', found["OFD.xml"].decode()))
    assert (told["JZJZZSY"], told["JZJYXQJZSJ"]) == ("办理开户", "2026-03-31")
    assert told["ZZBS"] == license.identifier
    assert found["Doc_0/Attachs/license.json"].decode() == made.jws
    page = found["Doc_0/Pages/Page_0/Content.xml"].decode()
    assert "用途：办理开户" in page
    assert "接收：示范银行" in page
