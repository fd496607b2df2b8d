"""An element is found on its line."""

import pytest

from servicehall.standard.whereabouts import Whereabouts

FILE = """# a comment
code: "1"
materials:
  - code: photo
    standard: 清晰
  - {name: 无代号, code: plan}
themes: [a, b]
result:
  carries:
    name: literal:x
""".encode()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("code", 2), ("materials", 3), ("materials.photo", 4), ("materials.photo.standard", 5),
        ("materials.photo.missing", 4), ("materials.plan.name", 6), ("materials.1", 6),
        ("materials.9", 3), ("themes.1", 7), ("result.carries.name", 10), ("fee", 1), ("", 1),
    ],
)  # fmt: skip
def test_the_line_of_an_element(path, line):
    assert Whereabouts(FILE).line(path) == line


@pytest.mark.parametrize("content", [b"", b"a: [", b"\xff\xfe", b"- 1", b"x"])
def test_a_file_that_cannot_be_read_has_one_line(content):
    assert Whereabouts(content).line("materials.photo") == 1
