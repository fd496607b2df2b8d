"""The registry as a process of its own: a hall asks it over a socket, its department amends it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from urllib3 import PoolManager, Retry

from servicehall import wiring
from servicehall.city.ledger import FOLDER, Ledger
from servicehall.city.town import town
from servicehall.cli import main
from servicehall.kernel.clock import SystemClock
from servicehall.kernel.settings import HOME, Settings
from servicehall.kernel.vault import Vault
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.dialects import Dialect, National, Own
from servicehall.registries.xroad import XRoad
from tests.registries.asking import query


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "department"))
    return tmp_path / "department"


@pytest.fixture
def process(folder: Path) -> Iterator[str]:
    """A registry server; gives the URL that it tells halls to use."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "servicehall.cli.main",
        "registry",
        "serve",
        "--port",
        str(port),
    ]
    own = {**os.environ, "HALL_DATA": str(folder)}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own, cwd=HOME)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip().removeprefix("HALL_REGISTRY_URL=")
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)


def asked(url: str, dialect: Callable[[str, bytes], Dialect] = Own) -> str:
    """Where wang lives, as the registry says once it answers."""
    parts = urlsplit(url)
    patient = Retry(connect=60, backoff_factor=0.05, backoff_max=0.5)
    with PoolManager(retries=patient) as pool:
        pool.request("GET", f"http://{parts.hostname}:{parts.port}/")
    settings = Settings.load()
    departments = wiring.signer(settings, Vault.open(settings.folder / "keys"), SystemClock())
    connector = ExchangeConnector(url, dialect, departments.anchors)
    question = query("population.person", "residence_address")
    (answer,) = connector.ask([question], SystemClock().now())
    connector.close()
    assert answer.outcome == "found", answer.reason
    return answer.records[0]["residence_address"]


def test_a_department_amends_while_its_registry_answers(process: str) -> None:
    number = town().cast.wang.number
    assert asked(process) == town().cast.wang.residence
    change = ("registry", "amend", "population.person", number)
    assert main.main([*change, "residence_address=示范路 9 号", "--reason", "迁移"]) == 0
    assert asked(process) == "示范路 9 号"


def test_it_understands_every_dialect(process: str) -> None:
    address = process.removeprefix("http://")
    client = quote("DEMO/GOV/11990101000000019X/servicehall", safe="")
    assert asked(process) == town().cast.wang.residence
    assert asked(f"national+http://{address}", National) == town().cast.wang.residence
    as_client = address.replace("servicehall", client, 1)
    assert asked(f"xroad+http://{as_client}", XRoad) == town().cast.wang.residence


def test_what_is_not_shared_cannot_be_amended(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for dataset, pair, said in (
        ("population.moon", "name=x", "population.moon"), ("population.person", "shoe=42", "shoe"),
        ("population.person", "adult=是", "adult"),
    ):  # fmt: skip
        command = ["registry", "amend", dataset, "990102198506150019", pair, "--reason", "错误"]
        assert main.main(command) == 2
        assert said in capsys.readouterr().err
    assert not (folder / FOLDER).exists()


def test_nothing_named_strikes_the_record(folder: Path) -> None:
    number = town().cast.wang.number
    assert main.main(["registry", "amend", "credit.record", number, "--reason", "注销"]) == 0
    ledger = Ledger.open(folder)
    assert ledger.records("credit.record", number) == []
    ledger.close()


def test_registers_are_compared_and_a_pseudonym_is_resolved_by_them_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["registry", "compare"]) == 0
    told = capsys.readouterr().out
    assert "health.record: " in told
    assert "tax.taxpayer: " in told
    ledger = Ledger.open(folder)
    number = town().cast.wang.number
    pseudonym = ledger.pseudonym(number)
    ledger.close()
    assert main.main(["registry", "whose", pseudonym]) == 0
    assert main.main(["registry", "whose", "0" * 32]) == 1
    assert capsys.readouterr().out.split() == [number, "nobody"]
