"""``python -m benchmarks.lint``: recall and precision of the lint, and what it finds in a province.

The seeded list is tests/inspection/seeded_proofs.yaml, written by hand. A planted proof counts as
found when all of its papers are known to be superfluous and the right source is named.
"""

import argparse
from collections import Counter
from pathlib import Path
from time import perf_counter

from ruamel.yaml import YAML

from servicehall.feeds.importing import read_feed
from servicehall.inspection import recognition
from servicehall.inspection.linting import lint, report
from servicehall.licenses import schema
from servicehall.revising.crosscheck import surroundings
from servicehall.standard.problems import Surroundings

HOME = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print both tables; ``--names`` lists every name that the lint found in the real guides."""
    parser = argparse.ArgumentParser("benchmarks.lint")
    parser.add_argument("--names", action="store_true")
    options = parser.parse_args()
    around = surroundings(schema.read(HOME / "licenses"))
    _seeded(around)
    _province(around, names=options.names)


def _seeded(around: Surroundings) -> None:
    file = HOME / "tests" / "inspection" / "seeded_proofs.yaml"
    seeded = YAML(typ="safe", pure=True).load(file)
    planted = [(source, name) for source, names in seeded["planted"].items() for name in names]
    planted += [("", name) for name in (*seeded["several"], *seeded["unseen"])]
    missed = [name for source, name in planted if not _found(source, name, around)]
    for name in seeded["partly"]:
        if {paper.superfluous for paper in recognition.find(name, around)} != {True, False}:
            missed.append(name)
    asked = len(planted) + len(seeded["partly"])
    taken = [
        name
        for name in seeded["honest"]
        if any(p.superfluous for p in recognition.find(name, around))
    ]
    right = asked - len(missed)
    print(f"seeded: {asked} planted among {len(seeded['honest'])} honest materials")
    print(f"recall    {right / asked:7.1%}  missed: {'、'.join(missed) or 'none'}")
    print(f"precision {right / (right + len(taken)):7.1%}  taken: {'、'.join(taken) or 'none'}")


def _found(source: str, name: str, around: Surroundings) -> bool:
    found = recognition.find(name, around)
    named = not source or source in {paper.source for paper in found}
    return named and all(paper.superfluous for paper in found)


def _province(around: Surroundings, *, names: bool) -> None:
    began = perf_counter()
    items = read_feed(HOME / "items" / "guangdong-2021.jsonl", "guangdong").items
    read = perf_counter()
    rows = lint(items, around)
    counted = report(rows)
    print(f"\nGuangdong 2021: {len(items)} items read in {read - began:.2f} s, "
          f"{len(rows)} materials judged in {perf_counter() - read:.2f} s")  # fmt: skip
    print({name: count for name, count in counted["total"].items() if name != "errors"})
    print("by source:", counted["by_source"])
    for part in ("by_level", "by_department"):
        print(part)
        for name, counts in counted[part].items():
            if counts["removable"] or counts["partly"]:
                print(f"  {counts['removable']:4} + {counts['partly']:3} partly of "
                      f"{counts['materials']:4}  {name}")  # fmt: skip
    if names:
        found = Counter((r.verdict, r.name, r.sources) for r in rows if r.verdict != "asked")
        for (verdict, name, sources), count in sorted(found.items()):
            print(f"{verdict:10}{count:4}  {name}  {'、'.join(sources)}")


if __name__ == "__main__":
    main()
