"""One timestamp a minute over all that waits; two workers at once stamp it once."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import select

from servicehall.evidence import batching
from servicehall.evidence.models import Exchange, TimestampBatch
from servicehall.kernel.errors import Conflict
from servicehall.kernel.work import SYSTEM
from servicehall.signing import timestamps
from servicehall.signing.stamper import Stamper
from tests.cases.halls import FUND, ID_CARD, Scene
from tests.evidence.halls import hall, stage, stamp

__all__ = ["hall", "stage"]


def test_what_waits_a_minute_gets_one_timestamp(stage: Scene) -> None:
    stage.begin("wang", ID_CARD)
    with stage.hall.work(SYSTEM) as work:
        assert batching.due(work) is None
        waiting = len(work.session.scalars(select(Exchange.id).filter_by(batch_id=None)).all())
    stamp(stage)
    with stage.hall.work(SYSTEM) as work:
        batch = work.session.scalars(select(TimestampBatch)).one()
        rows = work.session.scalars(select(Exchange).filter_by(batch_id=batch.id)).all()
        assert waiting == len(rows) == batch.size
        assert sorted(row.place or 0 for row in rows) == list(range(batch.size))
        token, anchors = base64.b64decode(batch.token), work.use(Stamper).anchors()
        stamp_ = timestamps.verified(token, bytes.fromhex(batch.root), anchors)
        assert stamp_.at == stage.clock.now() + timedelta(seconds=61)
    stamp(stage)
    with stage.hall.work(SYSTEM) as work:
        assert work.session.scalars(select(TimestampBatch)).one().id == batch.id


def test_many_do_not_wait(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "MOST", 2)
    stage.begin("wang", FUND)
    with stage.hall.work(SYSTEM) as work:
        waiting = batching.due(work)
        assert waiting
        assert len(waiting.numbers) == 2


def test_of_two_workers_one_stamps(stage: Scene) -> None:
    with stage.later(seconds=61), stage.hall.work(SYSTEM) as one, stage.hall.work(SYSTEM) as two:
        first, second = batching.due(one), batching.due(two)
        assert first
        assert first == second
        for work in (one, two):
            work.rollback()
        token = one.use(Stamper).stamp(first.root)
        batching.stamped(one, first, token)
        one.commit()
        with pytest.raises(Conflict):
            batching.stamped(two, first, token)
        two.rollback()
        assert batching.due(two) is None
