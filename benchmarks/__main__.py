"""``python -m benchmarks``: the hall, its limits and a peer, side by side; see README.md."""

import argparse
import re
import signal
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks import budgets, hall, limits, peer, report
from benchmarks.applicant import ITEM
from benchmarks.browser import Browser
from benchmarks.measuring import Measurement, rounds
from benchmarks.processes import Foreign
from benchmarks.services import Missing

OUT = Path(__file__).resolve().parents[1] / "instance" / "benchmarks"


def main() -> int:
    """Measure everything, print two tables, write results.json; 1 where something failed."""
    options = _options()
    signal.signal(signal.SIGTERM, _interrupted)
    OUT.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=OUT, prefix="run-")))
        _tell("preparing the hall")
        server, known, sessions = stack.enter_context(hall.opened(folder))
        visitor = Browser(server.base)
        page = visitor.get(f"/items/{ITEM}")
        measured = stack.enter_context(limits.opened(folder, page, visitor.headers))
        measured += hall.measurements(server, folder, sessions)
        facts = asdict(known) | {"guide_bytes": len(page), "memory_idle_mb": server.memory()}
        reason = _with_peer(stack, folder, measured, options)
        measured = [one for one in measured if re.search(options.only, one.name)]
        with Foreign() as foreign:
            done = _measured(measured, options)
        facts |= {
            "memory_mb": server.memory(), "memory_shared_out_mb": server.share(),
            "foreign_share": foreign.share, "rounds_done": done,
        }  # fmt: skip
    _show(measured, facts, reason, options)
    failed = any(one.failed for one in measured) or (reason and not options.without_peer)
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, choices=range(1, 21), metavar="1-20")
    parser.add_argument("--seconds", type=float, default=2.0, help="of one burst, at most 10")
    parser.add_argument("--without-peer", action="store_true", help="do not measure Indico")
    parser.add_argument(
        "--only", default="", help="measurements whose name this pattern finds, as guide|home"
    )
    options = parser.parse_args()
    options.seconds = min(options.seconds, 10.0)
    return options


def _measured(measured: list[Measurement], options: argparse.Namespace) -> int:
    """The rounds; interrupted, what was measured so far is still reported. The rounds done."""
    try:
        return rounds(measured, options.rounds, options.seconds, _tell)
    except KeyboardInterrupt:
        _tell("interrupted")
        return min((len(one.bursts.get(1, ())) for one in measured), default=0)


def _with_peer(
    stack: ExitStack, folder: Path, measured: list[Measurement], options: argparse.Namespace
) -> str:
    """Add the peer's measurements; the reason where it is not measured."""
    if options.without_peer:
        return "left out by --without-peer"
    _tell(f"preparing {peer.NAME}")
    try:
        measured += stack.enter_context(peer.opened(folder, OUT))
    except (Missing, RuntimeError, OSError) as error:
        return str(error)
    return ""


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _show(
    measured: list[Measurement], facts: dict[str, float], reason: str, options: argparse.Namespace
) -> None:
    results = {one.name: one.result() for one in measured}
    if reason:
        results[peer.NAME] = {"failed": reason}
    judged = budgets.budgets(results, facts)
    report.write(OUT / "results.json", results, facts, judged, vars(options))
    _tell("")
    print(report.figures(measured, results))
    if reason:
        print(f"not measured: {peer.NAME}: {reason}")
    print("\n" + report.judged_table(judged))
    print(f"\n{OUT.name}/results.json written; {facts['rounds_done']:.0f} whole rounds, medians; CPU"
          " is of the web processes alone, per unit, at 1 client; other programs took"
          f" {100 * facts['foreign_share']:.0f} % of the machine meanwhile")  # fmt: skip


def _tell(words: str) -> None:
    """Progress on standard error, one line that replaces itself."""
    end = "\n" if not sys.stderr.isatty() and words else "\r"
    print(f"\x1b[K{words}" if sys.stderr.isatty() else words, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
