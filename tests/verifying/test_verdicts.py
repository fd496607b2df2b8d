"""Each of the eight results has its sentence and its advice; nobody's data is shown whole."""

from datetime import timedelta

from servicehall.licenses.models import State
from servicehall.verifying.verdicts import Result, of_license, standing, verdict
from tests.licenses.conftest import NUMBER, order


def test_every_result_is_said_and_followed_by_advice():
    said = [verdict(result) for result in Result]
    assert len(said) == 8
    assert len({v.reasons for v in said}) == 8
    assert all(v.next_step for v in said)


def test_every_state_has_its_result(hall):
    license = hall.issue(order())
    today = license.valid_from
    found = {}
    for state in State:
        license.state = state
        found[state] = standing(license, today)
    assert found == {
        State.INTENT: Result.STATUS_STALE,
        State.VALID: Result.VALID,
        State.SUSPENDED: Result.SUSPENDED,
        State.SUPERSEDED: Result.SUPERSEDED,
        State.CANCELLED: Result.REVOKED,
        State.REVOKED: Result.REVOKED,
    }
    license.state = State.VALID
    assert standing(license, today - timedelta(days=1)) is Result.EXPIRED


def test_what_a_stranger_sees_is_masked(hall):
    shown = repr(of_license(hall.issue(order())))
    assert NUMBER not in shown
    assert "欧阳" not in shown
    assert "示渔" not in shown
    assert "渔业捕捞许可证" in shown
