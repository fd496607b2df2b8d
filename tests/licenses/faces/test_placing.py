"""Faces stand in the boxes of the template, in the largest type that fits."""

from servicehall.licenses.faces import placing
from servicehall.licenses.faces.sheet import Row
from servicehall.licenses.schema import Box, Template
from servicehall.printing.pen import MM
from tests.licenses.faces.drawn import page
from tests.licenses.test_rendering import face, made

BESIDE = Box(code="scope", x=20, y=60, width=60, height=12, label=20, size=14)
ABOVE = Box(code="name", x=20, y=90, width=60, height=14)
VALID = Box(code="validity", x=20, y=110, width=90, height=10, label=20)
SAID = Box(code="statement", x=20, y=130, width=150, height=10)


def drawn(scope):
    template = Template(fields=(BESIDE, ABOVE, VALID, SAID))
    faces = (face(scope, "scope", name="范围"), face("欧阳", "name", name="姓名"))
    return page(made(template=template, faces=faces))


def one(texts, words):
    return next(line for line in texts if line.text == words)


def test_label_and_value_side_by_side_or_one_above_the_other():
    texts = drawn("捕捞")
    label, value = one(texts, "范围"), one(texts, "捕捞")
    assert (round(label.x * MM), round(value.x * MM)) == (20, 40)
    assert (label.y, value.size) == (value.y, 14)
    name, said = one(texts, "姓名"), one(texts, "欧阳")
    assert name.x == said.x
    assert name.y > said.y


def test_long_words_wrap_and_shrink():
    lines = [line for line in drawn("捕" * 25) if set(line.text) == {"捕"}]
    assert len(lines) > 1
    assert 6.5 <= lines[0].size < 14
    assert all(line.x + line.width <= 80 / MM for line in lines)


def test_what_has_no_room_is_not_held():
    assert placing.holds(BESIDE, Row("范围", "捕" * 25))
    assert not placing.holds(BESIDE, Row("范围", "捕" * 200))
    assert not placing.holds(BESIDE, Row("范" * 20, "捕"))  # a label wider than its part
