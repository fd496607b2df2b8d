"""Licensing (证照管理): licenses issued in batches, shown, suspended, given back, revoked, reissued."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from servicehall.cli import witnessing
from servicehall.identity import accounts, directory
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.settings import Settings
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from servicehall.licenses import library, mass, orderfile, patrolling, resigning
from servicehall.licenses.models import License
from servicehall.licenses.schema import LicenseTypes
from servicehall.verifying import presenting, verdicts, verification
from servicehall.wiring import Hall

ACTS: dict[str, Callable[..., License]] = {
    "suspend": library.suspend, "resume": library.resume, "revoke": library.revoke,
    "cancel": library.cancel,
}  # fmt: skip


def issue(chosen: argparse.Namespace) -> int:
    """``license issue FILE --type SLUG --batch NAME --by LOGIN``: an order in JSON on each line.

    1,000 in each transaction; run again after a cut it goes on where it stopped. Nothing is issued
    before every line has been checked; what is wrong is said with its line.
    """
    with acting(chosen.by) as (hall, actor):
        with hall.work(actor) as work:
            kind = work.use(LicenseTypes).get(chosen.type)
            if kind is None:
                raise Invalid(N_("没有这种证照类型：%(type)s"), type=chosen.type)
            orders = orderfile.read(work, Path(chosen.file).read_text("utf8"), kind, chosen.batch)
        made = done = 0
        for chunk in orderfile.chunks(orders):
            with hall.work(actor) as work:
                made += mass.issue(work, [orderfile.here(work, one) for one in chunk])
                if work.unfinished:
                    work.commit()
            done += len(chunk)
            print(f"{done}/{len(orders)}", file=sys.stderr)
    print(f"issued: {made}, were there before: {len(orders) - made}")
    return 0


def show(chosen: argparse.Namespace) -> int:
    """``license show LICENSE``: an identifier or code; what anyone may see of it, as JSON."""
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        license = _found(work, chosen.license)
        told = presenting.as_json(verification.by_code(work, license.code))
        told["state"] = verdicts.of_license(license).state
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def act(verb: Callable[..., License]) -> Callable[[argparse.Namespace], int]:
    """``license suspend|resume|revoke|cancel LICENSE --by LOGIN --reason … --law …``: the act of
    somebody in the department that issued it, on record with the law."""

    def run(chosen: argparse.Namespace) -> int:
        with acting(chosen.by) as (hall, actor), hall.work(actor) as work:
            license = _found(work, chosen.license)
            verb(work, license, reason=chosen.reason, law=chosen.law)
            work.commit()
            print(f"{license.identifier}: {license.state}")
        return 0

    return run


def reissue(chosen: argparse.Namespace) -> int:
    """``license reissue LICENSE --by LOGIN --reason … --law … [--face name=value …]``: the next version;
    the old one is superseded in the same transaction."""
    with acting(chosen.by) as (hall, actor), hall.work(actor) as work:
        old = _found(work, chosen.license)
        faces = dict(one.split("=", 1) for one in chosen.face)
        made = orderfile.reissue(work, old, faces=faces, reason=chosen.reason, law=chosen.law)
        work.commit()
        print(f"{made.identifier}: version {made.version}")
    return 0


def patrol(_: argparse.Namespace) -> int:
    """``license patrol``: prove every license again now, a line for each fault; 0 only if none."""
    with witnessing.opened(Settings.load()) as hall:
        more = True
        while more:
            with hall.work(SYSTEM) as work:
                more = patrolling.go_on(work)
                work.commit()
        with hall.work(SYSTEM) as work:
            found, done = patrolling.faults(work), patrolling.latest(work)
            for _license, fault in found:
                print(fault.said)
            print(f"patrol: {done.checked if done else 0} licenses, {len(found)} faulty")
    return 1 if found else 0


def resign(chosen: argparse.Namespace) -> int:
    """``license resign --issuer CODE``: every license under a key that ``keys compromised`` named
    is signed anew, 500 in each transaction; run again after a cut it goes on where it stopped."""
    done = last = 0
    with witnessing.opened(Settings.load()) as hall:
        with hall.work(SYSTEM) as work:
            if chosen.issuer not in {one.code for one in directory.departments(work)}:
                raise Invalid(N_("没有这个机构：%(code)s"), code=chosen.issuer)
        while True:
            with hall.work(SYSTEM) as work:
                if not (found := resigning.waiting(work, chosen.issuer, after=last)):
                    break
                done += resigning.resign(work, found)
                last = found[-1].id
                if work.unfinished:
                    work.commit()
            print(f"{done} …", file=sys.stderr)
    print(f"signed anew: {done}")
    return 0


@contextmanager
def acting(login: str) -> Iterator[tuple[Hall, Actor]]:
    """The hall, and the person of a department that *login* names; it is their act on record."""
    with witnessing.opened(Settings.load()) as hall:
        with hall.work(SYSTEM) as work:
            account = accounts.by_login(work, login)
            if account is None or not account.department_code:
                raise Invalid(N_("没有这个部门工作人员账户：%(login)s"), login=login)
            actor = accounts.actor(work, account)
        yield hall, actor


def _found(work: UnitOfWork, named: str) -> License:
    try:
        return library.by_identifier(work, named)
    except NotFound:
        return library.by_code(work, named)
