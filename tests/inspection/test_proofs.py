"""No paper is asked for that a registry or a license can supply."""

import pytest

from servicehall.inspection import checks, recognition
from servicehall.standard.problems import Surroundings
from servicehall.standard.schema import Exemption, Material, Need
from tests.inspection.test_checks import AROUND, FIELDS, NAMES, broken


@pytest.fixture
def nurse(items_read):
    return items_read["nurse-registration"]


def material(**change):
    return Material(**{"code": "extra", "name": "其他材料", "standard": "清晰", **change})


def test_a_government_paper_that_a_registry_holds_must_be_exempted(nurse):
    asked = material(name="毕业证书复印件", source="government", why_needed="习惯如此")
    assert "exempt.possible" in broken(nurse, materials=(*nurse.materials, asked))


def test_a_paper_of_ones_own_may_give_a_reason(nurse):
    asked = material(name="婚姻登记证明", why_needed="由本人持有")
    assert broken(nurse, materials=(*nurse.materials, asked)) == set()
    asked = material(name="婚姻登记证明")
    assert {"exempt.possible", "material.why"} <= broken(nurse, materials=(*nurse.materials, asked))


def suppliers(name, around):
    return [paper.source for paper in recognition.find(name, around) if paper.superfluous]


def test_a_paper_that_is_itself_a_license_of_the_hall_is_known():
    around = Surroundings(NAMES, FIELDS)
    assert suppliers("原食品经营许可证正本", around) == ["food-business"]
    assert suppliers("房产证", around) == ["space.property"]
    assert suppliers("体检报告", around) == []
    assert suppliers("房产证", Surroundings({}, {})) == []


def test_one_paper_of_several_is_named(nurse):
    asked = material(name="委托书及代理人身份证", source="government", why_needed="习惯如此")
    item = nurse.model_copy(update={"materials": (*nurse.materials, asked)})
    (found,) = checks.check(item, AROUND)
    assert found.rule == "exempt.possible"
    assert "其中的“代理人身份证”可以由 population.person（name、number） 提供" in found.told
    assert "拆成几份材料" in found.cure


def test_what_replaces_a_paper_must_exist_and_be_declared(nurse):
    for exempt in (
        Exemption(by="registry", name="vehicle.record"),
        Exemption(by="license", name="none-such"),
    ):
        asked = material(exempt=exempt)
        assert "exempt.source" in broken(nurse, materials=(*nurse.materials, asked))


@pytest.mark.parametrize(
    ("need", "rule"),
    [
        (Need(dataset="population.dog", fields=("name",), purpose="核对"), "need.dataset"),
        (Need(dataset="vehicle.record", fields=("colour",), purpose="核对"), "need.field"),
        (Need(dataset="credit.record", fields=("trusted",), purpose="核对"), "need.once"),
    ],
)
def test_needs_name_what_is_known_and_once(nurse, need, rule):
    assert broken(nurse, needs=(*nurse.needs, need)) == {rule}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("plate",), {"need.reason"}), (("plate", "owner"), {"need.reason"}), ((), set()),
    ],
)  # fmt: skip
def test_a_full_value_of_personal_data_has_a_reason(nurse, fields, said):
    more = [Need(dataset="vehicle.record", fields=fields, purpose="核对")] if fields else []
    assert broken(nurse, needs=(*nurse.needs, *more)) == said
    explained = [need.model_copy(update={"reason": "逐辆核对"}) for need in more]
    assert broken(nurse, needs=(*nurse.needs, *explained)) == set()


def test_what_stands_on_the_license_and_what_is_public_or_yes_or_no_needs_none(nurse):
    for dataset, fields in (
        ("civil.marriage", ("single",)), ("legal.organization", ("name", "status", "active")),
    ):  # fmt: skip
        need = Need(dataset=dataset, fields=fields, purpose="核对")
        assert broken(nurse, needs=(*nurse.needs, need)) == set()
    (person,) = (need for need in nurse.needs if need.dataset == "population.person")
    assert not person.reason  # name, sex, birth date and number are on the certificate
    result = nurse.result.model_copy(update={"carries": {}})
    assert "need.reason" in broken(nurse, result=result)


def test_an_upload_has_a_standard(nurse):
    asked = material(standard="", why_needed="由本人持有")
    assert broken(nurse, materials=(*nurse.materials, asked)) == {"material.standard"}
