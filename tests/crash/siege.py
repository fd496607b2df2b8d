"""The siege: serve, let three clients act, SIGKILL at a random moment, start again, judge."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random

from servicehall import factory
from servicehall.kernel.settings import HOME
from tests.crash.clients import CLERK, DUPLICATED, REVIEWER, Browser, Client, Record
from tests.crash.server import Job
from tests.crash.verdict import Verdict, judge

LOGINS = ("wang", "li", "chen")
EARLY, LONGEST = 0.2, 0.5  # share of kills before anything is promised; seconds after it


@dataclass
class Result:
    """The figures of one siege."""

    kills: int = 0
    seconds: float = 0.0
    record: Record = field(default_factory=Record)
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def clean(self) -> bool:
        return self.verdict.clean and not self.record.odd

    def __str__(self) -> str:
        found = self.verdict
        lines = [
            f"{self.kills} kills, {self.record.acts.total()} acknowledged acts, "
            f"{len(found.lost)} lost, {len(found.doubled)} doubled, {len(found.stuck)} stuck, "
            f"{len(found.breaches)} breaches, {len(self.record.odd)} odd answers, "
            f"{self.seconds:.0f} s",
            *(found.lost + found.doubled + found.stuck + found.breaches + self.record.odd)[:20],
        ]
        return "\n  ".join(lines)


class Parent:
    """The prepared parent process, which forks one hall at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.server"], cwd=HOME, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def serve(self, job: Job) -> str:
        """Fork a hall; its address, once it listens."""
        return f"http://127.0.0.1:{int(self._say(job.line()))}"

    def kill(self) -> None:
        """SIGKILL the hall and wait until nothing is left of it."""
        assert self._say("kill") == "dead"

    def close(self) -> None:
        self._process.communicate()

    def _say(self, line: str) -> str:
        into, out = self._process.stdin, self._process.stdout
        assert into
        assert out
        into.write(line + "\n")
        into.flush()
        return out.readline().strip()


@contextmanager
def parent() -> Iterator[Parent]:
    made = Parent()
    try:
        yield made
    finally:
        made.close()


def siege(
    nest: Parent,
    job: Job,
    *,
    kills: int,
    seed: int,
    at: str = "",
    every: int = 50,
    twice: float = DUPLICATED,
) -> Result:
    """*kills* times: start, act, kill, start again. Judged every *every* kills and at the end.

    With *at* the hall is killed as soon as somebody is told that this act is done; *twice* is how
    often a submit is a double click.
    """
    result, chance, begun = Result(), Random(seed), time.monotonic()  # noqa: S311
    base = nest.serve(replace(job, defect=""))
    staff = Browser(base, CLERK), Browser(base, REVIEWER)
    clients = [
        Client(Browser(base, login), *staff, result.record, Random(seed + number))  # noqa: S311
        for number, login in enumerate(LOGINS)
    ]
    for client in clients:
        client.twice = twice
    nest.kill()
    for number in range(1, kills + 1):
        _one(nest, job, clients, chance, at)
        result.kills += 1
        if number % every == 0 or number == kills:
            result.verdict = _judged(job, result.record)
            if not result.verdict.clean:
                break
    result.seconds = time.monotonic() - begun
    return result


def _one(nest: Parent, job: Job, clients: list[Client], chance: Random, at: str) -> None:
    base, stop = nest.serve(job), threading.Event()
    promised, moment = threading.Event(), threading.Event()
    left = threading.Semaphore(len(clients) - 1)

    def done(act: str) -> None:
        promised.set()
        if act == at:
            moment.set()

    def act(client: Client) -> None:
        client.done = done
        client.run(base, stop)
        if not left.acquire(blocking=False):
            done(at)  # the hall died by itself, and nobody is left to act

    threads = [threading.Thread(target=act, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    if not at and chance.random() > EARLY:
        promised.wait(20)
    moment.wait(20 if at else chance.uniform(0.01, LONGEST))
    nest.kill()
    stop.set()
    for thread in threads:
        thread.join()


def _judged(job: Job, record: Record) -> Verdict:
    hall = factory.open_hall(job.settings, job.clock)
    try:
        return judge(hall, record.acts)
    finally:
        hall.close()
