"""Worklist: each case in exactly the lists of those who must do something; oldest first; lights."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import event

from servicehall.cases import holding
from servicehall.desk import worklist
from servicehall.desk.worklist import Filter, Which
from servicehall.handling import acceptance
from servicehall.kernel.errors import Forbidden
from servicehall.kernel.work import UnitOfWork
from tests.cases.halls import FOOD, ID_CARD, NURSE, Scene

HEALTH, MARKET = "reviewer-health", "reviewer-market"


def lists(stage: Scene, login: str, key: str) -> set[Which]:
    with stage.work(login) as work:
        pages = {which: worklist.queue(work, which).cases for which in worklist.WHICH}
    return {which for which, cases in pages.items() if key in {c.key for c in cases}}


def test_a_case_walks_through_the_lists(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    assert (lists(stage, "clerk", key), lists(stage, MARKET, key)) == ({"accept"}, set())
    stage.accepted(key)
    assert lists(stage, HEALTH, key) == {"review"}
    stage.agreed(HEALTH, key)
    assert lists(stage, HEALTH, key) == {"decide"}
    stage.granted(HEALTH, key)
    assert lists(stage, HEALTH, key) == lists(stage, "clerk", key) == {"done"}
    other = stage.applied("chen", ID_CARD)
    stage.does("clerk", other, acceptance.ask_correction, points=["照片不清晰"])
    assert lists(stage, "clerk", other) == {"correction"}
    with stage.work("clerk") as work:
        assert worklist.counts(work)["correction"] == 1
    with stage.work("wang") as work, pytest.raises(Forbidden):
        worklist.queue(work, "accept")


def test_pages_go_on_where_they_end(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for login in ("wang", "li"):
        stage.applied(login, ID_CARD)
    monkeypatch.setattr(worklist, "PAGE", 1)
    seen, after = [], ""
    with stage.work("clerk") as work:
        while True:
            page = worklist.queue(work, "accept", after=after)
            seen += [c.id for c in page.cases]
            if not (after := page.next):
                break
        assert len(seen) == len(set(seen))
        assert len(seen) == worklist.counts(work)["accept"]


def test_the_light_turns_as_time_passes(stage: Scene) -> None:
    key = stage.applied("li", FOOD, stage.firm())
    stage.accepted(key)  # due on 10 March, eight days on
    seen = []
    for days in (0, 3, 4, 7, 8, 9):
        with stage.later(days=days), stage.work("auditor") as work:
            seen.append(worklist.light(work, stage.case(work, key)))
    assert seen == ["green", "green", "yellow", "yellow", "red", "overdue"]
    draft = stage.begin("chen", NURSE)
    with stage.work("auditor") as work:
        assert worklist.light(work, stage.case(work, draft)) == "none"


def test_filters_narrow_and_pages_go_on(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with stage.work("clerk") as work:
        everything = {c.key for c in worklist.queue(work, "accept").cases}
        assert everything
        by_item = worklist.queue(work, "accept", asked=Filter(item=ID_CARD)).cases
        assert by_item
        assert {c.item_code for c in by_item} == {ID_CARD}
        assert not worklist.queue(work, "accept", asked=Filter(region="110000")).cases
        assert worklist.queue(work, "accept", asked=Filter(region="990101")).cases
    for days in (0, 4, 7, 30):
        with stage.later(days=days), stage.work("clerk") as work:
            rows = {light: worklist.queue(work, "accept", asked=Filter(light=light)).rows
                    for light in worklist.LIGHTS}  # fmt: skip
            assert all(row.light == light for light, found in rows.items() for row in found)
            assert {r.case.key for found in rows.values() for r in found} == everything
    monkeypatch.setattr(worklist, "PAGE", 1)
    with stage.work("clerk") as work:
        for odd in (
            "x",
            "2026-03-09",
            "2026-03-09_x",
            "_",
            "9999-99-99_1",
            "2026-03-09_" + "9" * 5000,
        ):
            assert len(worklist.queue(work, "accept", after=odd).cases) == 1
            assert len(worklist.queue(work, "done", after=odd).cases) == 1


def test_what_is_assigned_is_mine_and_what_ended_comes_latest_first(stage: Scene) -> None:
    key = stage.applied("chen", NURSE)
    with stage.work("clerk") as work:
        holding.claim(work, stage.case(work, key))
    assert "mine" in lists(stage, "clerk", key)
    assert "mine" not in lists(stage, "clerk-two", key)
    with stage.work("clerk") as work:
        assert worklist.counts(work)["mine"] == 1
        assert worklist.queue(work, "mine").rows[0].assignee == work.actor.id
    with stage.later(minutes=1):
        stage.does("clerk", key, acceptance.refuse, reason="不属于职权范围")
    with stage.work("clerk") as work:
        done = worklist.queue(work, "done")
        assert done.cases[0].key == key
        assert worklist.counts(work)["done"] == len(done.cases)
        assert worklist.queue(work, "done", asked=Filter(item=NURSE)).cases


def test_no_list_is_scanned_or_sorted(stage: Scene) -> None:
    """Each page walks an index in its order, so that ten million cases cost what ten thousand do."""
    pages = [
        (login, which, asked, after)
        for login in ("clerk", "reviewer-police")
        for which in worklist.WHICH
        for asked in (Filter(), Filter(item=ID_CARD), Filter(light="overdue"))
        for after in ("", "2026-03-09T00:00:00+00:00_5" if which == "done" else "2026-03-09_5")
        if which != "done" or asked == Filter()
    ]
    for login, which, asked, after in pages:
        with stage.work(login) as work:
            said = planned(work, partial(worklist.queue, work, which, asked=asked, after=after))
        assert said, which
        for plan in said:
            assert not any(word in plan for word in SLOW), (login, which, asked, plan)
        if after and asked == Filter():  # the rest of the same day is sought by its row, not walked
            assert re.search(r"(rowid|id) ?[<>]", said[0]), (login, which, said[0])


SLOW = ("SCAN task", "SCAN case", "TEMP B-TREE", "Seq Scan", "Sort")


def planned(work: UnitOfWork, act: Callable[[], object]) -> list[str]:
    """How the engine goes about each statement over tasks and cases that *act* asks."""
    asked: list[tuple[str, object]] = []

    def listener(connection, cursor, statement, parameters, context, many):  # type: ignore[no-untyped-def]
        if "LIMIT" in statement and ("FROM task" in statement or 'FROM "case"' in statement):
            asked.append((statement, parameters))

    connection = work.session.connection()
    event.listen(connection, "before_cursor_execute", listener)
    try:
        act()
    finally:
        event.remove(connection, "before_cursor_execute", listener)
    word = "EXPLAIN QUERY PLAN "
    if connection.dialect.name == "postgresql":
        word = "EXPLAIN "
        for way in ("seqscan", "sort", "bitmapscan"):  # else a small table is read whole
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return [
        "\n".join(str(row) for row in connection.exec_driver_sql(word + statement, parameters))
        for statement, parameters in asked
    ]
