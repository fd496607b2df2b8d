"""JWTs signed by keys that are not ours: read strictly, believed only under the key that is named."""

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.signing import foreign
from tests.credentials.wallet import Wallet


def test_a_wallets_token_is_read_and_held_to_its_key():
    wallet = Wallet()
    text = wallet.token({"alg": "ES256", "typ": "kb+jwt"}, {"nonce": "1"})
    token = foreign.token(text, typ="kb+jwt")
    assert token.claims == {"nonce": "1"}
    assert token.signed_by(foreign.public_key(wallet.jwk))
    assert not token.signed_by(foreign.public_key(Wallet().jwk))
    head, body, _ = text.split(".")
    other = foreign.encoded(b'{"nonce":"2"}')
    forged = foreign.token(f"{head}.{other}.{text.split('.')[2]}", typ="kb+jwt")
    assert not forged.signed_by(foreign.public_key(wallet.jwk))
    assert not foreign.token(f"{head}.{body}.", typ="kb+jwt").signed_by(
        foreign.public_key(wallet.jwk)
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "a.b", "e30.e30.AA==", "e30.W10.AA", "e30.e30.A",
        "eyJ0eXAiOiJ4IiwidHlwIjoieCJ9.e30.AA", "!." * 2, "[" * 70_000,
    ],
)  # fmt: skip
def test_what_is_no_token(text):
    with pytest.raises(Invalid):
        foreign.token(text, typ="x")


def test_what_is_no_public_key():
    jwk = Wallet().jwk
    for bad in (None, {}, {**jwk, "d": "AQ"}, {**jwk, "crv": "P-384"}, {**jwk, "x": "AQ"}):
        with pytest.raises(Invalid):
            foreign.public_key(bad)
    assert foreign.plain_jwk({**jwk, "kid": "1"}) == jwk
