"""The residents behind the demo accounts fit what they are there to show."""

from servicehall.city import holdings
from servicehall.city.town import town


def one(dataset, subject):
    (record,) = holdings.records(dataset, subject)
    return record


def test_wang_is_a_trained_nurse_at_a_hospital():
    wang = town().cast.wang
    assert wang.age >= 18
    assert "护理" in one("education.degree", wang.number)["major"]
    assert "医院" in one("social.insurance", wang.number)["employer"]
    assert one("social.insurance", wang.number)["status"] == "正常参保"


def test_li_runs_a_restaurant_with_premises():
    cast = town().cast
    company = one("legal.organization", cast.restaurant.code)
    assert company["representative_number"] == cast.li.number
    assert company["status"] == "存续"
    assert "餐饮" in company["scope"]
    assert one("space.property", cast.restaurant.code)["use"] == "商业服务"
    assert one("civil.marriage", cast.li.number)["status"] == "已婚"
    assert one("space.property", cast.li.number)["use"] == "住宅"


def test_chen_is_over_eighty_registered_here_and_has_a_card():
    chen = town().cast.chen
    assert chen.age >= 80
    assert one("population.person", chen.number)["household_address"].startswith(
        "示范省示范市示范区"
    )
    assert one("social.insurance", chen.number)["card_number"]


def test_nothing_is_on_record_against_any_of_them():
    cast = town().cast
    for subject in (cast.wang.number, cast.li.number, cast.chen.number, cast.restaurant.code):
        assert one("credit.record", subject)["status"] == "无失信记录"
