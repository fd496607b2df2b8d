"""Serving (服务): the web server and the worker."""

import argparse
import gc
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import structlog
from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from servicehall import factory
from servicehall.automating import entitling, instant, sampling
from servicehall.bundling import releasing
from servicehall.cases import rechecking
from servicehall.catalogue import planning, upkeep
from servicehall.city import seeding
from servicehall.cli import opening
from servicehall.disputes import cascading, reexamining
from servicehall.evidence import batching, retaining
from servicehall.handling import reckoning, sweeping
from servicehall.kernel.errors import Conflict
from servicehall.kernel.settings import Settings
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.licenses import enlisting, facing, patrolling
from servicehall.monitoring import carding
from servicehall.notices import outbox
from servicehall.opendata import issue
from servicehall.portals.warming import Warmer
from servicehall.quality import contrasting
from servicehall.revising import approving
from servicehall.signing.stamper import Stamper
from servicehall.transparency import treeheads
from servicehall.visits import clearing
from servicehall.waking.bell import Bell
from servicehall.wiring import Hall

PAUSE_SECONDS = 2.0
PATIENCE_SECONDS = 10
log = structlog.get_logger()


def serve(_: argparse.Namespace) -> int:
    """``servicehall serve``: prepare the hall, then answer on 127.0.0.1 until stopped.

    A worker runs beside it: what a crash cut off is finished, what is due is done. Raises Conflict
    where something else answers on the port.
    """
    settings = Settings.load()
    refuse_taken(settings.port)
    hall = factory.open_hall(settings)
    print(opening.prepare(hall))
    _welcome(settings)
    hall.close()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the server sets its own
    beside = subprocess.Popen([sys.executable, "-m", "servicehall.cli.main", "worker"])
    try:
        Granian(
            "servicehall.cli.serving:application", factory=True, interface=Interfaces.WSGI,
            address="127.0.0.1", port=settings.port, workers=2, blocking_threads=4,
            log_access=False, websockets=False, workers_kill_timeout=PATIENCE_SECONDS,
        ).serve()  # fmt: skip
    finally:
        beside.terminate()
        beside.wait()
    return 0


def application() -> Flask:
    """The web application in a process of the server."""
    stop_when_told()
    app = factory.create_app()
    gc.collect()
    app.extensions["warmer"] = warmer = Warmer(app)
    warmer.follow()
    gc.freeze()  # what is there from the start is there to stay: no collection looks at it again
    return app


def refuse_taken(port: int) -> None:
    """Raise Conflict where *port* is taken.

    The server's own sockets may share a port, so that two halls would take turns answering.
    """
    with socket.socket() as mine:
        mine.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # what is closed may still linger
        try:
            mine.bind(("127.0.0.1", port))
        except OSError:
            raise Conflict(
                N_("端口 %(port)s 已被别的程序占用，请先停掉它，或用 HALL_PORT 换一个端口"),
                port=port,
            ) from None


def stop_when_told() -> None:
    """Until the application of this process is there, stopping means stopping.

    Forked from the server, the process would only note a signal that comes while it still loads,
    and the server would wait for it for ever.
    """
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, signal.SIG_DFL)


def worker(chosen: argparse.Namespace) -> int:
    """``servicehall worker``: rounds of what is due, when the bell rings, at the latest after two
    seconds; ``--once`` for one round."""
    hall = factory.open_hall(Settings.load())
    try:
        while True:
            one_round(hall)
            if chosen.once:
                return 0
            hall.adapters[Bell].wait(PAUSE_SECONDS)
    finally:
        hall.close()


def one_round(hall: Hall) -> None:
    """Do everything that is due now; one matter's failure does not hold up the others."""
    due = (
        sweeping.finish_one, releasing.move_one, instant.decide_one, *sweeping.TIMERS.values(),
        reckoning.recount_one, _verify_one, sampling.draw_one, entitling.round_one, approving.effect_one,
        planning.turn_one, issue.figure_one, reexamining.finish_one, contrasting.compare_one,
        facing.face_one, cascading.trace_one,
    )  # fmt: skip
    for verb in due:
        each(hall, verb)
    _once(hall, "tidy", upkeep.tidy)
    jobs: tuple[Callable[[UnitOfWork], bool], ...] = (
        _carry, _stamp, enlisting.begin, _head, retaining.drop, carding.watch, clearing.remind,
        clearing.forget, patrolling.patrol,
    )  # fmt: skip
    for job in jobs:
        while _once(hall, job.__name__, job):
            pass


def each(hall: Hall, verb: Callable[[UnitOfWork, set[int]], bool]) -> int:
    """Each due case once: the round goes on past one that fails, and ends when none is new.

    How many were done.
    """
    tried: set[int] = set()
    known, done = -1, 0
    while len(tried) > known:
        known = len(tried)
        done += _once(hall, verb.__name__, lambda work: verb(work, tried))
    return done


def _once(hall: Hall, name: str, verb: Callable[[UnitOfWork], bool]) -> bool:
    try:
        with hall.work(SYSTEM) as work:
            done = verb(work)
            if work.unfinished:
                work.commit()
    except Exception:
        log.exception("worker.failed", verb=name)
        return False
    return done


def _verify_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Ask again about values nobody has verified; the questions are durable before the network."""
    case = sweeping.unverified(work, tried)
    if case is None:
        return False
    calls = rechecking.plan(work, case)
    work.commit()
    rechecking.fetch(work, case, calls, version=case.version)
    return True


def _carry(work: UnitOfWork) -> bool:
    return outbox.carry(work) > 0


def _stamp(work: UnitOfWork) -> bool:
    """One timestamp over what registries said; nothing is open while the authority is asked."""
    waiting = batching.due(work)
    if waiting is None:
        return False
    work.rollback()
    token = work.use(Stamper).stamp(waiting.root)
    batching.stamped(work, waiting, token)
    return True


def _head(work: UnitOfWork) -> bool:
    """One signed root and one timestamp over the licenses of the last minute."""
    head = treeheads.due(work)
    if head is None:
        return False
    work.rollback()
    token = work.use(Stamper).stamp(treeheads.digest(head))
    treeheads.signed(work, head, token)
    return True


def _welcome(settings: Settings) -> None:
    print(f"\n政务服务大厅已开门：{settings.address}/\n")
    if settings.mode == "demo":
        print("示范账户（人员、机构均为虚构）：")
        for line in seeding.welcome():
            print("  " + line)
        print()
