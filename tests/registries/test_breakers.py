"""Breakers: after failures in a row nobody is asked; one good answer after the rest opens again."""

import pytest

from servicehall.registries.breakers import Breakers, Resting


def fail(breakers: Breakers, name: str = "a") -> None:
    breakers.ask(name)
    breakers.told(name, OSError("down"))


def answer(breakers: Breakers, name: str = "a") -> None:
    breakers.ask(name)
    breakers.told(name, None)


def test_failures_in_a_row_open_it_for_that_name_only() -> None:
    breakers = Breakers(failures=3, rest=1000)
    for _ in range(2):
        fail(breakers)
    answer(breakers)  # one success: counted from the beginning
    for _ in range(3):
        fail(breakers)
    with pytest.raises(Resting):
        breakers.ask("a")
    answer(breakers, "b")


def test_after_the_rest_one_answer_decides() -> None:
    breakers = Breakers(failures=1, rest=-1)  # over as soon as it begins
    fail(breakers)
    fail(breakers)  # the trial fails: open again, and over again
    answer(breakers)
    answer(breakers)


def test_questions_go_on_side_by_side() -> None:
    """Two are under way when both fail; the third is not asked."""
    breakers = Breakers(failures=2, rest=1000)
    for _ in range(2):
        breakers.ask("a")
    for _ in range(2):
        breakers.told("a", OSError("down"))
    with pytest.raises(Resting):
        breakers.ask("a")
