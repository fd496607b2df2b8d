"""Outgoing (上报导出): what changed since a day, as tables in a folder, with a report of every fault."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from servicehall.cases.models import Case
from servicehall.kernel.clock import local_date
from servicehall.kernel.work import UnitOfWork
from servicehall.reporting import records, uptables
from servicehall.reporting.schemes import SCHEMES
from servicehall.reporting.uptables import TABLES

Format = Literal["csv", "jsonl"]
BATCH = 200


@dataclass
class Report:
    """How many cases and rows went out, and every row that was held back with its reason."""

    cases: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    held_back: list[str] = field(default_factory=list)


def export(work: UnitOfWork, folder: Path, *, since: date, form: Format) -> Report:
    """Write the national tables, the states in each scheme and report.json into *folder*.

    Every case that was handed in and last changed on *since* or later; each is on record, and its
    party sees it. A row that breaks the table's rules is held back and named in the report. The
    caller commits. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    report, told = Report(), {name: list[uptables.Row]() for name in TABLES}
    states: list[uptables.Row] = []
    for case in _changed(work, since):
        report.cases += 1
        states.append(_states(case))
        for table, row in records.rows(work, case):
            if faults := uptables.faults(table, row):
                report.held_back += faults
            else:
                told[table].append(row)
                report.rows[table] += 1
        work.record("case.reported", case.matter, person=case.party)
    for table, rows in told.items():
        _write(folder / f"{table}.{form}", [c.name for c in TABLES[table]], rows, form)
    schemes = ["project_no", "state", *(scheme.name for scheme in SCHEMES)]
    _write(folder / f"states.{form}", schemes, states, form)
    _summary(folder / "report.json", report, since)
    return report


def _changed(work: UnitOfWork, since: date) -> Iterator[Case]:
    """Cases with a number, changed since that day in the hall, oldest first, some at a time."""
    last = 0
    while True:
        query = select(Case).where(Case.number.is_not(None), Case.id > last).order_by(Case.id)
        found: Sequence[Case] = work.session.scalars(query.limit(BATCH)).all()
        if not found:
            return
        last = found[-1].id
        yield from (case for case in found if local_date(_touched(case)) >= since)


def _touched(case: Case) -> datetime:
    moments = (case.saved_at, case.submitted_at, case.accepted_at, case.decided_at, case.closed_at)
    return max(at for at in moments if at)


def _states(case: Case) -> uptables.Row:
    codes = {scheme.name: scheme.code(case.state) for scheme in SCHEMES}
    return {"project_no": case.number or "", "state": case.state.value, **codes}


def _write(path: Path, columns: Sequence[str], rows: Sequence[uptables.Row], form: Format) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        if form == "jsonl":
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            return
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _summary(path: Path, report: Report, since: date) -> None:
    told = {
        "since": since.isoformat(), "cases": report.cases, "rows": dict(report.rows),
        "held_back": report.held_back,
    }  # fmt: skip
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
