"""A file of orders is right in every line, or nothing is issued and the line is named."""

import json

import pytest

from servicehall.kernel.errors import Conflict, Invalid
from servicehall.licenses import library, mass, orderfile
from servicehall.licenses.models import State
from servicehall.licenses.schema import LicenseTypes
from tests.licenses.conftest import NUMBER, license_type, order

GOOD = {
    "key": "a", "kind": "person", "code": NUMBER, "name": "王小明",
    "faces": {"name": "王小明", "number": NUMBER, "vessel": "示范渔001"},
}  # fmt: skip


def told(**changes):
    return json.dumps({**GOOD, **changes}, ensure_ascii=False)


def test_a_file_becomes_orders_and_licenses(work):
    (found,) = orderfile.read(work, told() + "\n\n", license_type(), "2026")
    assert (found.key, found.holder.name) == ("batch:2026/a", "王小明")
    assert mass.issue(work, [orderfile.here(work, found)]) == 1


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "第 2 行"),
        ("[]", "第 2 行"),
        (told(key="../up"), "第 2 行，key"),
        (told(key="b", more=1), "第 2 行，more"),
        (told(key="b", kind="organization"), "第 2 行：请写明持证主体"),
        (told(key="b", faces={"name": "王小明"}), "第 2 行：照面字段没有填写"),
        (told(key="b", faces={**GOOD["faces"], "hat": "1"}), "第 2 行：证照类型没有这个照面字段"),
        (told(key="b", renews="1.2.3"), "第 2 行：没有找到"),
    ],
)
def test_a_wrong_line_is_named(work, line, named):
    with pytest.raises(Invalid) as refusal:
        orderfile.read(work, told() + "\n" + line, license_type(), "2026")
    assert named in str(refusal.value)


def test_an_empty_file_is_none(work):
    with pytest.raises(Invalid):
        orderfile.read(work, "\n", license_type(), "2026")


def test_a_renewal_names_the_license_and_what_changes(hall, work, license):
    line = json.dumps({"key": "a", "renews": license.identifier, "faces": {"vessel": "示范渔002"}})
    (found,) = orderfile.read(work, line, license_type(), "2027")
    assert mass.issue(work, [found]) == 1
    made = library.by_key(work, "batch:2027/a").record
    assert {face.code: face.value for face in made.faces}["vessel"] == "示范渔002"
    assert made.holder == license.record.holder


def test_a_license_is_reissued_with_reason_and_law(hall, license):
    hall.adapters[LicenseTypes] = LicenseTypes({license.type: license_type()})
    with hall.work() as work:
        old = library.by_key(work, "C-1")
        for reason, law in (("", "法"), ("因", " ")):
            with pytest.raises(Invalid):
                orderfile.reissue(work, old, faces={}, reason=reason, law=law)
        made = orderfile.reissue(
            work, old, faces={"vessel": "新船"}, reason="船名变更", law="渔业法"
        )
        work.commit()
        work.session.refresh(old)
        assert (made.version, old.state) == (2, State.SUPERSEDED)
        assert (made.valid_from, made.valid_to) == (old.valid_from, old.valid_to)
        with pytest.raises(Conflict):
            orderfile.reissue(work, old, faces={}, reason="船名变更", law="渔业法")


def test_orders_go_in_chunks():
    assert [len(one) for one in orderfile.chunks([order()] * 2001)] == [1000, 1000, 1]
