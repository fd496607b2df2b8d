"""What the directory lays down is taken over, and whoever differs is found."""

import shutil

import pytest

from servicehall.kernel.declarations import Misdeclared
from servicehall.standard import levels, loading
from servicehall.standard.levels import Directory, Entry
from servicehall.standard.schema import Limit
from tests.catalogue.conftest import ROOT

PROVINCE = {
    "code": "990131001000", "name": "食品经营许可", "type": "01", "level": 2,
    "region": "990000000000", "levels": (3, 4),
    "elements": {
        "quota": "省里规定的", "statutory": {"days": 10}, "channels": ["window", "web", "mobile"],
        "crossing": ["county"], "visits": 0,
    },
    "may": {"statutory": "shorter", "channels": "fewer", "crossing": "more", "visits": "shorter"},
}  # fmt: skip
CITY = {
    **PROVINCE, "level": 3, "region": "990100000000", "elements": {"quota": "市里规定的"}, "may": {},
}  # fmt: skip


def entry(says, **change):
    return Entry.model_validate({**says, **change}, strict=False)


@pytest.fixture
def food(items_read):
    return items_read["food-business-new"]


def changed(item, **change):
    """*item* as a file that says *change* would declare it."""
    made = item.model_copy(update=change)
    made.model_fields_set.update(change)
    return made


def found(directory, item):
    return [(each.change.path, each.allowed, each.laid_down) for each in directory.drift(item)]


def test_the_nearest_level_is_taken_over_where_the_item_is_silent(food):
    silent = food.model_copy()
    silent.model_fields_set.difference_update({"quota"})
    directory = Directory([entry(CITY), entry(PROVINCE)])
    assert directory.inherited(silent).quota == "市里规定的"
    assert directory.inherited(changed(silent, quota="自己写的")).quota == "自己写的"
    assert directory.inherited(silent.model_copy(update={"extends": ""})).quota == food.quota
    elsewhere = changed(silent, region="990200000000")
    assert directory.inherited(elsewhere).quota == "省里规定的"
    assert Directory([entry(PROVINCE)]).inherited(
        changed(silent, region="980101000000")
    ) == changed(silent, region="980101000000")


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, []),
        ({"quota": "一百家"}, [("quota", False, 2)]),
        ({"statutory": Limit(days=8)}, [("statutory.days", True, 2)]),
        ({"statutory": Limit(days=12)}, [("statutory.days", False, 2)]),
        ({"statutory": Limit(days=8, unit="natural_day")},
         [("statutory.days", False, 2), ("statutory.unit", False, 2)]),
        ({"channels": ("window", "web")}, [("channels.2", True, 2)]),
        ({"channels": ("window", "web", "mobile", "post")}, [("channels.3", False, 2)]),
        ({"crossing": ("county", "city")}, [("crossing.1", True, 2)]),
        ({"crossing": ()}, [("crossing.0", False, 2)]),
        ({"visits": 1}, [("visits", False, 2)]),
        ({"name": "另一个名称", "remedies": "另外的"}, []),
    ],
)  # fmt: skip
def test_a_difference_is_allowed_or_not(food, change, wanted):
    base = food.model_copy(update={"crossing": ("county",), "quota": "省里规定的",
                                   "statutory": Limit(days=10)})  # fmt: skip
    assert found(Directory([entry(PROVINCE)]), base.model_copy(update=change)) == wanted


def test_a_level_that_does_not_exercise_the_item_is_found(food):
    directory = Directory([entry(PROVINCE, elements={}, may={}, levels=(3,))])
    assert found(directory, food) == [("level", False, 2)]


def test_a_lower_entry_is_compared_with_the_one_above():
    ((lower, drifts),) = Directory([entry(PROVINCE), entry(CITY)]).above()
    assert lower.level == 3
    assert [(d.change.path, d.allowed) for d in drifts] == [("quota", False)]


def test_files_are_checked_against_the_directory_with_their_lines(tmp_path):
    shutil.copytree(ROOT / "items", tmp_path / "items")
    folder = tmp_path / "items"
    items, faults = loading.read_each(folder)
    assert faults == []
    assert items["food-business-renewal"].quota == "无数量限制"
    file = folder / "food-business-renewal.yaml"
    text = file.read_text("utf8").replace("\ndelivery:", "\nquota: 一百家\ndelivery:")
    file.write_text(text, "utf8")
    with pytest.raises(Misdeclared) as raised:
        loading.read(folder)
    (fault,) = raised.value.faults
    line = text.splitlines().index("quota: 一百家") + 1
    assert (fault.file, fault.line, fault.field) == ("food-business-renewal.yaml", line, "quota")
    file.write_text(text.replace("quota: 一百家\n", "").replace(
        'extends: "990131001000"', 'extends: "990131009000"'), "utf8")  # fmt: skip
    assert [fault.field for fault in loading.read_each(folder)[1]] == ["extends"]


def test_a_directory_file_that_does_not_hold_is_refused(tmp_path):
    folder = tmp_path / "directory"
    folder.mkdir()
    good = (ROOT / "items" / "directory" / "990131001000.yaml").read_text("utf8")
    wrong = good.replace("  quota:", "  quotas:").replace(
        "may:\n", "may:\n  contact: any\n  no: any\n"
    )
    (folder / "a.yaml").write_text(wrong, "utf8")
    directory, faults = levels.read(folder)
    assert {fault.field for fault in faults} == {"elements.quotas", "contact", "may.no"}
    assert directory.entries == ()


def test_the_json_schema_for_editors_is_current():
    held = (ROOT / "items" / "directory" / "schema.json").read_text("utf8")
    assert held == levels.schema_text()
