"""Prefill: what five registries cost beside the slowest of them, idle and at 32 at once.

    python -m benchmarks.prefill [--delay 50] [--rounds 40] [--at-once 32]

A registry server in a process of its own answers real signed questions over HTTP after *delay* ms.
Figures are milliseconds of the wall: what a citizen waits. A dead registry hangs without an answer.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from servicehall.city import holdings
from servicehall.city.town import town
from servicehall.registries import protocol
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.connector import Answer, Query
from servicehall.sharing.datasets import DATASETS

KEY = "0123456789abcdef0123456789abcdef"
FIVE = (
    "population.person", "space.property", "credit.record", "civil.marriage", "social.insurance",
)  # fmt: skip
DEAD = "vehicle.record"
IDLE, BUSY = 1.1, 1.3


def serve(pipe: Connection, delay: float) -> None:
    """Answers signed questions *delay* seconds late; the dead dataset never answers."""
    holdings.records(FIVE[0], "")  # builds the city before the first question
    asyncio.run(_serving(pipe, delay))


async def _serving(pipe: Connection, delay: float) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(await _answer(head, reader, delay))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=512)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _answer(head: bytes, reader: asyncio.StreamReader, delay: float) -> bytes:
    """One whole exchange: what is asked is verified, what is answered signed."""
    first, *lines = head.decode("latin1").split("\r\n")
    headers = {name.title(): text.strip() for name, _, text in (x.partition(":") for x in lines)}
    body = await reader.readexactly(int(headers["Content-Length"]))
    now = datetime.now(UTC)
    asked = protocol.read_request(first.split()[1], body, headers, key=KEY.encode(), now=now)
    await asyncio.sleep(delay if asked.dataset != DEAD else 3600)
    records = holdings.records(asked.dataset, asked.subject)
    digest = protocol.digest(body)
    said = protocol.response(asked, records, request_hash=digest, key=KEY.encode(), at=now)
    top = f"HTTP/1.1 200 OK\r\nContent-Length: {len(said.body)}\r\n"
    return f"{top}X-Signature: {said.headers['X-Signature']}\r\n\r\n".encode() + said.body


@contextmanager
def registries(delay: float) -> Iterator[str]:
    """A running server; gives the connector's URL."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, delay), daemon=True
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
        Query("call-0001", name, person, tuple(DATASETS[name].fields), "比较", "x", "case", "actor")
        for name in datasets
    ]


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


def at_once(connector: ExchangeConnector, number: int, rounds: int) -> list[float]:
    """*number* citizens at once, each asking all five *rounds* times."""
    with ThreadPoolExecutor(number) as citizens:
        jobs = [citizens.submit(several, connector, rounds, *FIVE) for _ in range(number)]
        return [spent for job in jobs for spent in job.result()]


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
    with registries(chosen.delay / 1000) as url:
        connector = ExchangeConnector(url)
        several(connector, 3, *FIVE)  # connections are made
        at_once(connector, chosen.at_once, 1)
        print(f"  {'milliseconds':44}{'p50':>9}{'p99':>9}")
        alone = several(connector, chosen.rounds, FIVE[0])
        base = statistics.median(alone)
        shown("one registry alone", alone, base)
        idle = shown("five registries", several(connector, chosen.rounds, *FIVE), base)
        busy_name = f"five registries, {chosen.at_once} at once"
        busy = shown(
            busy_name, at_once(connector, chosen.at_once, max(5, chosen.rounds // 4)), base
        )
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
