"""Numbers given out to be used once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from servicehall.credentials import nonces
from servicehall.credentials.models import SpentNonce
from servicehall.kernel.errors import Conflict, Invalid


def test_a_number_is_used_once_and_forgotten_when_it_has_ended(hall):
    with hall.work() as work:
        first = nonces.fresh(work, "proof")
        assert not work.unfinished
        nonces.spend(work, "proof", first)
        with pytest.raises(Conflict):
            nonces.spend(work, "proof", first)
        for bad in (nonces.fresh(work, "presentation"), "x", "", first + "A"):
            with pytest.raises(Invalid) as refusal:
                nonces.spend(work, "proof", bad)
            assert refusal.value.field == "nonce"
        hall.clock.moment += nonces.LASTS + timedelta(seconds=1)
        with pytest.raises(Invalid):
            nonces.spend(work, "proof", first)
        nonces.spend(work, "proof", nonces.fresh(work, "proof"))
        assert work.session.scalar(select(func.count(SpentNonce.id))) == 1
