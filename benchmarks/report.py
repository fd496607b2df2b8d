"""Report: the tables for a terminal, and results.json."""

import json
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.budgets import Budget
from benchmarks.measuring import Measurement
from benchmarks.processes import THREADS, WORKERS

HEAD = [
    "measured",
    "CPU ms",
    "low–high",
    "beside ms",
    "per s, 1",
    "per s, 4",
    "p50 ms",
    "p99 ms, 4",
    "req.",
]


def write(path: Path, results: dict[str, Any], facts: dict[str, Any],
          judged: Sequence[Budget], options: dict[str, Any]) -> None:  # fmt: skip
    """Everything in one file, so that two runs can be compared."""
    text = json.dumps(
        {
            "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(),
            "commit": _commit(), "options": options, "facts": facts, "results": results,
            "budgets": [
                {"path": b.path, "wanted": b.wanted, "found": b.found, "unit": b.unit,
                 "verdict": b.verdict}
                for b in judged
            ],
        },
        ensure_ascii=False, indent=1,
    )  # fmt: skip
    path.write_text(text + "\n", "utf8")


def machine() -> dict[str, Any]:
    """What the absolute figures belong to."""
    info = Path("/proc/cpuinfo").read_text()
    names = [line.split(":", 1)[1].strip() for line in info.splitlines() if "model name" in line]
    return {
        "cpu": names[0] if names else platform.machine(), "cores": len(names),
        "python": platform.python_version(), "system": platform.platform(),
        "servers": f"granian, {WORKERS} workers × {THREADS} blocking thread",
        "load_at_end": Path("/proc/loadavg").read_text().split()[:3],
    }  # fmt: skip


def _commit() -> str:
    home = Path(__file__).resolve().parents[1]
    asked = ["git", "-C", str(home), "describe", "--always", "--dirty"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def figures(measurements: Iterable[Measurement], results: dict[str, Any]) -> str:
    """One line for each measurement."""
    rows: list[Sequence[str]] = [HEAD]
    failed = []
    for one in measurements:
        result = results[one.name]
        if "failed" in result:
            failed.append(f"not measured: {one.name}: {result['failed'][:400]}")
            continue
        few, many = result["1"], result["4"]
        beside = " ".join(f"{k} {v:.2f}" for k, v in few["beside_cpu_ms"].items() if v >= 0.005)
        rows.append((
            one.name, _n(few["cpu_ms"]), f"{_n(few['cpu_ms_low'])}–{_n(few['cpu_ms_high'])}",
            beside or "–", _n(few["per_second"]), _n(many["per_second"]),
            _n(few["latency_ms"]), _n(many["p99_ms"]), f"{few['requests_per_unit']:.0f}",
        ))  # fmt: skip
    return "\n".join([_table(rows), *failed])


def judged_table(judged: Sequence[Budget]) -> str:
    """The budgets and what this run says of them."""
    rows = [("budget", "wanted", "found", "verdict")]
    rows += [(b.path, b.wanted, b.shown, b.verdict) for b in judged]
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> str:
    wide = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, wide, strict=True))
        )
        for row in rows
    ]
    return "\n".join([lines[0], "─" * len(lines[0]), *lines[1:]])


def _n(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
