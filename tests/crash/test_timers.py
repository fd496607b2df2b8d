"""Timers that are killed while they fire: each fires once, in a process of its own (it forks)."""

import subprocess
import sys

from servicehall.kernel.settings import HOME


def test_killed_timers_are_neither_lost_nor_doubled() -> None:
    command = [sys.executable, "-m", "tests.crash.timers", "--cases", "7"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.startswith("7 timers due, "), done.stdout
    assert " 0 kills" not in done.stdout
