"""Prefill: what five registries cost beside the slowest of them, idle and at 32 at once.

    python -m benchmarks.prefill [--delay 50] [--rounds 40] [--at-once 32]

A registry server in a process of its own answers real signed questions over HTTP after *delay* ms,
signed by the departments. Figures are milliseconds of the wall: what a citizen waits; below them
the CPU of one asking of five, which does not depend on what else the machine does. Those at once
are in two processes, as a hall has two. A dead registry hangs without an answer.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from servicehall.city import holdings
from servicehall.city.town import town
from servicehall.kernel.clock import SystemClock
from servicehall.registries import dialects, protocol
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.connector import Answer, Query
from servicehall.registries.dialects import Own
from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer

KEY = "0123456789abcdef0123456789abcdef"
FIVE = (
    "population.person", "space.property", "credit.record", "civil.marriage", "social.insurance",
)  # fmt: skip
DEAD = "vehicle.record"
NUMBERS = count()
IDLE, BUSY = 1.1, 1.3


def departments(folder: str) -> SoftwareSigner:
    """The departments' keys, the same for registry and hall."""
    return SoftwareSigner(Path(folder), b"s" * 32, SystemClock())


def serve(pipe: Connection, delay: float, folder: str) -> None:
    """Answers signed questions *delay* seconds late; the dead dataset never answers."""
    holdings.records(FIVE[0], "")  # builds the city before the first question
    asyncio.run(_serving(pipe, delay, departments(folder)))


async def _serving(pipe: Connection, delay: float, signer: SoftwareSigner) -> None:
    server = await asyncio.get_running_loop().create_server(
        lambda: Talk(delay, signer), "127.0.0.1", 0, backlog=512
    )
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class Talk(asyncio.Protocol):
    """One connection: what is asked is verified, what is answered signed; as cheap as it can be,
    since it runs on the same processors as what is measured."""

    def __init__(self, delay: float, signer: SoftwareSigner) -> None:
        self.delay, self.signer, self.heard = delay, signer, b""

    def connection_made(self, transport: Any) -> None:
        self.wire = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        head, found, rest = self.heard.partition(b"\r\n\r\n")
        if not found:
            return
        first, *lines = head.decode("latin1").split("\r\n")
        parts = (line.partition(":") for line in lines)
        headers = {name.title(): text.strip() for name, _, text in parts}
        if len(rest) < int(headers["Content-Length"]):
            return
        self.heard = b""
        keys, now = {"hall": KEY.encode()}, datetime.now(UTC)
        asked = dialects.read_own(first.split()[1], headers, rest, keys, now).request
        if asked.dataset != DEAD:
            loop = asyncio.get_running_loop()
            loop.call_later(self.delay, self.answer, asked, protocol.digest(rest), now)

    def answer(self, asked: protocol.Request, digest: str, now: datetime) -> None:
        records = holdings.records(asked.dataset, asked.subject)
        said = protocol.response(asked, records, request_hash=digest, at=now)
        issuer = Issuer(DATASETS[asked.dataset].provider, "示范部门")
        text = jws.seal(self.signer, issuer, said, typ=protocol.TYP, now=now).encode()
        self.wire.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text) + text)


@contextmanager
def registries(delay: float, folder: str) -> Iterator[str]:
    """A running server whose keys are in *folder*; gives the connector's URL."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, delay, folder), daemon=True
    )
    process.start()
    try:
        yield f"http://hall:{KEY}@127.0.0.1:{mine.recv()}"
    finally:
        process.terminate()
        process.join()


def questions(*datasets: str) -> list[Query]:
    person = town().cast.wang.number
    return [
        Query(
            f"call-{next(NUMBERS):08}", name, person, tuple(predicates.held(DATASETS[name])), "比较",
            "x", "case", "actor", "person:p",
        )
        for name in datasets
    ]  # fmt: skip


def asking(url: str, folder: str) -> ExchangeConnector:
    """A connector as the hall wires it."""
    return ExchangeConnector(url, Own, departments(folder).anchors)


def asked(connector: ExchangeConnector, *datasets: str) -> tuple[float, list[Answer]]:
    """Milliseconds until every question is answered or given up, and the answers."""
    begun = time.perf_counter()
    answers = connector.ask(questions(*datasets), datetime.now(UTC))
    return (time.perf_counter() - begun) * 1000, answers


def several(connector: ExchangeConnector, rounds: int, *datasets: str) -> list[float]:
    times = []
    for _ in range(rounds):
        spent, answers = asked(connector, *datasets)
        if wrong := [a.reason for a in answers if a.outcome == "unavailable"]:
            raise SystemExit(f"not answered: {wrong}")
        times.append(spent)
    return times


def crowd(pipe: Connection, url: str, folder: str, number: int, rounds: int) -> None:
    """One process of the hall: *number* citizens at once, each asking all five *rounds* times."""
    connector = asking(url, folder)
    with ThreadPoolExecutor(number) as citizens:
        warm = [citizens.submit(several, connector, 2, *FIVE) for _ in range(number)]
        wait(warm)
        pipe.send("ready")
        pipe.recv()
        begun = time.process_time()
        jobs = [citizens.submit(several, connector, rounds, *FIVE) for _ in range(number)]
        times = [spent for job in jobs for spent in job.result()]
        pipe.send((times, (time.process_time() - begun) * 1000 / len(times)))
    connector.close()


def at_once(url: str, folder: str, number: int, rounds: int) -> tuple[list[float], float]:
    """*number* citizens at once in two processes; their times, and the CPU of one asking."""
    context, pipes, processes = multiprocessing.get_context("spawn"), [], []
    for _ in range(2):
        mine, theirs = multiprocessing.Pipe()
        process = context.Process(
            target=crowd, args=(theirs, url, folder, number // 2, rounds), daemon=True
        )
        process.start()
        pipes.append(mine)
        processes.append(process)
    for pipe in pipes:
        pipe.recv()
    for pipe in pipes:
        pipe.send("go")
    told = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    return [spent for times, _ in told for spent in times], max(cpu for _, cpu in told)


def shown(name: str, times: Sequence[float], base: float) -> float:
    middle = statistics.median(times)
    worst = sorted(times)[int(len(times) * 0.99)]
    print(f"  {name:44}{middle:9.1f}{worst:9.1f}   {middle / base:5.2f} ×")
    return middle / base


def main() -> int:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--delay", type=float, default=50.0, help="ms before every answer")
    said.add_argument("--rounds", type=int, default=40)
    said.add_argument("--at-once", type=int, default=32)
    chosen = said.parse_args()
    with TemporaryDirectory() as folder, registries(chosen.delay / 1000, folder) as url:
        connector = asking(url, folder)
        several(connector, 3, *FIVE)  # connections are made
        print(f"  {'milliseconds':44}{'p50':>9}{'p99':>9}")
        alone = several(connector, chosen.rounds, FIVE[0])
        base = statistics.median(alone)
        shown("one registry alone", alone, base)
        begun = time.process_time()
        times = several(connector, chosen.rounds, *FIVE)
        spent = (time.process_time() - begun) * 1000 / chosen.rounds
        idle = shown("five registries", times, base)
        together, cpu = at_once(url, folder, chosen.at_once, max(5, chosen.rounds // 2))
        busy = shown(f"five registries, {chosen.at_once} at once", together, base)
        print(f"  CPU of asking five: {spent:.2f} ms alone, {cpu:.2f} ms at once")
        one_by_one = [sum(several(connector, 1, name)[0] for name in FIVE) for _ in range(5)]
        shown("five, one after the other", one_by_one, base)
        dead(connector)
        connector.close()
    verdicts = [(idle <= IDLE, f"five idle {idle:.2f} ≤ {IDLE} ×"),
                (busy <= BUSY, f"five at {chosen.at_once} at once {busy:.2f} ≤ {BUSY} ×")]  # fmt: skip
    for holds, name in verdicts:
        print(f"  {'holds         ' if holds else 'does not hold '} {name}")
    return 0 if all(holds for holds, _ in verdicts) else 1


def dead(connector: ExchangeConnector) -> None:
    """A sixth registry that hangs: what the others took, and how long one waits for all."""
    for number in range(1, 8):
        spent, answers = asked(connector, *FIVE, DEAD)
        others = max(answer.milliseconds for answer in answers[:-1])
        print(f"  with a dead one, time {number}: the others {others} ms, all {spent:.0f} ms"
              f" ({answers[-1].reason})")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
