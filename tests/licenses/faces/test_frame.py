"""The frame leaves its layout the room between title and seal."""

import pytest

from servicehall.licenses.faces import frame
from servicehall.licenses.rendering import size
from servicehall.licenses.schema import Template
from tests.licenses.test_rendering import made


@pytest.mark.parametrize("page", ["a4-portrait", "a4-landscape"])
def test_room_between_title_and_seal(page):
    record = made(template=Template(page=page))
    left, width, top, foot = frame.room(record.type.name, size(record.template))
    assert left + width < size(record.template)[0] - frame.MARGIN
    assert top - foot > 200
