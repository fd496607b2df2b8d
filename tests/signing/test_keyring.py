"""Pairs are numbered, written once, and completed where they were cut off."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.kernel.errors import Unavailable
from servicehall.signing import certifying
from servicehall.signing.crafts import P256
from servicehall.signing.keyring import Keyring, Pair


@pytest.fixture
def ring(keys):
    return Keyring(keys, b"words", P256())


def test_the_newest_usable_pair_is_used_again(ring, clock):
    def make(key):
        return certifying.make_root(key, "根", now=clock.now())

    first = ring.newest("a", lambda c: True, make)
    assert ring.newest("a", lambda c: True, make).der == first.der
    second = ring.newest("a", lambda c: False, make)
    assert second.der != first.der
    assert ring.certificates("a") == [second.certificate, first.certificate]
    assert ring.certificates("b") == []


def test_takes_in_a_pair_even_beside_a_lonely_key(ring, keys, clock):
    (keys / "a").mkdir(parents=True)
    (keys / "a" / "1.key").write_bytes(b"cut off")
    key = ec.generate_private_key(ec.SECP256R1())
    ring.add("a", Pair(key, certifying.make_root(key, "根", now=clock.now())))
    assert (keys / "a" / "2.crt").exists()


def test_an_unreadable_folder_is_unavailable(ring, keys):
    (keys / "a" / "1.crt").mkdir(parents=True)
    with pytest.raises(Unavailable):
        ring.certificates("a")
