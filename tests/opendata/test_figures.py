"""Figures: as things went, and nothing so small that it could be somebody."""

from sqlalchemy import insert

from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.feedback import ratings
from servicehall.kernel.work import UnitOfWork
from servicehall.opendata import figures
from servicehall.opendata.openness import released
from tests.cases.halls import NURSE, Scene


def many(work: UnitOfWork, like: Case, state: State, times: int) -> None:
    """As many cases like that one, in this state."""
    columns = {c.key: getattr(like, c.key) for c in Case.__mapper__.column_attrs if c.key != "id"}
    unlike = {"number": None, "submit_key": None, "state": state}
    rows = [
        {**columns, **unlike, "key": f"{state}-{n}", "matter": f"{state}-{n}"} for n in range(times)
    ]
    rows = [{k: v for k, v in row.items() if hasattr(Case, k)} for row in rows]
    work.session.execute(insert(Case), rows)


def test_a_small_number_is_not_told() -> None:
    assert [figures.public(n) for n in (0, 1, 9, 10, 1000)] == ["0", "<10", "<10", "10", "1000"]


def test_each_outcome_of_each_item_and_no_totals(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.hall.work(stage.actor("auditor")) as work:
        like = stage.case(work, key)
        before = {row["item"]: row for row in figures.cases(work)}[NURSE]
        assert before["open"] == "<10"
        assert (before["granted"], before["refused"]) == ("0", "0")
        many(work, like, State.CLOSED, 12)
        many(work, like, State.REFUSED, 3)
        many(work, like, State.DRAFT, 30)  # what was never submitted is nobody's business
        (row,) = [row for row in figures.cases(work) if row["item"] == NURSE]
        assert (row["granted"], row["refused"], row["open"]) == ("12", "<10", "<10")
        assert row["department"]
        assert set(row) == set(figures.CASES.columns)  # nothing to subtract from
        work.rollback()


def test_every_grade_is_counted(stage: Scene) -> None:
    with stage.hall.work(stage.actor("auditor")) as work:
        rows = list(released(figures.RATINGS, figures.judged(work)))
        assert [row["grade"] for row in rows] == ["5", "4", "3", "2", "1"]
        assert {int(r["grade"]): int(r["times"]) for r in rows} == ratings.counts(work)
