"""The consistency rules: the hall's items keep them all, and each rule catches its fault."""

import pytest

from servicehall.inspection import checks
from servicehall.licenses import schema as licenses
from servicehall.revising import crosscheck
from servicehall.standard.schema import Contact, Fee, ItemType, Limit, Question, Theme
from tests.catalogue.conftest import ROOT

TYPES = licenses.read(ROOT / "licenses")
AROUND = crosscheck.surroundings(TYPES)
NAMES, FIELDS = AROUND.licenses, AROUND.datasets


def broken(item, **change):
    """The rules that *item* breaks once *change* is made."""
    return {p.rule for p in checks.check(item.model_copy(update=change), AROUND)}


def test_the_items_of_the_hall_keep_every_rule(items):
    assert [problem for item in items for problem in checks.check(item, AROUND)] == []


def test_every_word_on_a_face_has_its_source(items):
    for item in items:
        faces = {face.code for face in TYPES[item.result.license_type].faces}
        assert faces == set(item.result.carries), item.name


@pytest.fixture
def nurse(items_read):
    return items_read["nurse-registration"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"type": ItemType.OTHER}, "code.type"),
        ({"level": 3}, "code.parts"),
        ({"department": "119901010000002389"}, "code.department"),
        ({"code": "119901010000002389499012300200001"}, "code.form"),
        ({"instant": True}, "instant.limit"),
        ({"promised": None}, "limit.present"),
        ({"promised": Limit(days=21)}, "limit.promise"),
        ({"promised": Limit(days=4)}, "limit.steps"),
        ({"visits": 1}, "visits.reason"),
        ({"visits_reason": "核对原件"}, "visits.reason"),
        ({"visits": 1, "visits_reason": "核对原件"}, "visits.depth"),
        ({"channels": ("window",), "delivery": ("window",)}, "visits.none"),
        ({"contact": Contact(consult="6200231", complain="0990-6200345")}, "phone.area"),
        ({"contact": Contact(consult="0990-6200345", complain="0990-6200345")}, "phone.differ"),
        ({"faqs": ()}, "permit.faq"),
        ({"steps": ()}, "permit.steps"),
        ({"steps": ()}, "steps.kinds"),
        ({"fee": Fee(name="费", fen=0, standard="标准", basis="依据")}, "fee.amount"),
        ({"fee": Fee(name="费", fen=1, standard="标准", basis="依据", online=False)}, "fee.online"),
        ({"themes": (Theme(kind="natural", code="080"),)}, "theme.known"),
        ({"themes": (Theme(kind="legal", code="010"),)}, "theme.objects"),
        ({"bases": ()}, "complete"),
        ({"remedies": ""}, "complete"),
    ],
)
def test_a_rule_catches_its_fault(nurse, change, rule):
    assert rule in broken(nurse, **change)


def test_codes_are_used_once_and_choices_have_options(nurse):
    section = nurse.sections[0]
    twice = section.model_copy(
        update={
            "questions": (
                *section.questions,
                Question(code="phone", label="电话", kind="choice", options_en=("One",)),
            )
        }
    )
    found = broken(nurse, sections=(twice,))
    assert {"code.once", "question.options", "question.english"} <= found


def test_an_item_that_only_guides_is_not_checked(nurse):
    assert broken(nurse, applicable=False, bases=(), steps=()) == set()
