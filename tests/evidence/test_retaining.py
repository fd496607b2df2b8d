"""What registries said is kept byte for byte, encrypted, until no court would hear of it any more."""

import base64

import pytest
from sqlalchemy import select, text

from servicehall.evidence import retaining
from servicehall.evidence.models import Exchange
from servicehall.evidence.retaining import KEEP
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.oversight import exchanges
from servicehall.registries import protocol
from servicehall.registries.models import Ground, RegistryCall
from tests.cases.halls import ID_CARD, Scene
from tests.evidence.halls import case, hall, stage, stamp, taken

__all__ = ["case", "hall", "stage"]


@pytest.mark.usefixtures("case")
def test_every_answered_call_has_its_question_and_its_signed_answer(stage: Scene) -> None:
    with stage.hall.work(SYSTEM) as work:
        # Who is entitled (免申即享) is asked about everybody: nothing of that list is kept.
        everybody = RegistryCall.ground.has(Ground.matter.like("offer:%"))
        calls = work.session.scalars(select(RegistryCall).where(~everybody)).all()
        kept = {row.call_id: row for row in work.session.scalars(select(Exchange))}
        assert {c.id for c in calls if c.outcome in ("found", "none")} == set(kept)
        for call in calls:
            request = base64.b64decode(kept[call.id].request or "")
            response = kept[call.id].response or ""
            assert protocol.digest(protocol.body_of(request)) == call.request_hash
            assert protocol.digest(response.encode()) == call.response_hash
            told = protocol.parse(protocol.Request, protocol.body_of(request))
            assert (told.call, told.party) == (call.key, call.ground.party)


@pytest.mark.usefixtures("case")
def test_nobody_reads_it_in_the_database(stage: Scene) -> None:
    with stage.hall.work(SYSTEM) as work:
        rows = work.session.execute(text("SELECT request, response FROM exchange")).all()
        assert rows
        for row in rows:
            assert not any(b"eyJ" in bytes(kept) or b"POST" in bytes(kept) for kept in row)


def test_the_originals_go_five_years_after_the_case_and_the_proof_of_time_stays(
    stage: Scene,
) -> None:
    key = stage.begin("wang", ID_CARD)
    stamp(stage)
    stage.withdrawn("wang", key)
    with stage.later(days=KEEP.days - 1), stage.hall.work(SYSTEM) as work:
        assert not retaining.drop(work)
    with stage.later(days=KEEP.days + 1), stage.hall.work(SYSTEM) as work:
        assert retaining.drop(work)
        work.commit()
        assert not retaining.drop(work)
        assert list(exchanges.breaches(work)) == []
    with stage.hall.work(SYSTEM) as work:
        query = select(Exchange).where(Exchange.dropped_at.is_not(None))
        gone = work.session.scalars(query).all()
        assert gone
        assert all((row.request, row.response) == (None, None) for row in gone)
        assert all(row.batch_id and len(row.leaf) == 64 for row in gone)
    with pytest.raises(NotFound):
        taken(stage, key)
