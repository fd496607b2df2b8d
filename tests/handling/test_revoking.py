"""Revoking: told first, heard, then decided in writing; the license falls with it."""

import pytest

from servicehall.cases.states import State
from servicehall.documents import filing
from servicehall.handling import revoking
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.licenses import wallet
from servicehall.licenses.models import State as LicenseState
from tests.cases.halls import Scene

HEALTH, LAW = "reviewer-health", "行政许可法 第六十九条第二款"
REASON = "以欺骗手段取得：体检报告系伪造"


def test_from_the_notice_to_the_fallen_license(stage: Scene) -> None:
    key = stage.granted_nurse()
    for reason, law, field in (("假", LAW, "revoke_reason"), (REASON, " ", "revoke_law")):
        with pytest.raises(Invalid) as refused:
            stage.does(HEALTH, key, revoking.tell, reason=reason, law=law)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        stage.does("reviewer-market", key, revoking.tell, reason=REASON, law=LAW)
    with pytest.raises(Conflict):
        stage.does(HEALTH, key, revoking.revoke, answer="没有告知过")
    stage.does(HEALTH, key, revoking.tell, reason=REASON, law=LAW)
    with pytest.raises(Conflict, match="听取陈述申辩"):
        stage.does(HEALTH, key, revoking.revoke, answer="")
    with stage.work("chen") as work, pytest.raises(NotFound):
        revoking.state(work, stage.case(work, key), "不是我的事")
    with stage.work("wang") as work:
        with pytest.raises(Invalid):
            revoking.state(work, stage.case(work, key), " ")
        revoking.state(work, stage.case(work, key), "报告是医院开的，请核查")
    with stage.work("wang") as work, pytest.raises(Conflict):
        revoking.state(work, stage.case(work, key), "再说一次")
    with pytest.raises(Invalid):
        stage.does(HEALTH, key, revoking.revoke, answer="")
    stage.does(HEALTH, key, revoking.revoke, answer="经向医院核查，报告系伪造")
    assert stage.state(key) is State.REVOKED
    with stage.work("wang") as work:
        license = wallet.of_case(work, stage.case(work, key).number)
        assert license
        assert (license.state, license.state_law) == (LicenseState.REVOKED, LAW)
        paper = filing.of(work, key)[-1]
        assert paper.kind == "revocation"
        words = "".join(paper.words["paragraphs"])
        for told in (REASON, LAW, "报告系伪造"):
            assert told in words
        assert paper.words["remedies"]


def test_silence_until_the_day_is_enough_and_nothing_said_may_be_dropped(stage: Scene) -> None:
    key = stage.granted_nurse()
    stage.does(HEALTH, key, revoking.tell, reason=REASON, law=LAW)
    with pytest.raises(Conflict):
        stage.does(HEALTH, key, revoking.tell, reason=REASON, law=LAW)
    with stage.later(days=8), stage.work(HEALTH) as work:
        told = stage.case(work, key).revocation
        assert told
        assert revoking.is_heard(work, told)
    with pytest.raises(Invalid):
        stage.does(HEALTH, key, revoking.drop, answer=" ")
    stage.does(HEALTH, key, revoking.drop, answer="经核查报告真实")
    assert stage.state(key) is State.CLOSED
    with pytest.raises(Conflict):
        stage.does(HEALTH, key, revoking.revoke, answer="又要撤销")
