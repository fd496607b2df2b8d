"""A clock that stands still and a signer, as the signing room has them."""

from tests.signing.conftest import clock, keys, signer

__all__ = ["clock", "keys", "signer"]
