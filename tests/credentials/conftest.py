"""The small hall of tests/licenses, its holder signed in, and a wallet."""

import json

import pytest

from servicehall.credentials import nonces, provisioning
from servicehall.kernel.work import Actor
from tests.credentials.wallet import Wallet
from tests.licenses.conftest import hall, license

__all__ = ["hall", "license"]
HOLDER = Actor("a1", "欧阳", frozenset({"citizen"}), person="p1")


@pytest.fixture
def wallet():
    return Wallet()


def fetched(hall, license, wallet):
    """The credential of *license*, offered by its holder and fetched by *wallet*."""
    with hall.work(HOLDER) as work:
        code = json.loads(provisioning.offer(work, license))["grants"][provisioning.GRANT]
        token, _ = provisioning.redeem(work, code["pre-authorized_code"])
        proof = wallet.proof(nonces.fresh(work, provisioning.PROOF), work.now())
        made = provisioning.issue(work, provisioning.holding(work, token), license.type, proof)
        work.commit()
        return made


@pytest.fixture
def credential(hall, license, wallet):
    return fetched(hall, license, wallet)
