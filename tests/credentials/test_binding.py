"""Proofs of holding a key: whose, for whom, over what, when."""

from datetime import UTC, datetime, timedelta

import pytest

from servicehall.credentials import binding, disclosing
from servicehall.kernel.errors import Invalid
from servicehall.signing import foreign
from tests.credentials.vectors import EXAMPLE
from tests.credentials.wallet import Wallet

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
HALL = "http://hall.example"


def test_a_wallet_proves_its_key(wallet):
    told = binding.of_proof(wallet.proof("n-1", NOW), audience=HALL, at=NOW)
    assert told == (wallet.jwk, "n-1")


@pytest.mark.parametrize(
    "changes",
    [
        {"typ": "JWT"}, {"alg": "none"}, {"alg": "HS256"}, {"jwk": None}, {"jwk": Wallet().jwk},
        {"jwk": {"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}}, {"crit": ["x"]},
    ],
)  # fmt: skip
def test_a_proof_that_is_none(wallet, changes):
    with pytest.raises(Invalid):
        binding.of_proof(wallet.proof("n-1", NOW, **changes), audience=HALL, at=NOW)


@pytest.mark.parametrize("late", [timedelta(minutes=6), timedelta(minutes=-2)])
def test_a_proof_of_another_time_or_for_others(wallet, late):
    proof = wallet.proof("n-1", NOW)
    with pytest.raises(Invalid, match="时间"):
        binding.of_proof(proof, audience=HALL, at=NOW + late)
    with pytest.raises(Invalid, match="另一个"):
        binding.of_proof(proof, audience="http://other.example", at=NOW)
    empty = wallet.token({"alg": "ES256", "typ": binding.PROOF, "jwk": wallet.jwk}, {})
    with pytest.raises(Invalid, match="不完整"):
        binding.of_proof(empty, audience=HALL, at=NOW)


def test_the_key_binding_of_the_rfc():
    shown = disclosing.apart(EXAMPLE)
    cnf = foreign.token(shown.issued, typ="vc+sd-jwt").claims["cnf"]
    given = {
        "cnf": cnf, "bound": shown.bound, "audience": "https://example.com/verifier",
        "at": datetime.fromtimestamp(1709996185, UTC),
    }  # fmt: skip
    assert binding.of_presentation(shown.binding, **given) == "1234567890"
    for changed in (
        {"bound": shown.bound.replace("~", "", 1)}, {"cnf": {"jwk": Wallet().jwk}}, {"cnf": None},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            binding.of_presentation(shown.binding, **{**given, **changed})
    with pytest.raises(Invalid, match="没有持有证明"):
        binding.of_presentation("", **given)
