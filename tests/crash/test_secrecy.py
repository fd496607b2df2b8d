"""What goes wrong is told to whoever must mend it, and nobody's data with it."""

import json

import pytest
from sqlalchemy import text

from servicehall import factory
from servicehall.handling import reviewing
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.conftest import SignIn
from tests.crash.clients import ITEM
from tests.crash.test_faults import clean, version
from tests.journeys.stage import Stage


@pytest.fixture
def stage(hall: Hall) -> Stage:
    return Stage(hall)


SECRET = "990101200205180022"


@pytest.mark.parametrize("error", [ZeroDivisionError(SECRET), KeyError(SECRET)])
def test_our_own_fault_is_a_page_without_details_and_a_log_without_people(
    hall: Hall,
    stage: Stage,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
) -> None:
    key = stage.applied("wang", ITEM)
    stage.accepted(key)
    client = sign_in("reviewer-fund")
    seen = {"version": version(client, key), "agrees": "yes"}

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(reviewing, "opine", fails)
    answer = client.post(f"/window/cases/{key}/opinion", data=seen)
    assert answer.status_code == 500
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    written = capsys.readouterr()
    assert SECRET not in written.err + written.out
    clean(hall)


def test_the_log_says_where_it_failed_and_never_what_was_said() -> None:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError:
        entry = factory._where_it_failed(None, "error", {"exc_info": True, "event": "x"})
    told = json.dumps(entry)
    assert "RuntimeError at test_secrecy.py" in told
    assert "after ValueError at" in told
    assert SECRET not in told


def test_errors_of_the_database_hide_the_values(hall: Hall) -> None:
    with hall.work(SYSTEM) as work, pytest.raises(Exception, match="hidden") as refused:
        work.session.execute(text("SELECT * FROM nothing WHERE a = :a"), {"a": SECRET})
    assert SECRET not in str(refused.value)
