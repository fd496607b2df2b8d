"""Issue: an edition is put in the place of the last, whole; what is wrong changes nothing."""

from pathlib import Path

import pytest

from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.kernel.work import SYSTEM, Actor
from servicehall.opendata import figures, issue, offers
from servicehall.opendata.openness import Classified
from servicehall.wiring import Hall

ORGANIZATIONS = "legal.organization"


def keys(hall: Hall, code: str = ORGANIZATIONS) -> list[str]:
    with hall.work(SYSTEM) as work:
        of = offers.one(work, code)
        return [row[of.key] for row in offers.everything(work, of)]


def test_a_sheet_replaces_the_last_edition(hall: Hall, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "uscc,name\n91990101MA9000001A,甲公司\n91990101MA9000002B,乙公司\n", "utf-8-sig"
    )
    assert len(keys(hall)) > 50
    with hall.work(SYSTEM) as work:
        of = offers.one(work, ORGANIZATIONS)
        assert issue.publish(work, of, issue.from_csv(sheet)) == 2
        work.commit()
        assert offers.editions(work)[ORGANIZATIONS].rows == 2
    assert keys(hall) == ["91990101MA9000001A", "91990101MA9000002B"]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [("uscc,name,representative_number\nA,甲,990102198506150019\n", Classified, "representative_number"),
     ("uscc,phone\nA,1\n", Classified, "phone"),
     ("uscc,name\nA,甲\nA,乙\n", Invalid, "第 2 行"),
     ("name\n甲\n", Invalid, "第 1 行"),
     ("uscc,name\nA\n", Invalid, "sheet.csv 第 2 行"),
     ("uscc,name\nA,甲,3\n", Invalid, "sheet.csv 第 2 行")],
)  # fmt: skip
def test_a_wrong_sheet_changes_nothing(
    hall: Hall, tmp_path: Path, text: str, kind: type[Exception], said: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text, "utf8")
    before = keys(hall)
    with hall.work(SYSTEM) as work, pytest.raises(kind, match=said):
        issue.publish(work, offers.one(work, ORGANIZATIONS), issue.from_csv(sheet))
    assert keys(hall) == before


def test_nobody_but_the_hall_publishes(hall: Hall) -> None:
    with hall.work(Actor("a", "b", frozenset({"steward"}))) as work, pytest.raises(Forbidden):
        issue.publish(work, figures.CASES, [])


def test_figures_are_made_anew_when_their_time_has_come(hall: Hall) -> None:
    with hall.work(SYSTEM) as work:
        assert not issue.figure_one(work, set())  # made when the hall opened
        hall.clock.forward(days=30)  # type: ignore[attr-defined]
        tried: set[int] = set()
        assert issue.figure_one(work, tried)
        assert issue.figure_one(work, tried)
        assert not issue.figure_one(work, tried)
        work.commit()
        assert offers.updated(work, figures.RATINGS) == hall.clock.now()
