"""The datasets: five base libraries and four more, every field named in Chinese."""

import re
from dataclasses import replace

import pytest

from servicehall.city.offices import offices
from servicehall.sharing.datasets import DATASETS

HAN = re.compile("[\u4e00-\u9fff]")


def test_the_base_libraries_are_there():
    libraries = {d.library for d in DATASETS.values()}
    assert {
        "人口库", "法人库", "自然资源和空间地理库", "社会信用库", "电子证照库", "民政婚姻库",
        "教育学历库", "社保库", "车辆库", "社会救助库", "居民健康档案库", "税务登记库", "机构编制库",
    } == libraries  # fmt: skip


def test_codes_are_keys_and_paths_and_facts():
    for code, dataset in DATASETS.items():
        assert code == dataset.code
        assert re.fullmatch(r"[a-z]+\.[a-z]+", code)
        assert all(re.fullmatch(r"[a-z0-9_]+", field) for field in dataset.fields)


def test_everything_has_a_chinese_name():
    for dataset in DATASETS.values():
        for words in (dataset.library, dataset.name, *dataset.fields.values()):
            assert HAN.search(words)
        assert len(set(dataset.fields.values())) == len(dataset.fields)


def test_secret_fields_are_fields_and_include_the_numbers_of_people():
    for dataset in DATASETS.values():
        assert dataset.secret <= dataset.fields.keys()
    assert "number" in DATASETS["population.person"].secret
    assert "spouse_number" in DATASETS["population.family"].secret
    assert "representative_number" in DATASETS["legal.organization"].secret
    assert "card_number" in DATASETS["social.insurance"].secret


def test_a_department_of_the_city_answers_for_each():
    assert {d.provider for d in DATASETS.values()} <= {office.code for office in offices()}
    assert len({d.number for d in DATASETS.values()}) == len(DATASETS)


def test_what_is_personal_is_never_open():
    for dataset in DATASETS.values():
        for code in dataset.open_fields:
            assert dataset.items[code].element.classification == "open"
        assert not set(dataset.open_fields) & dataset.secret
    assert "representative_number" not in DATASETS["legal.organization"].open_fields
    assert DATASETS["population.person"].open_fields == ()


@pytest.mark.parametrize(
    "change",
    [{"number": "401001/1"}, {"number": "101"}, {"share": "none"}, {"opening": "unconditional"}],
)
def test_terms_that_cannot_be_are_refused(change):
    with pytest.raises(ValueError, match=r"population\.person"):
        replace(DATASETS["population.person"], **change)
    allowed = {"share": "none", "basis": "档案法 第二十八条"}
    assert replace(DATASETS["population.person"], **allowed).share == "none"
