"""Libcrypto (系统密码库): SM2 and SM3 of the system's OpenSSL 3, which ``cryptography`` does not bring.

No arithmetic of ours: every value passes through ``EVP_*`` (openssl-cmds: EVP_PKEY-SM2(7)).
"""

import ctypes
import ctypes.util
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from typing import Any

from servicehall.kernel.errors import Unavailable
from servicehall.kernel.words import N_

DISTID = b"1234567812345678"  # the identity of a signer where none is agreed (GM/T 0009-2012 10)
MISSING = N_("这台计算机的密码库没有国密算法（SM2/SM3）")
_LONGEST = 80  # bytes of a DER signature with two numbers of 256 bits: 72 at most
_PKEY_CTX, _SIZE = c_void_p, POINTER(c_size_t)
_CALLS: dict[str, tuple[Any, list[Any]]] = {
    "BIO_new": (c_void_p, [c_void_p]),
    "BIO_s_mem": (c_void_p, []),
    "BIO_new_mem_buf": (c_void_p, [c_char_p, c_int]),
    "BIO_read": (c_int, [c_void_p, c_char_p, c_int]),
    "BIO_free": (c_int, [c_void_p]),
    "ERR_clear_error": (None, []),
    "EVP_aes_256_cbc": (c_void_p, []),
    "EVP_sm3": (c_void_p, []),
    "EVP_Digest": (c_int, [c_char_p, c_size_t, c_char_p, c_void_p, c_void_p, c_void_p]),
    "EVP_MD_CTX_new": (c_void_p, []),
    "EVP_MD_CTX_free": (None, [c_void_p]),
    "EVP_MD_CTX_set_pkey_ctx": (None, [c_void_p, _PKEY_CTX]),
    "EVP_PKEY_CTX_new_from_name": (_PKEY_CTX, [c_void_p, c_char_p, c_char_p]),
    "EVP_PKEY_CTX_new": (_PKEY_CTX, [c_void_p, c_void_p]),
    "EVP_PKEY_CTX_set1_id": (c_int, [_PKEY_CTX, c_char_p, c_int]),
    "EVP_PKEY_CTX_free": (None, [_PKEY_CTX]),
    "EVP_PKEY_keygen_init": (c_int, [_PKEY_CTX]),
    "EVP_PKEY_generate": (c_int, [_PKEY_CTX, POINTER(c_void_p)]),
    "EVP_PKEY_is_a": (c_int, [c_void_p, c_char_p]),
    "EVP_PKEY_free": (None, [c_void_p]),
    "EVP_DigestSignInit": (c_int, [c_void_p] * 5),
    "EVP_DigestSign": (c_int, [c_void_p, c_char_p, _SIZE, c_char_p, c_size_t]),
    "EVP_DigestVerifyInit": (c_int, [c_void_p] * 5),
    "EVP_DigestVerify": (c_int, [c_void_p, c_char_p, c_size_t, c_char_p, c_size_t]),
    "PEM_write_bio_PKCS8PrivateKey": (
        c_int, [c_void_p, c_void_p, c_void_p, c_char_p, c_int, c_void_p, c_void_p],
    ),
    "PEM_read_bio_PrivateKey": (c_void_p, [c_void_p, c_void_p, c_void_p, c_char_p]),
    "i2d_PUBKEY_bio": (c_int, [c_void_p, c_void_p]),
    "d2i_PUBKEY_bio": (c_void_p, [c_void_p, c_void_p]),
}  # fmt: skip


class Key:
    """An SM2 key inside the library; freed with this object."""

    def __init__(self, pointer: int) -> None:
        self.pointer, self._free = pointer, _library().EVP_PKEY_free

    def __del__(self) -> None:
        self._free(self.pointer)


@cache
def available() -> bool:
    """Whether this computer's libcrypto has SM2 and SM3."""
    try:
        generated()
        sm3(b"")
    except Unavailable:
        return False
    return True


def sm3(content: bytes) -> bytes:
    """The SM3 digest (GB/T 32905), 32 bytes."""
    lib, out = _library(), ctypes.create_string_buffer(32)
    _done(lib.EVP_Digest(content, len(content), out, None, lib.EVP_sm3(), None))
    return out.raw


def generated() -> Key:
    """A new SM2 key pair (GB/T 32918)."""
    lib = _library()
    with _context(lib.EVP_PKEY_CTX_new_from_name(None, b"SM2", None)) as context:
        _done(lib.EVP_PKEY_keygen_init(context))
        made = c_void_p()
        _done(lib.EVP_PKEY_generate(context, byref(made)))
    return _key(made.value)


def signed(key: Key, content: bytes, distid: bytes = DISTID) -> bytes:
    """The SM2 signature (DER) with SM3 over *content* by the identity *distid*."""
    lib = _library()
    with _digesting(key, lib.EVP_DigestSignInit, distid) as context:
        size = c_size_t(_LONGEST)
        out = ctypes.create_string_buffer(_LONGEST)
        _done(lib.EVP_DigestSign(context, out, byref(size), content, len(content)))
    return out.raw[: size.value]


def holds(key: Key, signature: bytes, content: bytes, distid: bytes = DISTID) -> bool:
    """Whether *signature* (DER) over *content* was made with the private half of *key*."""
    lib = _library()
    with _digesting(key, lib.EVP_DigestVerifyInit, distid) as context:
        told = lib.EVP_DigestVerify(context, signature, len(signature), content, len(content))
    lib.ERR_clear_error()
    return bool(told == 1)


def sealed(key: Key, passphrase: bytes) -> bytes:
    """The private key as encrypted PKCS #8 in PEM form (AES-256)."""
    lib = _library()
    with _memory(lib.BIO_new(lib.BIO_s_mem())) as out:
        _done(
            lib.PEM_write_bio_PKCS8PrivateKey(
                out, key.pointer, lib.EVP_aes_256_cbc(), passphrase, len(passphrase), None, None
            )
        )
        return _read(out)


def unsealed(pem: bytes, passphrase: bytes) -> Key:
    """The private key in an encrypted PEM. Raises ValueError for another passphrase or kind."""
    lib = _library()
    with _memory(lib.BIO_new_mem_buf(pem, len(pem))) as source:
        return _loaded(lib.PEM_read_bio_PrivateKey(source, None, None, passphrase))


def public(key: Key) -> bytes:
    """The public half as SubjectPublicKeyInfo (DER)."""
    lib = _library()
    with _memory(lib.BIO_new(lib.BIO_s_mem())) as out:
        _done(lib.i2d_PUBKEY_bio(out, key.pointer))
        return _read(out)


def loaded(spki: bytes) -> Key:
    """The public key in a SubjectPublicKeyInfo (DER). Raises ValueError where it is not SM2."""
    lib = _library()
    with _memory(lib.BIO_new_mem_buf(spki, len(spki))) as source:
        return _loaded(lib.d2i_PUBKEY_bio(source, None))


@cache
def _library() -> Any:
    """The library, its calls declared. Raises Unavailable where there is none, or without SM2."""
    try:
        lib = ctypes.CDLL(ctypes.util.find_library("crypto") or "libcrypto.so.3")
        for name, (result, arguments) in _CALLS.items():
            call = getattr(lib, name)
            call.restype, call.argtypes = result, arguments
    except (OSError, AttributeError):
        raise Unavailable(MISSING) from None
    return lib


@contextmanager
def _digesting(key: Key, begin: Any, distid: bytes) -> Iterator[Any]:
    """A digest context with the identity set before *begin*, as EVP_PKEY-SM2(7) demands."""
    lib = _library()
    with _context(lib.EVP_PKEY_CTX_new(key.pointer, None)) as settings:
        digest = lib.EVP_MD_CTX_new()
        try:
            _done(lib.EVP_PKEY_CTX_set1_id(settings, distid, len(distid)))
            lib.EVP_MD_CTX_set_pkey_ctx(digest, settings)
            _done(begin(digest, None, lib.EVP_sm3(), None, key.pointer))
            yield digest
        finally:
            lib.EVP_MD_CTX_free(digest)


@contextmanager
def _context(pointer: int | None) -> Iterator[int | None]:
    _done(pointer)
    try:
        yield pointer
    finally:
        _library().EVP_PKEY_CTX_free(pointer)


@contextmanager
def _memory(pointer: int | None) -> Iterator[int | None]:
    _done(pointer)
    try:
        yield pointer
    finally:
        _library().BIO_free(pointer)


def _read(source: int | None) -> bytes:
    out = ctypes.create_string_buffer(8192)
    size = _library().BIO_read(source, out, len(out))
    _done(size)
    return out.raw[:size]


def _loaded(pointer: int | None) -> Key:
    _library().ERR_clear_error()
    if not pointer:
        raise ValueError("no SM2 key can be read from this")
    key = Key(pointer)
    if not _library().EVP_PKEY_is_a(pointer, b"SM2"):
        raise ValueError("not an SM2 key")
    return key


def _key(pointer: int | None) -> Key:
    _done(pointer)
    return Key(pointer or 0)


def _done(told: int | None) -> None:
    """What every call says: nothing, zero or less where it did not do its work."""
    if not told or told < 0:
        _library().ERR_clear_error()
        raise Unavailable(MISSING)
