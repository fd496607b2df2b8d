"""Measuring: every measurement in alternating rounds, then medians."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.load import Burst, Script, burst
from benchmarks.processes import Server

CLIENTS = (1, 4)


@dataclass
class Measurement:
    """One thing measured: *script* against *server*; without a server the client does the work.

    ``most`` bounds the units of one client in one burst, ``seconds`` (if given) its time.
    """

    name: str
    server: Server | None
    script: Script
    most: int = 1_000_000
    seconds: float = 0.0
    bursts: dict[int, list[Burst]] = field(default_factory=dict)
    failed: str = ""

    def run(self, clients: int, seconds: float) -> None:
        """One burst; what goes wrong is kept and reported, never taken for a figure."""
        base, meter = (self.server.base, self.server.cpu) if self.server else ("", None)
        try:
            one = burst(self.script, base, clients, self.seconds or seconds, self.most, meter)
        except (RuntimeError, OSError) as error:
            self.failed = str(error)
            return
        if one.units:
            self.bursts.setdefault(clients, []).append(one)

    def result(self) -> dict[str, Any]:
        """Medians over the rounds, by number of clients."""
        if self.failed or not self.bursts:
            return {"failed": self.failed or "nothing was measured"}
        return {str(clients): _medians(rounds) for clients, rounds in self.bursts.items()}

    def warm(self, seconds: float) -> None:
        """Templates compiled, pools filled, every worker reached: not a figure."""
        self.run(max(CLIENTS), seconds)
        self.bursts.clear()


def _medians(rounds: Sequence[Burst]) -> dict[str, Any]:
    def over(of: Callable[[Burst], float]) -> float:
        return median(of(one) for one in rounds)

    beside = {name for one in rounds for name in one.cpu} - {"web"}
    cpu = [1000 * one.cpu["web"] / one.units for one in rounds]
    return {
        "cpu_ms": median(cpu), "cpu_ms_low": min(cpu), "cpu_ms_high": max(cpu), "cpu_ms_rounds": cpu,
        "beside_cpu_ms": {n: over(lambda b, n=n: 1000 * b.cpu[n] / b.units) for n in sorted(beside)},
        "per_second": over(lambda b: b.units / b.seconds),
        "latency_ms": over(lambda b: 1000 * median(b.latencies)),
        "p99_ms": over(lambda b: 1000 * _percentile(b.latencies, 0.99)),
        "requests_per_unit": over(lambda b: b.requests / b.units),
        "units": sum(one.units for one in rounds), "rounds": len(rounds),
    }  # fmt: skip


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def rounds(
    measurements: Sequence[Measurement], count: int, seconds: float, tell: Callable[[str], None]
) -> int:
    """*count* rounds over all; every other round goes backwards, so that drift hits all alike."""
    for one in measurements:
        tell(f"warming  {one.name}")
        one.warm(seconds)
    for turn in range(count):
        order = list(measurements) if turn % 2 == 0 else list(reversed(measurements))
        for one in order:
            for clients in CLIENTS:
                if not one.failed:
                    tell(f"round {turn + 1}/{count}  {one.name}  ({clients})")
                    one.run(clients, seconds)
    return count
