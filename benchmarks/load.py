"""Load (负载): bounded clients in processes of their own, on this machine only."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Protocol

GRACE = 120.0  # seconds a client may be late before the run is given up
FORK = multiprocessing.get_context("fork")


class Step(Protocol):
    """One unit of work (a request, a submission, a commit); raises where the answer is wrong."""

    @property
    def requests(self) -> int: ...

    def __call__(self) -> None: ...


Script = Callable[[str, int, int], Step]
"""``script(base, client, most)``: prepare one client, unmeasured, for at most *most* units."""


@dataclass
class Burst:
    """What some clients did together; CPU in seconds by process tree."""

    units: int
    requests: int
    seconds: float
    latencies: list[float]
    cpu: dict[str, float] = field(default_factory=dict)


def burst(
    script: Script, base: str, clients: int, seconds: float, most: int,
    meter: Callable[[], dict[str, float]] | None,
) -> Burst:  # fmt: skip
    """*clients* at once, each until *seconds* or *most* units are over; ends by itself.

    Without a *meter* the work is in the client itself and its own CPU is what counts.
    """
    ends = [_start(script, base, index, seconds, most) for index in range(clients)]
    try:
        for _, pipe in ends:
            _heard(pipe)  # prepared
        before = meter() if meter else {}
        for _, pipe in ends:
            pipe.send("go")
        results = [_heard(pipe) for _, pipe in ends]
        after = meter() if meter else {}
    finally:
        for process, _ in ends:
            process.join(5)
            if process.is_alive():
                process.kill()
    used = {name: after[name] - before[name] for name in after}
    if meter is None:
        used = {"web": sum(r["cpu"] for r in results)}
    return Burst(
        units=sum(len(r["latencies"]) for r in results),
        requests=sum(r["requests"] for r in results),
        seconds=max(r["end"] for r in results) - min(r["start"] for r in results),
        latencies=[one for r in results for one in r["latencies"]],
        cpu=used,
    )


def _start(script: Script, base: str, index: int, seconds: float, most: int) -> tuple[Any, Any]:
    ours, theirs = FORK.Pipe()
    process = FORK.Process(
        target=_client, args=(theirs, script, base, index, seconds, most), daemon=True
    )
    process.start()
    theirs.close()
    return process, ours


def _heard(pipe: Connection) -> Any:
    if not pipe.poll(GRACE):
        raise RuntimeError("a client did not answer in time")
    said = pipe.recv()
    if isinstance(said, str) and said != "ready":
        raise RuntimeError(said)
    return said


def _client(
    pipe: Connection, script: Script, base: str, index: int, seconds: float, most: int
) -> None:
    try:
        step = script(base, index, most)
        pipe.send("ready")
        pipe.recv()
        pipe.send(_go(step, seconds, most))
    except Exception as error:  # the parent tells it
        pipe.send(f"{type(error).__name__}: {error}")


def _go(step: Step, seconds: float, most: int) -> dict[str, Any]:
    requests, cpu = step.requests, _own()
    latencies: list[float] = []
    start = last = time.monotonic()
    while last - start < seconds and len(latencies) < most:
        step()
        now = time.monotonic()
        latencies.append(now - last)
        last = now
    return {
        "start": start, "end": last, "latencies": latencies,
        "requests": step.requests - requests, "cpu": _own() - cpu,
    }  # fmt: skip


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
