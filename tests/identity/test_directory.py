"""The directory: found by pseudonym, number or code; what is not there is not found."""

import re

import pytest

from servicehall.identity import directory
from servicehall.identity.models import Region
from servicehall.kernel.errors import NotFound
from tests import builders
from tests.builders import CODE, NUMBER, OTHER_NUMBER


def test_keys_are_long_random_and_safe_in_addresses():
    keys = {directory.new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(re.fullmatch(r"[\w-]{22}", key) for key in keys)


def test_a_person_is_found_by_pseudonym_and_by_number(work):
    somebody = builders.person(work)
    assert directory.person(work, somebody.key) is somebody
    assert directory.person_by_number(work, NUMBER) is somebody
    assert directory.person_by_number(work, OTHER_NUMBER) is None


def test_organizations_and_departments_are_found_by_code(work):
    shop, health = builders.organization(work), builders.department(work)
    assert directory.organization(work, CODE) is shop
    assert directory.department(work, health.code) is health
    assert list(directory.departments(work)) == [health]


@pytest.mark.parametrize(
    "find", [directory.person, directory.organization, directory.department, directory.holder]
)
@pytest.mark.parametrize("key", ["", "nobody", "person:nobody", "org:nobody"])
def test_what_is_not_there_is_not_found(work, find, key):
    with pytest.raises(NotFound):
        find(work, key)


def test_a_holder_is_told_with_kind_code_and_name(work):
    somebody, _ = builders.person(work), builders.organization(work)
    assert directory.holder(work, f"person:{somebody.key}") == ("person", NUMBER, "王小明")
    assert directory.holder(work, f"org:{CODE}") == ("organization", CODE, "示范商店")


def test_regions_come_upper_levels_first(work):
    for code, level in (("990101000000", 4), ("990000000000", 2), ("990100000000", 3)):
        work.session.add(Region(code=code, name="x", level=level, parent=""))
    work.session.flush()
    assert [r.level for r in directory.regions(work)] == [2, 3, 4]


def test_a_region_lies_within_all_above_it(work):
    for code, level, parent in (("990000000000", 2, ""), ("990100000000", 3, "990000000000")):
        work.session.add(Region(code=code, name=code, level=level, parent=parent))
    assert directory.lineage(work, "990100000000") == {"990100000000": 3, "990000000000": 2}
    assert directory.lineage(work, "110000000000") == {}


def test_a_member_of_staff_is_named_by_key(work):
    clerk = builders.account(work, "clerk", roles="clerk")
    assert directory.staff_name(work, clerk.key) == "clerk"
    assert directory.staff_name(work, "nobody") == ""
    assert directory.staff_names(work, {clerk.key, "nobody"}) == {clerk.key: "clerk"}


def test_a_number_is_registered_once(work):
    builders.person(work)
    with pytest.raises(Exception, match=r"(?i)unique"):
        builders.person(work)
