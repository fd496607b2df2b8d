"""Whatever is written either stands on the page where it can be read, or is refused with its name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from reportlab.lib.pagesizes import A4, landscape

from servicehall.kernel.errors import Invalid
from servicehall.licenses import schema
from servicehall.licenses.faces import card, flow, form, frame, letter, typesetting
from servicehall.licenses.faces.sheet import Row, Words, rows
from servicehall.licenses.record import Department, FaceValue, Kind
from servicehall.licenses.rendering import refuse_unprintable, size
from servicehall.licenses.schema import ISSUER
from servicehall.printing import fonts
from servicehall.printing.pen import ems
from tests.licenses.faces.drawn import page
from tests.licenses.test_rendering import PRESS, made
from tests.licenses.test_schema import FOLDER
from tests.printing.test_fonts import FONTS

TYPES = schema.read(FOLDER)
WORDS = st.text("示范区幸福路，。（）ABCabc 0123-／𬱖", min_size=1, max_size=40)
VALUES = {"date": "2026-03-01", "money": "12345600", "number": "1280.5",
          "citizen_number": "990101199003071237", "uscc": "91990101MA0000012X"}  # fmt: skip


def licensed(kind, told):
    """A record of *kind*, its faces filled with *told* where they are words."""
    faces = tuple(
        FaceValue(code=face.code, name=face.name, kind=face.kind,
                  value=VALUES.get(face.kind) or told.get(face.code, "示范") if face.code != ISSUER
                  else kind.issuer_name)
        for face in kind.faces
    )  # fmt: skip
    return made(
        template=kind.template, statement=kind.statement, faces=faces,
        type=Kind(code=kind.code, slug=kind.slug, name=kind.name),
        issuer=Department(code=kind.issuer, name=kind.issuer_name),
    )  # fmt: skip


def refusal(record):
    try:
        refuse_unprintable(PRESS, [record])
    except Invalid as error:
        return error
    return None


def shown_well(record):
    """Nothing is too small, outside the page, or on something else."""
    wide, high = size(record.template)
    texts = page(record)
    assert min(one.size for one in texts) >= typesetting.SMALLEST
    for one in texts:
        assert one.x > 20, one
        assert one.x + one.width < wide - 20, one
        assert 20 < one.y < high - 20, one
    for place, one in enumerate(texts):
        assert not [(one, other) for other in texts[place + 1 :] if one.covers(other)]
    everything = "".join("".join(one.text for one in texts).split())
    for row in rows(record):
        assert "".join(row.value.split()) in everything, row


@pytest.mark.parametrize("slug", TYPES)
def test_every_license_is_well_set(slug):
    record = licensed(TYPES[slug], {})
    refuse_unprintable(PRESS, [record])
    shown_well(record)


@pytest.mark.parametrize(
    ("layout", "sheet"),
    [
        ("certificate", "a4-portrait"),
        ("certificate", "a4-landscape"),
        ("form", "a4-portrait"),
        ("form", "a4-landscape"),
        ("card", "a4-portrait"),
        ("letter", "a4-portrait"),
    ],
)
def test_long_names_of_license_and_department(layout, sheet):
    template = schema.Template(page=sheet, layout=layout)
    kind = TYPES["food-business"].model_copy(
        update={"template": template, "name": "证" * 30, "issuer_name": "局" * 30}
    )
    record = licensed(kind, {})
    refuse_unprintable(PRESS, [record])
    shown_well(record)


def test_a_face_without_a_box_has_no_place():
    kind = TYPES["id-card"]
    record = licensed(kind, {})
    other = replace(record, issuer=Department(code=record.issuer.code, name="示范市公安局"))
    with pytest.raises(Invalid, match="没有“发证机关”的位置"):
        refuse_unprintable(PRESS, [other])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TYPES)), st.data())
def test_any_words_fit_or_are_refused(slug, data):
    kind = TYPES[slug]
    words = [f.code for f in kind.faces if f.kind == "text" and f.code != ISSUER]
    told = {code: data.draw(WORDS) for code in words}
    longest = data.draw(st.sampled_from(words))
    record = licensed(kind, told | {longest: told[longest] * data.draw(st.integers(1, 30))})
    if error := refusal(record):
        assert error.field in words
        assert error.params["name"]
    else:
        shown_well(record)


@pytest.mark.parametrize("slug", ["business-license", "id-card", "food-business", "energy-review",
                                  "property-certificate", "social-security-card"])  # fmt: skip
def test_as_many_characters_as_the_refusal_says(slug):
    kind = TYPES[slug]
    code = next(face.code for face in kind.faces if face.kind == "text")
    with pytest.raises(Invalid) as refused:
        refuse_unprintable(PRESS, [licensed(kind, {code: "长" * 5000})])
    most = refused.value.params["most"]
    fits = licensed(kind, {code: "长" * most})
    refuse_unprintable(PRESS, [fits])
    shown_well(fits)
    with pytest.raises(Invalid):
        refuse_unprintable(PRESS, [licensed(kind, {code: "长" * (most + 1)})])


def heights(said, page, all_rows):
    """How high each layout says the rows are in the smallest type."""
    small, (_, width, _, _) = typesetting.SMALLEST, frame.room(said.title, page)
    return (
        flow.height(all_rows, said.statement, width, small),
        form._height(said.statement, all_rows, width, small),
        card._height(all_rows, small),
        letter._height(said, all_rows, page[0] - 2 * letter._SIDE, small),
    )


LABELS = st.text("示范名", min_size=1, max_size=30)


@settings(max_examples=300)
@given(st.lists(st.tuples(LABELS, WORDS | st.text("国", max_size=30)), max_size=9), WORDS,
       st.sampled_from([A4, landscape(A4)]))  # fmt: skip
def test_how_high_a_page_is_does_not_depend_on_its_short_values(told, holder, page):
    fonts.load(FONTS)
    all_rows = [Row("一", "甲"), *(Row(*one) for one in told)]
    short = [Row(row.label, typesetting.shortened(row.value)) for row in all_rows]
    said = Words("示范证照", "经审查，准予。", holder)
    other = Words("示范证照", "经审查，准予。", typesetting.shortened(holder))
    assert heights(said, page, all_rows) == heights(other, page, short)


def test_long_values_stay():
    fonts.load(FONTS)
    assert typesetting.shortened("国" * 12) == typesetting.shortened("990101199001010013") == "一"
    assert typesetting.shortened("国" * 13) == "国" * 13


def test_the_largest_type_that_fits():
    assert typesetting.largest(lambda size: size * 10, 100) == (10, 100)
    assert typesetting.largest(lambda size: size, 100) == (14, 14)
    assert typesetting.largest(lambda size: 1000, 100)[0] < typesetting.SMALLEST  # signed long ago
    assert typesetting.fits(lambda size: size * 10, 65)
    assert not typesetting.fits(lambda size: size * 10, 64)


def test_how_many_characters_something_holds():
    assert typesetting.most("abcdef", lambda text: len(text) <= 4) == 4
    assert typesetting.most("abc", lambda text: True) == 3
    assert typesetting.most("abc", lambda text: False) == -1
    assert typesetting.lines_within("长长长", 10, 20, 40) == ["长长", "长"]
    assert typesetting.lines_within("长长长", 10, 20, 20) is None


def test_no_character_is_wider_than_is_reckoned_with():
    """Texts of few characters are short whatever they say."""
    letters = fonts.load(FONTS)
    assert max(map(ems, letters)) <= typesetting._WIDEST
