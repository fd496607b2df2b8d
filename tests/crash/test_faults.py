"""Whatever fails beneath it, the hall refuses politely, half does nothing, and goes on after it."""

import io
import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from servicehall.applying import intake
from servicehall.cases import prefill
from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.kernel import database
from servicehall.kernel.work import SYSTEM
from servicehall.oversight import integrity
from servicehall.wiring import Hall
from tests.conftest import SERVER, SignIn
from tests.crash.clients import ITEM
from tests.journeys.stage import PDF, Stage

SUBMIT = (
    "case UPDATE",
    "serial INSERT",
    "serial UPDATE",
    "notice INSERT",
    "audit_head UPDATE",
    "audit_entry INSERT",
)
GRANT = ("case UPDATE", "license INSERT", "payout INSERT", "ground UPDATE", "serial UPDATE", "notice INSERT",
         "audit_head UPDATE", "audit_entry INSERT")  # fmt: skip
FINISH = ("license UPDATE",)
REFUSED = (409, 503, 507)


@pytest.fixture
def stage(hall: Hall) -> Stage:
    return Stage(hall)


def clean(hall: Hall) -> None:
    with hall.work(SYSTEM) as work:
        assert list(integrity.breaches(work, hall.heads())) == []


@contextmanager
def failing(hall: Hall, write: str) -> Iterator[None]:
    """Every such write of the table fails in the database itself."""
    table, act = write.split()
    if SERVER:
        made = [
            "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = 'disk_full'; END $$",
            f'CREATE TRIGGER no BEFORE {act} ON "{table}" FOR EACH ROW EXECUTE FUNCTION no()',
        ]
        undone = [f'DROP TRIGGER no ON "{table}"', "DROP FUNCTION no"]
    else:
        taken = "INSERT INTO region SELECT * FROM region LIMIT 1;"
        made = [f'CREATE TRIGGER no BEFORE {act} ON "{table}" BEGIN {taken} END']
        undone = ["DROP TRIGGER no"]
    _run(hall, made)
    yield
    _run(hall, undone)


def _run(hall: Hall, statements: list[str]) -> None:
    with hall.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def version(client: FlaskClient, key: str) -> str:
    page = client.get(f"/window/cases/{key}").text
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found
    return found.group(1)


def submitted(client: FlaskClient, key: str) -> int:
    sent = {"declare": "yes", "submit_key": "once"}
    return client.post(f"/cases/{key}/submit", data=sent).status_code


@pytest.mark.parametrize("write", SUBMIT)
def test_a_submit_is_whole_or_not_at_all(
    hall: Hall, stage: Stage, sign_in: SignIn, write: str
) -> None:
    if write.startswith("serial UPDATE"):  # the first number of the day opens the serial
        stage.applied("li", ITEM)
    key, client = stage.begin("wang", ITEM), sign_in("wang")
    stage.fill("wang", key)
    with failing(hall, write):
        assert submitted(client, key) in REFUSED
        assert stage.state(key) is State.DRAFT
        clean(hall)
    assert submitted(client, key) == 302
    assert stage.state(key) is State.SUBMITTED
    clean(hall)


@pytest.mark.parametrize("write", GRANT)
def test_a_grant_is_whole_or_not_at_all(
    hall: Hall, stage: Stage, sign_in: SignIn, write: str
) -> None:
    key, client = ready_to_grant(stage), sign_in("reviewer-fund")
    seen = {"version": version(client, key)}
    with failing(hall, write):
        assert client.post(f"/window/cases/{key}/grant", data=seen).status_code in REFUSED
        assert stage.state(key) is State.ACCEPTED
        clean(hall)
    assert client.post(f"/window/cases/{key}/grant", data=seen).status_code == 302
    assert stage.state(key) is State.CLOSED
    clean(hall)


@pytest.mark.parametrize("write", FINISH)
def test_a_decision_stands_though_its_license_is_late(
    hall: Hall, stage: Stage, sign_in: SignIn, write: str
) -> None:
    key, client = ready_to_grant(stage), sign_in("reviewer-fund")
    seen = {"version": version(client, key)}
    with failing(hall, write):
        assert client.post(f"/window/cases/{key}/grant", data=seen).status_code in REFUSED
        serving.one_round(hall)
        assert stage.state(key) is State.GRANTED
        clean(hall)
    serving.one_round(hall)
    assert stage.state(key) is State.CLOSED
    clean(hall)


def ready_to_grant(stage: Stage) -> str:
    stage_of = stage.applied("li", ITEM)  # so that every serial is open
    key = stage.applied("wang", ITEM)
    for one in (stage_of, key):
        stage.accepted(one)
        stage.agreed("reviewer-fund", one)
    stage.granted("reviewer-fund", stage_of)
    return key


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds in a test."""
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.3)


@contextmanager
def locked(hall: Hall) -> Iterator[None]:
    """Somebody else holds the database, without our queue."""
    if SERVER:
        with Session(hall.database.engine) as other:
            other.execute(text("LOCK TABLE audit_head IN ACCESS EXCLUSIVE MODE"))
            yield
            other.rollback()
        return
    other = sqlite3.connect(hall.settings.folder / "hall.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


def test_a_locked_database_is_said_and_reading_goes_on(
    hasty: None, hall: Hall, stage: Stage, sign_in: SignIn
) -> None:
    key, client = stage.begin("wang", ITEM), sign_in("wang")
    stage.fill("wang", key)
    with locked(hall):
        refused = client.post(f"/cases/{key}/submit", data={"declare": "yes", "submit_key": "once"})
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        for page in ("/", f"/items/{ITEM}", f"/cases/{key}/tasks", "/mine/"):
            assert client.get(page).status_code == 200, page
    assert submitted(client, key) == 302
    clean(hall)


def test_a_database_that_is_gone_is_an_outage_not_an_error(
    hall: Hall, app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client = sign_in("wang")
    url = "postgresql+psycopg://x@127.0.0.1:1/x" if SERVER else f"sqlite:///{tmp_path}/gone/hall.db"
    from servicehall.kernel.vault import Vault

    gone = database._sqlite(url) if not SERVER else database._postgresql(url)
    gone.dialect.hall_vault = Vault(b"k" * 32)  # type: ignore[attr-defined]
    if not SERVER:
        (tmp_path / "gone").rmdir()
    monkeypatch.setattr(hall.database, "sessions", lambda: Session(gone))
    for page in ("/", "/mine/", f"/items/{ITEM}"):
        answer = client.get(page)
        assert answer.status_code == 503, page
        assert answer.headers["Retry-After"]
        assert "王" not in answer.text
    probe = app.test_client()
    assert probe.get("/healthz").status_code == 200
    assert probe.get("/readyz").status_code == 503


@contextmanager
def full(free: int, folder: Path) -> Iterator[None]:
    """No file may grow beyond *free* bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_and_nothing_is_lost(hall: Hall, stage: Stage, sign_in: SignIn) -> None:
    key, client = stage.begin("wang", ITEM), sign_in("wang")
    stage.fill("wang", key)
    big = PDF.replace(b"%%EOF", b"%" * 60_000 + b"\n%%EOF")

    def upload() -> int:
        sent = {"how": "upload", "file": (io.BytesIO(big), "凭证.pdf")}
        return client.post(f"/cases/{key}/materials/payment_proof", data=sent).status_code

    with full(40_000, hall.settings.folder):
        assert upload() == 507
    with full(1, hall.settings.folder):
        assert upload() == 507
        if not SERVER:
            assert submitted(client, key) in (503, 507)
    assert upload() == 302
    assert submitted(client, key) == 302
    clean(hall)


def test_a_question_cut_off_can_be_asked_again(hall: Hall, stage: Stage) -> None:
    """The hall died between the question and the answer: nothing is silently left out."""
    with stage.work("wang") as work:
        case = intake.begin(work, ITEM, words="同意")
        prefill.plan(work, case)
        work.commit()
        key = case.key
    with stage.work("wang") as work:
        assert {fact.status for fact in prefill.facts(stage.case(work, key))} == {"unavailable"}
    assert stage.begin("wang", ITEM) == key
    with stage.work("wang") as work:
        assert "verified" in {fact.status for fact in prefill.facts(stage.case(work, key))}


def test_a_double_click_begins_one_case(hall: Hall, stage: Stage, app: Flask) -> None:
    import threading

    start, keys = threading.Barrier(4), []

    def begin() -> None:
        start.wait()
        keys.append(stage.begin("wang", ITEM))

    clicks: list[Callable[[], None]] = [begin] * 4
    threads = [threading.Thread(target=click) for click in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 4
    assert len(set(keys)) == 1
