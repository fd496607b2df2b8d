"""The tables keep digests only: nobody can redeem what stands in the database."""

import json

from sqlalchemy import select

from servicehall.credentials import provisioning
from servicehall.credentials.models import CredentialOffer
from tests.credentials.conftest import HOLDER


def test_neither_code_nor_token_is_kept(hall, license):
    with hall.work(HOLDER) as work:
        offered = json.loads(provisioning.offer(work, license))
        code = offered["grants"][provisioning.GRANT]["pre-authorized_code"]
        token, _ = provisioning.redeem(work, code)
        work.commit()
        kept = work.session.scalars(select(CredentialOffer)).one()
        values = [getattr(kept, column.key) for column in CredentialOffer.__table__.columns]
        assert code not in values
        assert token not in values
