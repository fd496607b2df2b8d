"""Tables of the later life: the database itself keeps one extension, delivery, revocation a case."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from servicehall.applying import sending
from servicehall.cases.later import Delivery
from tests.cases.halls import NURSE, Scene


def test_a_case_is_delivered_once(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        assert work.session.scalars(select(Delivery).filter_by(case_id=case.id)).one().how
        second = sending.fresh()
        second.case_id = case.id
        work.session.add(second)
        with pytest.raises(IntegrityError):
            work.session.flush()
        work.rollback()
    stage.withdrawn("wang", key)
