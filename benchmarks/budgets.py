"""Budgets (预算): what PERFORMANCE promises, against the figures of this very run."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

HOLDS, NOT_YET, UNMEASURED = "holds", "does not hold yet", "not measured"
Results = Mapping[str, Any]

GUIDE, HOME, SUBMIT = "hall: guide", "hall: home", "hall: submit alone"
WHOLE, PDF = "hall: whole application", "hall: verify by PDF"
# The limit of a page is a raw application that gives the very same answer, headers and all.
RAW = "limit: raw WSGI, the guide page with its headers"
CONVENTIONAL = "limit: conventional POST + commit"
SHORT = "Indico 3.2.9: registration, fewest requests"
LONG = "Indico 3.2.9: registration as a browser does it"


@dataclass(frozen=True)
class Budget:
    """One line of the table; *found* is None where a figure it needs is missing."""

    path: str
    wanted: str
    found: float | None
    limit: float
    unit: str
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.found is None:
            return UNMEASURED
        held = self.found >= self.limit if self.at_least else self.found <= self.limit
        return HOLDS if held else NOT_YET

    @property
    def shown(self) -> str:
        return "–" if self.found is None else f"{self.found:,.3g} {self.unit}".strip()


def budgets(results: Results, facts: Results) -> list[Budget]:
    """Every budget this run can judge, and by name those it cannot."""
    cpu = _of(results, "cpu_ms")
    rate = _of(results, "per_second", "4")
    return [
        Budget("whole application, web CPU", "≤ 20 ms", cpu(WHOLE), 20, "ms"),
        Budget("whole application per second ÷ Indico's (fewest requests), 4 clients", "≥ 20 ×",
               _ratio(rate(WHOLE), rate(SHORT)), 20, "×", True),
        Budget("whole application per second ÷ Indico's (as a browser does it), 4 clients",
               "≥ 20 ×", _ratio(rate(WHOLE), rate(LONG)), 20, "×", True),
        Budget("submit alone ÷ conventional POST + commit, CPU", "≤ 4 ×",
               _ratio(cpu(SUBMIT), cpu(CONVENTIONAL)), 4, "×"),
        Budget("submit alone per second ÷ conventional, 4 clients (stretch)", "≥ 3.5 ×",
               _ratio(rate(SUBMIT), rate(CONVENTIONAL)), 3.5, "×", True),
        Budget("anonymous guide: raw WSGI CPU ÷ ours", "≥ 90 %",
               _percent(_beside(results, RAW, GUIDE)), 90, "%", True),
        Budget("home: raw WSGI CPU ÷ ours", "≥ 90 %",
               _percent(_beside(results, RAW, HOME)), 90, "%", True),
        Budget("verify a PDF, CPU", "≤ 15 ms", cpu(PDF), 15, "ms"),
        Budget("home page, server time (1 client, median)", "≤ 50 ms",
               _of(results, "latency_ms")(HOME), 50, "ms"),
        Budget("home page, transferred with all it links", "≤ 100 kB",
               _scaled(facts.get("home_bytes"), 1e-3), 100, "kB"),
        Budget("memory of the largest web worker, after the load", "≤ 120 MB",
               facts.get("memory_mb"), 120, "MB"),
        Budget("second start, until ready", "≤ 3 s", facts.get("second_start_seconds"), 3, "s"),
        *(Budget(name, wanted, None, 0, "") for name, wanted in ELSEWHERE),
    ]  # fmt: skip


ELSEWHERE = (
    ("whole application per second ÷ Open Forms'", "≥ 20 ×"),
    ("search at 1 M items, p99", "≤ 1 ms"),
    ("prefill from 5 registries over a network", "≤ 1.1 × slowest"),
    ("worklist at 10 M cases ÷ at 10 k", "≤ 1.3 ×"),
    ("issue a license ÷ durable commit rate", "≥ 50 %"),
    ("verify a record ÷ raw verify rate", "≥ 60 %"),
    ("outbox enqueue in the commit", "≤ 40 µs"),
    ("failover of PostgreSQL under load, gap", "< 1 s"),
    ("cold install with a near mirror", "≤ 60 s"),
)


def _of(results: Results, figure: str, clients: str = "1") -> Any:
    def get(name: str) -> float | None:
        found = results.get(name, {}).get(clients, {}).get(figure)
        return None if found is None else float(found)

    return get


def _beside(results: Results, one: str, other: str) -> float | None:
    """The CPU of *one* ÷ that of *other*: the median of the ratios of each round at 1 client, because
    a computer shared with others is at times half as fast as a minute before."""
    mine, theirs = (results.get(n, {}).get("1", {}).get("cpu_ms_rounds", ()) for n in (one, other))
    ratios = [a / b for a, b in zip(mine, theirs, strict=False)]  # the last round may lack one
    return median(ratios) if ratios else None


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _scaled(value: Any, by: float) -> float | None:
    return None if value is None else float(value) * by
