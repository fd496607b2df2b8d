"""Cascading: what was granted on a license that fell is looked at again by who granted it."""

import pytest

from servicehall.cases.models import PendingCheck
from servicehall.cli import serving
from servicehall.disputes import cascading, reexamining
from servicehall.kernel.errors import Conflict
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import library
from servicehall.licenses.models import License, State
from servicehall.notices.models import Notice
from servicehall.oversight import integrity
from servicehall.wiring import Hall
from tests.cases.halls import Scene, SignIn

FILING, ENERGY = "11990101000000043E4991004001000", "11990101000000043E4990104002000"
OFFICE = "reviewer-reform"
LAW = "行政许可法 第六十九条"


def granted(stage: Scene, item: str) -> License:
    """The firm's license of this item."""
    firm = stage.firm()
    key = stage.applied("li", item, firm)
    stage.accepted(key)
    with stage.work("auditor") as work:
        opinions = len(stage.case(work, key).reviews)
    for _ in range(opinions):
        stage.agreed(OFFICE, key)
    stage.granted(OFFICE, key)
    with stage.work(OFFICE) as work:
        return library.by_key(work, stage.case(work, key).number or "")


@pytest.fixture(scope="module")
def pair(stage: Scene) -> tuple[License, License]:
    """A project filing, and the energy review that was granted on it."""
    return granted(stage, FILING), granted(stage, ENERGY)


def test_what_rests_on_it_is_queued_once_and_the_holder_told(
    stage: Scene, hall: Hall, pair: tuple[License, License], sign_in: SignIn
) -> None:
    filing, energy = pair
    waiting = stage.applied("li", ENERGY, stage.firm())
    with stage.work(OFFICE) as work:
        library.revoke(
            work, library.by_identifier(work, filing.identifier), reason="提交了虚假材料", law=LAW
        )
        assert reexamining.waiting(work) == 0
    serving.each(hall, cascading.trace_one)
    serving.each(hall, cascading.trace_one)
    with stage.work(OFFICE) as work:
        (review,) = reexamining.to_decide(work)
        assert review.license.identifier == energy.identifier
        assert review.fallen is not None
        assert review.fallen.identifier == filing.identifier
        assert review.license.state is State.VALID
        assert work.session.query(Notice).filter_by(matter=review.key).count() == 1
        open_case = stage.case(work, waiting)
        assert work.session.query(PendingCheck).filter_by(case_id=open_case.id).one().tries == 0
        key, code = review.key, review.license.code
    page = sign_in(OFFICE).get(f"/window/reviews/{key}").text
    assert "失效了的依据" in page
    assert "提交了虚假材料" in page
    assert filing.identifier in page
    assert "项目" in sign_in(OFFICE).get("/window/reviews").text
    own = sign_in("li")
    own.post("/switch", data={"organization": stage.firm()})
    assert "作为依据的“" in own.get(f"/mine/licenses/{code}").text


def test_it_is_kept_or_revoked_and_cannot_be_issued_anew(
    stage: Scene, hall: Hall, pair: tuple[License, License]
) -> None:
    with stage.work(OFFICE) as work:
        (review,) = reexamining.to_decide(work)
        with pytest.raises(Conflict):
            reexamining.reissue(work, review, reason="没有什么可以更正的")
        reexamining.revoke(work, review, reason="所依据的备案已被撤销", law=LAW)
    serving.each(hall, cascading.trace_one)  # the energy review fell now; nothing rests on it
    with stage.work(OFFICE) as work:
        assert reexamining.waiting(work) == 0
        assert library.by_identifier(work, pair[1].identifier).state is State.REVOKED
    with stage.hall.work(SYSTEM) as work:
        assert cascading.trace_one(work, set()) is False
    with stage.work("auditor") as work:
        assert list(integrity.breaches(work)) == []
