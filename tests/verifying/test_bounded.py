"""A file that hangs, eats memory or kills its reader ends one process, nothing else."""

import sys
import threading

import pytest

from servicehall.kernel.errors import Unavailable
from servicehall.verifying.bounded import Examiners

DAMAGED = {"pdf": {"refused": "damaged"}}


def reading(act, seconds=600.0):
    """Examiners whose forks do *act* with ``content`` where it begins with a bang."""
    program = (
        "import os, sys, time\n"
        "from servicehall.verifying import examiner\n"
        "known = examiner.answer\n"
        f"def hostile(content): {act}\n"
        "examiner.answer = lambda content: (hostile if content[:1] == b'!' else known)(content)\n"
        "examiner.main()\n"
    )
    return Examiners((sys.executable, "-c", program), seconds)


@pytest.fixture
def examiners():
    made = Examiners(seconds=600.0)
    yield made
    made.close()


def test_the_same_process_answers_again_and_again(examiners):
    assert examiners.ask(b"%PDF-1.7") == DAMAGED
    process, _ = examiners._waiting
    assert examiners.ask(b"%PDF-1.7" + b"x" * 3_000_000) == DAMAGED
    assert examiners._waiting[0] is process


@pytest.mark.parametrize(
    "act",
    ["sys.exit(3)", "os.abort()", "os.kill(os.getpid(), 9)", "return {1, 2}",
     "[0] * (1 << 28)", "__import__('tempfile').TemporaryFile(buffering=0).write(b'x' * 9999)"],
)  # fmt: skip
def test_one_that_breaks_finds_nothing_and_the_next_is_answered(act):
    examiners = reading(act)
    assert examiners.ask(b"!" + b"x" * 100_000) == {}
    assert examiners.ask(b"%PDF-1.7") == DAMAGED
    examiners.close()


def test_one_that_takes_all_its_processor_time_finds_nothing():
    examiners = reading("[None for _ in iter(int, 1)]", seconds=600.0)
    assert examiners.ask(b"!") == {}
    examiners.close()


def test_one_that_waits_though_it_has_time_says_nothing_of_the_file_and_holds_up_no_other():
    examiners = reading("time.sleep(600)")
    examiners.ask(b"%PDF-1.7")
    examiners._seconds = 0.2
    with pytest.raises(Unavailable, match="没有得出任何结论"):
        examiners.ask(b"!")
    examiners._seconds = 600.0
    assert examiners.ask(b"%PDF-1.7") == DAMAGED
    examiners.close()


def test_a_computer_too_busy_to_begin_says_nothing_of_the_file():
    examiners = Examiners((sys.executable, "-c", "import time; time.sleep(600)"), 0.2)
    with pytest.raises(Unavailable):
        examiners.ask(b"%PDF-1.7")
    examiners.close()


@pytest.mark.parametrize("program", ["import sys; sys.exit(3)", "import os; os.abort()"])
def test_one_that_never_starts_says_nothing_of_the_file(program):
    examiners = Examiners((sys.executable, "-c", program), 600.0)
    with pytest.raises(Unavailable):
        examiners.ask(b"%PDF-1.7")
    examiners.close()


def test_a_dead_one_is_replaced(examiners):
    assert examiners.ask(b"%PDF-1.7") == DAMAGED
    examiners._waiting[0].kill()
    examiners._waiting[0].wait()
    assert examiners.ask(b"%PDF-1.7") == DAMAGED


def test_many_at_once(examiners):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(examiners.ask(b"%PDF-1.7"))) for _ in range(4)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert found == [DAMAGED] * 4
