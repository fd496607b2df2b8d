"""Cards: what an item promises at a glance."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from servicehall.portals.citizen import cards
from tests.cases.halls import NURSE


@dataclass
class Entry:
    """An item as a list knows it."""

    code: str = NURSE
    name: str = "护士执业注册"
    name_en: str = ""
    department_name: str = "示范区卫生健康局"
    type: str = "01"
    instant: bool = False
    applicable: bool = True
    promised_days: int | None = 5
    exempt_count: int = 4
    state: str = "in_use"
    notice: Any = None


@pytest.mark.parametrize(
    ("entry", "words"),
    [(Entry(), ["承诺 5 个工作日", "可网办", "4 份材料免提交"]),
     (Entry(instant=True, exempt_count=0), ["即办件", "可网办"]),
     (Entry(promised_days=None), ["可网办", "4 份材料免提交"]), (Entry(applicable=False), ["办事指南"]),
     (Entry(state="suspended"), ["暂停办理"])],
)  # fmt: skip
def test_badges_promise_what_holds(app: Flask, entry: Entry, words: list[str]) -> None:
    with app.test_request_context("/"):
        app.preprocess_request()
        assert [text for text, _ in cards.badges(entry)] == words
        card = cards.card(entry)
        assert (card["url"], card["type_name"]) == (f"/items/{NURSE}", "行政许可")


def test_every_theme_tile_leads_to_a_list(app: Flask) -> None:
    with app.test_request_context("/"):
        app.preprocess_request()
        tiles = cards.theme_tiles("natural", {"natural-145": 3, "natural-999": 1}, 8)
    assert [(t[0], t[2], t[4]) for t in tiles] == [("natural-145", "3 个事项", "medical")]
