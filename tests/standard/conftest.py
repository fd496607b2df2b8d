"""The items of the hall, as their files say."""

from pathlib import Path

import pytest

from servicehall.standard import loading
from servicehall.standard.schema import Item

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def items_read() -> dict[str, Item]:
    return loading.read_named(ROOT / "items")


@pytest.fixture
def items(items_read: dict[str, Item]) -> list[Item]:
    return list(items_read.values())
