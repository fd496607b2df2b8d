"""The items of the hall and the 1,500 of Guangdong, published once for each module, for reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicehall.catalogue.publishing import publish
from servicehall.feeds import importing
from servicehall.identity.models import Region
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.standard.schema import Item
from tests.builders import StillClock, whole_database
from tests.standard.conftest import items, items_read

__all__ = ["items", "items_read", "whole"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, items_read: dict[str, Item]
) -> Iterator[UnitOfWork]:
    feed = importing.read_feed(ROOT / "items" / "guangdong-2021.jsonl", "guangdong")
    with whole_database(tmp_path_factory.mktemp("whole")) as opened:
        with UnitOfWork(opened, SYSTEM, StillClock(), {}) as work:
            for code, name, parent in (
                ("990000000000", "示范省", ""), ("990100000000", "示范市", "990000000000"),
                ("990101000000", "示范区", "990100000000"), ("440000000000", "广东省", ""),
            ):  # fmt: skip
                level = 2 + (len(code.rstrip("0")) - 1) // 2
                work.session.add(Region(code=code, name=name, level=level, parent=parent))
            publish(work, [*items_read.values(), *feed.items])
            work.commit()
        with UnitOfWork(opened, SYSTEM, StillClock(), {}) as work:
            yield work
