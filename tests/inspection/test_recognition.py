"""Names of papers: what each asks for, and the recall and precision on a list written by hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from servicehall.inspection import recognition
from servicehall.standard.problems import Surroundings
from tests.inspection.test_checks import FIELDS, NAMES

AROUND = Surroundings(NAMES, FIELDS)
SEEDED = YAML(typ="safe", pure=True).load(Path(__file__).with_name("seeded_proofs.yaml"))
PLANTED = [(source, name) for source, names in SEEDED["planted"].items() for name in names]


def test_the_seeded_list_is_large_enough():
    assert len(PLANTED) >= 60
    assert len(SEEDED["honest"]) >= 200
    names = [name for _, name in PLANTED] + SEEDED["honest"]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("source", "name"), PLANTED)
def test_a_planted_proof_is_found_with_what_supplies_it(source, name):
    found = recognition.find(name, AROUND)
    assert all(paper.superfluous for paper in found)
    assert source in {paper.source for paper in found}


@pytest.mark.parametrize("name", [*SEEDED["several"], *SEEDED["unseen"]])
def test_several_proofs_in_one_name_are_all_found(name):
    assert all(paper.superfluous for paper in recognition.find(name, AROUND))


@pytest.mark.parametrize("name", SEEDED["partly"])
def test_what_is_honest_beside_a_proof_stays(name):
    assert {paper.superfluous for paper in recognition.find(name, AROUND)} == {True, False}


def test_no_honest_material_is_taken_for_a_proof():
    taken = [n for n in SEEDED["honest"] if any(p.superfluous for p in recognition.find(n, AROUND))]
    assert taken == []


def test_the_fields_are_those_the_dataset_has():
    (found,) = recognition.find("居民户口簿", AROUND)
    assert (found.source, found.fields) == (
        "population.person", ("name", "number", "household_address"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "whose", "superfluous"),
    [
        ("代理人身份证", "agent", True),
        ("监护人身份证", "family", True),
        ("股东身份证复印件", "other", False),
    ],
)
def test_whose_paper_it_is(name, whose, superfluous):
    (found,) = recognition.find(name, AROUND)
    assert (found.whose, found.superfluous) == (whose, superfluous)


def test_a_proof_may_wait_for_a_dataset():
    (found,) = recognition.find("无犯罪记录证明", AROUND)
    assert (found.source, found.waiting) == ("", "police.record")
    later = Surroundings(NAMES, {**FIELDS, "police.record": {"found"}})
    (found,) = recognition.find("无犯罪记录证明", later)
    assert (found.source, found.superfluous) == ("police.record", True)


@given(st.text(max_size=40))
def test_no_name_breaks_it(name):
    assert recognition.find(name, AROUND)
