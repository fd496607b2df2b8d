"""The vault (密钥库): seals single fields, makes blind indexes; keys stay out of the database."""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from servicehall.kernel.files import write_once

_KEY_ID = b"\x01"


class Vault:
    """AES-256-GCM fields ``[1 B key id | 12 B nonce | ciphertext + tag]`` and HMAC-SHA-256 indexes.

    Every column has keys of its own, derived by HKDF (RFC 5869) from one master key of 32 bytes;
    the column's name is bound in as associated data, so a value cannot be moved to another column.
    """

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("the master key has 32 bytes")
        self._master = master
        self._keys: dict[str, bytes] = {}
        self._ciphers: dict[str, tuple[AESGCM, bytes]] = {}

    @classmethod
    def open(cls, folder: Path) -> "Vault":
        """The vault whose master key lies in *folder*, made there (mode 0600) at first use."""
        path = folder / "master.key"
        if not path.exists():
            write_once(path, secrets.token_hex(32).encode())
        return cls(bytes.fromhex(path.read_text().strip()))

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes for *purpose*, the same for as long as the master key is."""
        if purpose not in self._keys:
            derive = HKDF(SHA256(), 32, salt=None, info=purpose.encode())
            self._keys[purpose] = derive.derive(self._master)
        return self._keys[purpose]

    def encrypt(self, column: str, plain: bytes) -> bytes:
        """*plain* sealed for *column*."""
        nonce = os.urandom(12)
        cipher, name = self._field(column)
        return _KEY_ID + nonce + cipher.encrypt(nonce, plain, name)

    def decrypt(self, column: str, sealed: bytes) -> bytes:
        """What was sealed for *column*; raises InvalidTag if it was altered or moved."""
        if sealed[:1] != _KEY_ID:
            raise InvalidTag
        cipher, name = self._field(column)
        return cipher.decrypt(sealed[1:13], sealed[13:], name)

    def index(self, column: str, plain: str) -> str:
        """The blind index of *plain*: HMAC-SHA-256 cut to 128 bits, in hex."""
        return hmac.digest(self.key("index:" + column), plain.encode(), sha256).hex()[:32]

    def _field(self, column: str) -> tuple[AESGCM, bytes]:
        """The cipher of *column*, its key scheduled once, and the name it is bound to."""
        if column not in self._ciphers:
            self._ciphers[column] = AESGCM(self.key("field:" + column)), column.encode()
        return self._ciphers[column]
