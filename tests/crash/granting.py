"""A parent that forks halls which grant one case each, when told to: what strace looks at.

Lines in: a state folder and the key of a case. Lines out: the child's number, then how it ended.
"""

import os
import sys
from pathlib import Path

from sqlalchemy.orm import configure_mappers

from servicehall import factory
from servicehall.kernel.settings import Settings
from tests.builders import StillClock
from tests.journeys.stage import Stage

GO = "go"  # a named pipe in the state folder: the child waits there for somebody to watch it


def main() -> None:
    configure_mappers()
    for line in sys.stdin:
        folder, key = line.split()
        child = os.fork()
        if child == 0:
            _grant(Path(folder), key)
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _grant(folder: Path, key: str) -> None:
    """The issue path as the window takes it: decide, commit, sign, store, close, commit."""
    stage = Stage(factory.open_hall(Settings(data=str(folder)), StillClock()))
    (folder / GO).read_bytes()
    stage.granted("reviewer-fund", key)


if __name__ == "__main__":
    main()
