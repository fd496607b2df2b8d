"""SM2 and SM3 of the system's library, held to vectors and to the ``openssl`` program."""

import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from servicehall.kernel.errors import Unavailable
from servicehall.signing import libcrypto

# GB/T 32905-2016 annex A: the two examples of SM3
ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
ABCD = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.fixture
def openssl():
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    return lambda *arguments: subprocess.run(["openssl", *arguments], capture_output=True)


def test_sm3_as_the_standard_has_it():
    assert libcrypto.sm3(b"abc").hex() == ABC
    assert libcrypto.sm3(b"abcd" * 16).hex() == ABCD


@settings(max_examples=25)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_signature_is_for_one_message_one_key_and_one_identity(content, other):
    key, stranger = libcrypto.generated(), libcrypto.generated()
    signature = libcrypto.signed(key, content)
    assert libcrypto.holds(key, signature, content)
    assert libcrypto.holds(key, signature, other) == (other == content)
    assert not libcrypto.holds(stranger, signature, content)
    assert not libcrypto.holds(key, signature, content, b"somebody else")
    assert not libcrypto.holds(key, signature[:-1], content)
    assert not libcrypto.holds(key, other, content)


def test_keys_are_sealed_by_a_passphrase_and_of_one_kind():
    key = libcrypto.generated()
    pem = libcrypto.sealed(key, b"words")
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    again = libcrypto.unsealed(pem, b"words")
    assert libcrypto.public(again) == libcrypto.public(key)
    with pytest.raises(ValueError, match="can be read"):
        libcrypto.unsealed(pem, b"others")
    p256 = ec.generate_private_key(ec.SECP256R1()).public_key()
    with pytest.raises(ValueError, match="SM2"):
        libcrypto.loaded(p256.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(ValueError, match="can be read"):
        libcrypto.loaded(b"nothing")


@pytest.mark.tool
def test_openssl_comes_to_the_same(openssl, tmp_path):
    key, content = libcrypto.generated(), "电子证照".encode()
    told = {"message": content, "public": libcrypto.public(key)}
    told["signature"] = libcrypto.signed(key, content)
    told["key"] = libcrypto.sealed(key, b"words")
    paths = {name: tmp_path / name for name in [*told, "theirs"]}
    for name, content_ in told.items():
        paths[name].write_bytes(content_)
    digest = openssl("dgst", "-sm3", str(paths["message"])).stdout.decode()
    assert libcrypto.sm3(content).hex() in digest
    common = ["-rawin", "-digest", "sm3", "-in", str(paths["message"])]
    for identity, works in (("1234567812345678", True), ("8765432187654321", False)):
        judged = openssl(
            "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", str(paths["public"]),
            "-sigfile", str(paths["signature"]), *common, "-pkeyopt", f"distid:{identity}",
        )  # fmt: skip
        assert (judged.returncode == 0) is works, judged.stderr
    openssl(
        "pkeyutl", "-sign", "-inkey", str(paths["key"]), "-passin", "pass:words",
        "-out", str(paths["theirs"]), *common, "-pkeyopt", "distid:1234567812345678",
    )  # fmt: skip
    assert libcrypto.holds(key, paths["theirs"].read_bytes(), content)


def test_a_computer_without_sm2_says_so(monkeypatch):
    for cached in (libcrypto.available, libcrypto._library):
        cached.cache_clear()
    monkeypatch.setitem(libcrypto._CALLS, "EVP_sm3_of_tomorrow", (None, []))
    try:
        assert not libcrypto.available()
        libcrypto._library.cache_clear()
        with pytest.raises(Unavailable, match="SM2"):
            libcrypto.generated()
    finally:
        for cached in (libcrypto.available, libcrypto._library):
            cached.cache_clear()
