"""worker --once: what a crash left is finished, what waits is carried; the server is a process."""

import gc
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from urllib3 import PoolManager, Retry

from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.handling import decisions
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.notices.models import Notice
from servicehall.wiring import Hall
from tests.cli.conftest import Run
from tests.crash.clients import ITEM
from tests.journeys.stage import Stage


def granted(stage: Stage, login: str) -> str:
    """A case that was granted when the hall died: its license is only planned."""
    key = stage.applied(login, ITEM)
    stage.accepted(key)
    stage.agreed("reviewer-fund", key)
    stage.rechecked("reviewer-fund", key)
    stage.does("reviewer-fund", key, decisions.grant)
    return key


def test_one_round_finishes_what_was_begun(run: Run, opened: Hall) -> None:
    stage = Stage(opened)
    keys = [granted(stage, login) for login in ("wang", "li")]
    assert run("worker", "--once") == 0
    assert [stage.state(key) for key in keys] == [State.CLOSED, State.CLOSED]
    with opened.work(SYSTEM) as work:
        assert not work.session.scalars(select(Notice).where(Notice.sent_at.is_(None))).all()
    assert run("fsck") == 0


def test_a_port_that_is_taken_is_refused_and_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as another hall's is
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        monkeypatch.setenv("HALL_PORT", port)
        assert run("serve") == 2
    assert port in capsys.readouterr().err


def test_one_failing_matter_does_not_hold_up_the_others(opened: Hall) -> None:
    stage = Stage(opened)
    stuck, fine = granted(stage, "wang"), granted(stage, "li")
    (opened.settings.folder / "files").mkdir(exist_ok=True)
    with opened.work(SYSTEM) as work:
        record = decisions.wallet.of_case(work, stage.case(work, stuck).number)
        assert record is not None
        blocked = opened.settings.folder / "files" / record.record_key
    blocked.mkdir(parents=True)  # where its file should be, a folder is in the way
    serving.one_round(opened)
    assert stage.state(fine) is State.CLOSED
    assert stage.state(stuck) is State.GRANTED
    blocked.rmdir()
    serving.one_round(opened)
    assert stage.state(stuck) is State.CLOSED


def serve() -> tuple[subprocess.Popen[str], int]:
    """A server of its own process on a free port, and that port."""
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "servicehall.cli.main", "serve"], cwd=HOME, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "HALL_PORT": str(port)},
    )  # fmt: skip
    return server, port


def test_the_server_opens_and_closes(folder: Path) -> None:
    server, port = serve()
    try:
        waits = Retry(60, backoff_factor=0.05, backoff_max=0.5)
        with PoolManager(retries=waits) as http:
            assert http.request("GET", f"http://127.0.0.1:{port}/readyz").status == 200
    finally:
        server.send_signal(signal.SIGTERM)
        out, error = server.communicate(timeout=60)
    assert "政务服务大厅已开门" in out
    assert "Traceback" not in error


def test_a_web_process_told_to_stop_while_it_loads_stops(folder: Path) -> None:
    """Forked with the server's handler it swallowed the signal, and the server waited for ever."""
    kept = {stop: signal.signal(stop, lambda *_: None) for stop in (signal.SIGTERM, signal.SIGINT)}
    try:
        app = serving.application()
        assert signal.getsignal(signal.SIGTERM) is signal.getsignal(signal.SIGINT) is signal.SIG_DFL
        app.extensions["warmer"].stop()
        app.extensions["hall"].close()
    finally:
        gc.unfreeze()
        for stop, handler in kept.items():
            signal.signal(stop, handler)
