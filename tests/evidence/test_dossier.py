"""The evidence file: all of one case, nothing of another, taken on record."""

import pytest
from sqlalchemy import select

from servicehall.evidence import dossier, judging
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.registries import lookups
from servicehall.signing.signer import Signer
from tests.cases.halls import FUND, Scene
from tests.evidence.halls import case, hall, stage, stamp, taken

__all__ = ["case", "hall", "stage"]


def test_the_file_holds_every_exchange_of_the_case_and_no_other(stage: Scene, case: str) -> None:
    stage.begin("chen", FUND)
    stamp(stage)
    content = taken(stage, case)
    with stage.work("wang") as work:
        anchors = work.use(Signer).anchors()
        calls = lookups.of_matter(work, case)
        proofs = [found.proof for found in judging.judged(content, anchors, anchors)]
        assert [p.asked.call for p in proofs if p] == [c.key for c in calls]
        assert {p.asked.case for p in proofs if p} == {case}
        assert all(p and p.answered_at <= p.stamped.at for p in proofs)


def test_that_it_was_taken_is_on_record_for_the_party(stage: Scene, case: str) -> None:
    taken(stage, case)
    with stage.work("wang") as work:
        entry = work.session.scalars(
            select(AuditEntry).filter_by(act="evidence.exported", subject=case)
        ).all()[-1]
        assert (entry.person, entry.actor) == (work.actor.party, work.actor.id)


def test_what_has_no_timestamp_yet_is_not_given_out(stage: Scene) -> None:
    key = stage.begin("wang", FUND)
    with stage.work("wang") as work:
        assert dossier.is_kept(work, key)
        with pytest.raises(Conflict, match="一分钟"):
            dossier.of_matter(work, key)
    stamp(stage)
    assert taken(stage, key)


def test_where_nothing_is_kept_there_is_no_file(stage: Scene, case: str) -> None:
    with stage.work("wang") as work:
        for row in work.session.query(dossier.Exchange):
            row.dropped_at = work.now()
        work.session.flush()
        assert not dossier.is_kept(work, case)
        with pytest.raises(NotFound):
            dossier.of_matter(work, case)
        work.rollback()
