"""A character as a path: closed contours inside its em."""

from servicehall.printing import outline
from servicehall.printing.fonts import REGULAR
from tests.licenses.conftest import FONTS


def test_a_rare_character_has_its_outline():
    path, em = outline.of(FONTS, REGULAR, "𬱖")
    operators = [operator for operator, _ in path.parts]
    assert operators.count("M") == operators.count("C") > 3
    points = [v for _, every in path.parts for v in every]
    assert -0.3 * em < min(points) < max(points) < 1.2 * em
    assert path.parts != outline.of(FONTS, REGULAR, "顾")[0].parts
