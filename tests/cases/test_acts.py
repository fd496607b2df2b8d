"""Acts: each step of the table has one, with a right, a paper and an end that exist."""

import pytest

from servicehall.cases.acts import ACTS, outcome
from servicehall.cases.states import ENDED, NAMES, NEXT, OPEN, State
from servicehall.documents.kinds import KINDS
from servicehall.identity.policy import MAY
from servicehall.kernel.settings import HOME


def test_every_step_of_the_table_is_described_and_nothing_else() -> None:
    assert set(ACTS) == {act for _, act in NEXT}


@pytest.mark.parametrize("act", ACTS)
def test_what_an_act_names_exists(act: str) -> None:
    told = ACTS[act]
    assert told.right in {"", *MAY}
    assert told.paper in {"", *KINDS}
    assert told.entry.startswith("case.")
    assert told.law.startswith("行政许可法") or act == "withdraw"


def test_every_end_has_its_code_and_nothing_open_does() -> None:
    assert {outcome(state, certified=True) for state in ENDED} == {"0", "1", "2", "5", "6"}
    assert {outcome(state, certified=False) for state in OPEN} == {""}
    assert outcome(State.CLOSED, certified=False) == "6"


def page() -> str:
    """The table as a stranger reads it."""
    lines = [
        "# The life of a case", "",
        "Made from `servicehall/cases/states.py` and `acts.py`; `tests/cases/test_acts.py` proves it current.", "",
        "| from | act | to | who | guard | law | paper |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for (state, act), led in NEXT.items():
        told = ACTS[act]
        who = "、".join(sorted(MAY[told.right])) if told.right else "timer"
        paper = KINDS[told.paper].title if told.paper else ""
        lines.append(
            f"| {NAMES[state]} | {told.name} | {NAMES[led]} | {who} | {told.guard} | {told.law} | {paper} |"
        )
    return "\n".join(lines) + "\n"


def test_the_page_about_it_is_current() -> None:
    assert (HOME / "docs" / "life-of-a-case.md").read_text("utf8") == page()
