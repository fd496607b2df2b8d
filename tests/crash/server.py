"""The prepared parent: reads a job a line, forks a hall that serves it, kills it on command.

Runs as a process of its own, so that no thread of a test is forked. Lines in: a JSON job, or
``kill``. Lines out: the port that is being served, or ``dead``.
"""

import json
import os
import signal
import sys
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import configure_mappers
from werkzeug.serving import WSGIRequestHandler, make_server

from servicehall import factory
from servicehall.city.town import town
from servicehall.cli import serving
from servicehall.kernel.clock import SystemClock
from servicehall.kernel.settings import Settings
from tests.crash import defects


@dataclass(frozen=True)
class Job:
    """Which hall to serve, how far its clock is ahead, and which defect to plant in it."""

    folder: str
    database_url: str = ""
    ahead: float = 0.0
    defect: str = ""

    @property
    def settings(self) -> Settings:
        return Settings(data=self.folder, database_url=self.database_url)

    @property
    def clock(self) -> "Ahead":
        return Ahead(timedelta(seconds=self.ahead))

    def line(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Ahead:
    """The system's clock, moved to the days that the prepared hall knows."""

    by: timedelta

    @staticmethod
    def to(moment: datetime) -> float:
        """How many seconds ahead a clock is that tells *moment* now."""
        return (moment - SystemClock().now()).total_seconds()

    def now(self) -> datetime:
        return SystemClock().now() + self.by


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """The harness counts; nobody reads a line for each request."""


def main() -> None:
    town(), configure_mappers()  # what every hall needs is there before the first fork
    child = 0
    for line in sys.stdin:
        if line.strip() == "kill":
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            print("dead", flush=True)
            continue
        child = os.fork()
        if child == 0:
            _serve(Job(**json.loads(line)))
            os._exit(0)


def _serve(job: Job) -> None:
    sys.stdin.close()
    defects.plant(job.defect, job.folder)
    hall = factory.open_hall(job.settings, job.clock)
    app = factory.create_app(hall=hall)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(job.folder)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=_work, args=(hall,), daemon=True).start()
    print(server.server_port, flush=True)
    server.serve_forever()


def _work(hall: Any) -> None:
    """The worker beside the server: it races the grants for the same licenses."""
    pause = threading.Event()
    while not pause.wait(0.1):
        serving.one_round(hall)


if __name__ == "__main__":
    main()
