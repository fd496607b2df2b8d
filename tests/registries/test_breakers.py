"""Breakers: after failures in a row nobody is asked; one good answer after the rest opens again."""

import threading

import pytest

from servicehall.registries.breakers import Breakers, Resting


def fail(breakers: Breakers, name: str = "a") -> None:
    with pytest.raises(OSError, match="down"), breakers.guard(name):
        raise OSError("down")


def test_failures_in_a_row_open_it_for_that_name_only() -> None:
    breakers = Breakers(failures=3, rest=1000)
    for _ in range(2):
        fail(breakers)
    with breakers.guard("a"):
        pass  # one success: counted from the beginning
    for _ in range(3):
        fail(breakers)
    with pytest.raises(Resting), breakers.guard("a"):
        raise AssertionError("asked all the same")
    with breakers.guard("b"):
        pass


def test_after_the_rest_one_answer_decides() -> None:
    breakers = Breakers(failures=1, rest=-1)  # over as soon as it begins
    fail(breakers)
    fail(breakers)  # the trial fails: open again, and over again
    with breakers.guard("a"):
        pass
    with breakers.guard("a"):
        pass


def test_questions_go_on_side_by_side() -> None:
    breakers, both = Breakers(), threading.Barrier(2, timeout=30)

    def asks() -> None:
        with breakers.guard("a"):
            both.wait()  # only passed when two are inside

    threads = [threading.Thread(target=asks) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not both.broken
