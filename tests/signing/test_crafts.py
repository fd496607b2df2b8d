"""What a keyring must know of each kind of key, promised by both kinds."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from servicehall.signing import certificates, certifying
from servicehall.signing.crafts import P256, Sm2


@pytest.fixture(params=[P256, Sm2])
def craft(request):
    return request.param()


def test_a_key_is_kept_sealed_and_signs_what_its_certificate_proves(craft, clock):
    key, stranger = craft.generate(), craft.generate()
    again = craft.unseal(craft.seal(key, b"words"), b"words")
    root = certifying.make_root(key, "根", now=clock.now())
    assert craft.matches(again, root)
    assert not craft.matches(stranger, root)
    signature = craft.sign(again, b"content")
    leaf = certificates._key(root)
    assert certificates.holds(leaf, signature, b"content")
    with pytest.raises(ValueError, match=r"(?i)password|read"):
        craft.unseal(craft.seal(key, b"words"), b"others")


def test_another_kind_of_key_is_none():
    other = rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"words")
    )
    with pytest.raises(TypeError, match="elliptic"):
        P256().unseal(other, b"words")
    with pytest.raises(ValueError, match="SM2"):
        Sm2().unseal(other, b"words")
