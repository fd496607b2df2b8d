"""fsck of the evidence: whatever is missing or altered in the database is named."""

import base64
from collections.abc import Callable

import pytest
from sqlalchemy import select

from servicehall.evidence.models import Exchange, TimestampBatch
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.oversight import exchanges
from tests.cases.halls import NURSE, Scene
from tests.evidence.halls import hall, stage, stamp

__all__ = ["hall", "stage"]


@pytest.fixture(scope="module", autouse=True)
def asked(stage: Scene) -> None:
    stage.begin("wang", NURSE)
    stamp(stage)


def found(stage: Scene, spoil: Callable[[UnitOfWork], None]) -> list[str]:
    with stage.hall.work(SYSTEM) as work:
        spoil(work)
        work.session.flush()
        work.session.expire_all()
        told = list(exchanges.breaches(work))
        work.rollback()
    return told


def last(work: UnitOfWork) -> Exchange:
    return work.session.scalars(select(Exchange).order_by(Exchange.id.desc())).first()  # type: ignore[return-value]


def test_nothing_is_wrong_with_what_the_hall_wrote(stage: Scene) -> None:
    assert found(stage, lambda work: None) == []


def test_an_exchange_that_is_gone_is_missed(stage: Scene) -> None:
    told = found(stage, lambda work: work.session.delete(last(work)))
    assert any("nothing is kept" in one for one in told)
    assert any("does not hold the exchanges" in one for one in told)


@pytest.mark.parametrize("name", ["request", "response", "leaf"])
def test_an_exchange_that_was_altered_is_named(stage: Scene, name: str) -> None:
    def spoil(work: UnitOfWork) -> None:
        value = "0" * 64 if name == "leaf" else base64.b64encode(b"other").decode()
        setattr(last(work), name, value)

    assert any("is not what was asked and answered" in one for one in found(stage, spoil))


def test_another_token_does_not_hold(stage: Scene) -> None:
    def spoil(work: UnitOfWork) -> None:
        batch = work.session.scalars(select(TimestampBatch)).first()
        assert batch
        batch.token = base64.b64encode(base64.b64decode(batch.token)[:-1] + b"\x00").decode()

    (told,) = found(stage, spoil)
    assert told.startswith("timestamp batch ")


def test_exchanges_that_changed_places_are_noticed(stage: Scene) -> None:
    def spoil(work: UnitOfWork) -> None:
        one, two = work.session.scalars(select(Exchange).limit(2)).all()
        one.leaf, two.leaf = two.leaf, one.leaf

    assert any("does not hold the exchanges" in one for one in found(stage, spoil))
