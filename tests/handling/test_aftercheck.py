"""Promises are checked after the decision: kept, or broken with what follows, until put right."""

import pytest

from servicehall.applying import attaching
from servicehall.cases import promises
from servicehall.cases.states import State
from servicehall.documents import filing
from servicehall.handling import aftercheck
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.licenses import wallet
from servicehall.licenses.models import State as LicenseState
from tests.cases.halls import Scene

FIRE = "11990101000000254X499012500100001"
LAW = "行政许可法 第六十九条"


@pytest.fixture
def key(stage: Scene) -> str:
    """A fire check granted on the strength of promises."""
    made = stage.applied("li", FIRE, stage.firm())
    stage.accepted(made)
    stage.agreed("reviewer-fire", made)
    stage.granted("reviewer-fire", made)
    return made


def paper(stage: Scene, key: str) -> str:
    with stage.work("auditor") as work:
        return promises.of_case(work, stage.case(work, key))[0].material


def test_what_was_promised_waits_for_its_check_and_is_kept(stage: Scene, key: str) -> None:
    code = paper(stage, key)
    with stage.work("reviewer-fire") as work:
        (one,) = [c for c in aftercheck.waiting(work) if c.case.key == key and c.material == code]
        assert (one.state, one.due_on is not None) == ("open", True)
    with stage.work("reviewer-market") as work, pytest.raises(NotFound):
        aftercheck.kept(work, stage.case(work, key), code)
    with stage.work("reviewer-fire") as work, pytest.raises(NotFound):
        aftercheck.kept(work, stage.case(work, key), "moon")
    with stage.work("reviewer-fire") as work:
        aftercheck.kept(work, stage.case(work, key), code)
    with stage.work("reviewer-fire") as work, pytest.raises(Conflict):
        aftercheck.broken(work, stage.case(work, key), code, note="现场不符", revoke=False, law=LAW)
    with stage.work("auditor") as work:
        assert promises.broken(work, stage.case(work, key).party) is None


def test_a_broken_promise_is_told_revokes_and_bars_until_put_right(stage: Scene, key: str) -> None:
    code, firm = paper(stage, key), stage.firm()
    with stage.work("reviewer-fire") as work, pytest.raises(Invalid):
        aftercheck.broken(work, stage.case(work, key), code, note="不", revoke=True, law=LAW)
    with stage.work("reviewer-fire") as work:
        case = stage.case(work, key)
        aftercheck.broken(work, case, code, note="疏散通道被堵塞", revoke=True, law=LAW)
    with stage.work("li", firm) as work:
        case = stage.case(work, key)
        license = wallet.of_case(work, case.number)
        assert license is not None
        assert license.state is LicenseState.REVOKED
        letter = next(p for p in filing.of(work, key) if p.kind == "promise_broken")
        assert "疏散通道被堵塞" in "".join(letter.words["paragraphs"])
    again = stage.begin("li", FIRE, firm)
    with stage.work("li", firm) as work, pytest.raises(Invalid, match="提交证明材料"):
        attaching.promise(work, stage.case(work, again), code)
    with stage.work("reviewer-fire") as work:
        aftercheck.repaired(work, stage.case(work, key), code)
    with stage.work("li", firm) as work:
        assert attaching.promise(work, stage.case(work, again), code).how == "promise"
    stage.withdrawn("li", again, firm)
    assert stage.state(key) is State.CLOSED
