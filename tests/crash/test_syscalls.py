"""SIGKILL at every system call by which the issue path changes a file; then finish, and fsck."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from servicehall import factory
from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.kernel.settings import HOME, Settings
from servicehall.kernel.work import SYSTEM
from servicehall.oversight import integrity
from tests.builders import StillClock
from tests.crash.clients import ITEM
from tests.crash.granting import GO
from tests.journeys.stage import Stage

CALLS = (
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "link",
    "unlink",
    "ftruncate",
    "mkdir",
    "rename",
)
MOST = 4  # points of one kind of call
ALL = os.environ.get("HALL_REQUIRE_ALL") == "1"

pytestmark = [
    pytest.mark.tool,
    pytest.mark.skipif(
        shutil.which("strace") is None and not ALL, reason="strace is not installed"
    ),
]


@dataclass
class Granting:
    """The parent process, the folder with one accepted case, and room for copies of it."""

    process: subprocess.Popen[str]
    ready: Path
    key: str
    scratch: Path

    def run(self, name: str, *options: str) -> tuple[Path, int, str]:
        """Grant under strace in a fresh copy: the folder, how the hall ended, what was traced."""
        folder = self.scratch / name
        shutil.copytree(self.ready, folder)
        os.mkfifo(folder / GO)
        assert self.process.stdin
        self.process.stdin.write(f"{folder} {self.key}\n")
        self.process.stdin.flush()
        child = self._line()
        with (folder / GO).open("w"):  # opens once the child waits there
            watcher = subprocess.Popen(
                ["strace", "-f", "-p", child, "-o", folder / "trace", *options],
                stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            assert watcher.stderr
            assert "attached" in watcher.stderr.readline()
        ended = int(self._line())
        watcher.communicate()
        return folder, ended, (folder / "trace").read_text()

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def granting(on_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Granting]:
    scratch = tmp_path_factory.mktemp("granting")
    shutil.copytree(on_files, scratch / "ready")
    hall = factory.open_hall(Settings(data=str(scratch / "ready")), StillClock())
    stage = Stage(hall)
    key = stage.applied("wang", ITEM)
    stage.accepted(key)
    stage.agreed("reviewer-fund", key)
    hall.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.granting"], cwd=HOME, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    yield Granting(process, scratch / "ready", key, scratch)
    process.communicate()


def points(trace: str, most: int) -> list[tuple[str, int]]:
    """(call, which one): all of them, or *most* of each kind spread evenly, first and last too."""
    made = Counter(re.findall(r"^\d+\s+(\w+)\(", trace, re.MULTILINE))
    found = []
    for call in CALLS:
        last = made[call]
        chosen = {1 + n * (last - 1) // max(1, most - 1) for n in range(most)} if last else set()
        found += [(call, number) for number in sorted(chosen)]
    return found


def recovered(folder: Path, key: str) -> None:
    """Whatever was cut off: no breach, a second try or the worker ends it, no breach again."""
    hall = factory.open_hall(Settings(data=str(folder)), StillClock())
    stage = Stage(hall)
    try:
        assert breaches(hall) == []
        if stage.state(key) is State.ACCEPTED:
            stage.granted("reviewer-fund", key)
        serving.one_round(hall)
        assert stage.state(key) is State.CLOSED
        assert breaches(hall) == []
    finally:
        hall.close()


def breaches(hall: factory.Hall) -> list[str]:
    with hall.work(SYSTEM) as work:
        return list(integrity.breaches(work, hall.heads()))


def test_a_kill_at_any_change_of_a_file_is_survived(granting: Granting) -> None:
    traced = f"trace={','.join(CALLS)}"
    folder, ended, trace = granting.run("whole", "-e", traced)
    assert ended == 0
    recovered(folder, granting.key)
    chosen = points(trace, MOST)
    assert len(chosen) >= 20, Counter(call for call, _ in chosen)
    killed = 0
    for call, number in chosen:
        inject = f"inject={call}:signal=SIGKILL:when={number}"
        folder, ended, _ = granting.run(f"{call}{number}", "-e", traced, "-e", inject)
        killed += ended == -signal.SIGKILL
        recovered(folder, granting.key)
        shutil.rmtree(folder)
    assert killed >= len(chosen) * 9 // 10  # the last ones may not be reached: runs differ a little
