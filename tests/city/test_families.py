"""Families hang together: marriages, ages, surnames, homes."""

import pytest

from servicehall.city import families
from servicehall.city.people import AS_OF, Maternity
from servicehall.city.town import chance


@pytest.fixture(scope="module")
def residents():
    maternity = Maternity(chance(7))
    families.settle(maternity)
    return maternity.everyone


def test_marriages_are_mutual_and_lawful(residents):
    married = [p for p in residents if p.marriage == "已婚"]
    assert len(married) > 1000
    for one in married:
        assert one.spouse.spouse is one
        assert one.spouse.sex != one.sex
        assert one.married_on == one.spouse.married_on <= AS_OF
        assert (one.married_on - one.birth).days >= 22 * 365


def test_children_know_their_parents_and_bear_the_name(residents):
    children = [p for p in residents if p.father or p.mother]
    assert len(children) > 600
    for child in children:
        for parent in filter(None, (child.father, child.mother)):
            assert child in parent.children
            assert parent.age - child.age >= 21
        if child.father:
            assert child.name[0] == child.father.name[0]
        assert child.relation in ("子", "女", "户主")


def test_nobody_is_their_own_ancestor(residents):
    for somebody in residents:
        assert somebody not in somebody.children
        if somebody.father:
            assert somebody.father is not somebody.spouse


def test_every_household_lives_together_and_few_are_registered_elsewhere(residents):
    for somebody in residents:
        assert somebody.residence
        if somebody.spouse:
            assert somebody.spouse.residence == somebody.residence
    away = sum(p.household != p.residence for p in residents)
    assert 0 < away < len(residents) / 8


def test_there_are_old_people_and_rare_names(residents):
    assert sum(p.age >= 80 for p in residents) > 30
    assert any("𬱖" in p.name for p in residents)


def test_a_local_household_owns_its_home_and_is_registered_there():
    dice = chance(1)
    for seed in range(50):
        somebody = Maternity(chance(seed)).born("女", 40)
        families.house(dice, [somebody], local=True)
        assert somebody.owns_home
        assert somebody.household == somebody.residence
