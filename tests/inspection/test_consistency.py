"""Codes, regions, dates and flags that do not agree are found."""

from datetime import date

import pytest

from servicehall.standard.parts import Joining, Limit, Sight
from servicehall.standard.schema import Basis, Booking, LegacyCode, Material, Remedy, Step
from tests.inspection.test_checks import broken


@pytest.fixture
def nurse(items_read):
    return items_read["nurse-registration"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"national_code": "000523002000"}, "code.national"),
        ({"legacy_codes": (LegacyCode(scheme="2016", code="x"),)}, "code.legacy"),
        ({"handling": ""}, "code.handling"),
        ({"region": "990100000000"}, "region.level"),
        ({"region": "990101001000"}, "region.level"),
        ({"project_type": "instant"}, "instant.types"),
        ({"review_type": "on_the_spot"}, "instant.types"),
        ({"closing": "document"}, "result.closing"),
        ({"bases": (Basis(law="护士条例", article="无"),)}, "basis.article"),
        ({"effective_on": date(2026, 1, 1), "ends_on": date(2026, 1, 1)}, "dates.order"),
        ({"channels": ("window",), "delivery": ("post",)}, "online.depth"),
        ({"channels": ("window",), "delivery": ("post",)}, "online.apply"),
        ({"booking": Booking(daily=5), "appointment": False}, "booking.flag"),
        ({"crossing": (), "crossing_mode": "proxy"}, "crossing.mode"),
        ({"authority": "entrusted"}, "entrusted.name"),
        ({"promise_based": True}, "promise.based"),
        ({"four": ("at_once",)}, "four.at_once"),
        ({"four": ("one_visit",), "visits": 2}, "four.one_visit"),
        ({"route": "joint", "statutory": Limit(days=46)}, "joint.statutory"),
        ({"remedy_offices": (Remedy(kind="lawsuit", department="法院"),)}, "remedy.both"),
    ],
)
def test_a_rule_catches_its_fault(nurse, change, rule):
    assert rule in broken(nurse, **change)


def test_jointly_handled_permits_have_forty_five_days(nurse):
    jointly = {"route": "joint", "statutory": Limit(days=45)}
    assert "joint.statutory" not in broken(nurse, **jointly)
    assert "joint.statutory" not in broken(nurse, **{**jointly, "route": "own"})


def test_steps_and_papers_name_what_checks_out(nurse):
    step = Step(kind="review", name="审查", department="1" * 18, department_name="某局")
    assert "step.department" in broken(nurse, steps=(*nurse.steps, step))
    paper = Material(code="extra", name="批件", license_code="123", standard="清晰",
                     why_needed="只有本人有")  # fmt: skip
    assert broken(nurse, materials=(*nurse.materials, paper)) == {"code.license"}


def test_reviews_of_other_departments_say_what_they_see(items_read):
    venue = items_read["entertainment-venue"]
    blind = tuple(s.model_copy(update={"sees": Sight()}) for s in venue.steps)
    assert broken(venue, steps=blind) == {"review.sees"}
    lost = tuple(
        s.model_copy(update={"sees": Sight(sections=("nothing",))}) if s.kind == "review" else s
        for s in venue.steps
    )
    assert broken(venue, steps=lost) == {"review.sees.unknown"}
    for joining, wrong in (
        (Joining(rule="quorum"), True), (Joining(rule="quorum", quorum=4), True),
        (Joining(rule="all", quorum=2), True), (Joining(rule="quorum", quorum=2), False),
    ):  # fmt: skip
        assert ("joining.quorum" in broken(venue, joining=joining)) is wrong


def test_what_agrees_is_left_alone(nurse):
    good = {
        "national_code": "000123002000", "project_type": "promised", "closing": "license",
        "review_type": "before_approval", "four": ("online", "one_visit"),
        "legacy_codes": (LegacyCode(scheme="2016", code="XK0010100Y"),),
        "booking": Booking(daily=5), "crossing_mode": "online",
    }  # fmt: skip
    assert broken(nurse, **good) == set()


@pytest.mark.parametrize(
    ("level", "region", "fits"),
    [
        (1, "000000000000", True), (2, "990000000000", True), (3, "990100000000", True),
        (4, "990101000000", True), (5, "990101001000", True), (6, "990101001002", True),
        (7, "990101001002", True), (2, "990100000000", False), (4, "990100000000", False),
        (1, "990000000000", False),
    ],
)  # fmt: skip
def test_a_region_has_the_digits_of_its_level(nurse, level, region, fits):
    assert ("region.level" not in broken(nurse, level=level, region=region)) == fits
