"""Cryptoki (密码设备接口): one PKCS #11 token (OASIS, v2.40) that makes P-256 keys and signs with them.

Private keys never leave it. A PIN that the token refused is never tried again: tokens lock.
"""

import fcntl
import hmac
import os
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import pkcs11
from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.util.ec import decode_ec_private_key, encode_named_curve_parameters

from servicehall.kernel.errors import Unavailable
from servicehall.kernel.words import N_

_P256 = "1.2.840.10045.3.1.7"
_LABEL = "servicehall"
_KEPT = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
_WRONG = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)
_REFUSED = N_(
    "密码设备不接受口令，大厅不会再用它尝试，以免设备锁定；请更正口令（pin-source 文件或 HALL_SIGNER_PIN），"
    "如果改的是设备一边，请删除 %(file)s"
)
_users: Counter[str] = Counter()  # of each module: the last to leave shuts it
_door = threading.RLock()  # modules need not take two calls at once: one act at a time


class Token:
    """The token labelled *label* behind the *module* (a shared library), opened with *pin*.

    *refused* is a file that remembers, across processes and restarts, the PIN that was refused (as
    an HMAC under *secret*). Raises Unavailable, saying what to do, where module or token are absent
    or the PIN does not open it; later, while the token does not answer. A session that broke off is
    opened anew by the next act.
    """

    def __init__(self, module: str, label: str, pin: str, *, refused: Path, secret: bytes) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._refused, self._mark = refused, hmac.digest(secret, pin.encode(), "sha256").hex()
        self._session: Any = None
        self._keys: dict[bytes, Any] = {}
        with _door:
            self._library = _loaded(module)
            _users[module] += 1
        try:
            with self._opened():
                pass
        except Unavailable:
            self.close()
            raise

    def generate(self) -> tuple[bytes, ec.EllipticCurvePublicKey]:
        """A new key pair in the token: its identifier (CKA_ID) and the public half."""
        number = secrets.token_bytes(16)
        with self._opened() as session:
            curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(_P256)}
            made = session.create_domain_parameters(KeyType.EC, curve, local=True)
            public, self._keys[number] = made.generate_keypair(
                store=True, id=number, label=_LABEL, private_template=_KEPT
            )
            point = core.OctetString.load(public[Attribute.EC_POINT]).native
        return number, ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)

    def take_in(self, key: ec.EllipticCurvePrivateKey) -> bytes:
        """Keep a *key* made elsewhere (the operator's root) in the token; its identifier.

        Raises Unavailable where the token takes in none.
        """
        number = secrets.token_bytes(16)
        plain = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        named = {Attribute.TOKEN: True, Attribute.ID: number, Attribute.LABEL: _LABEL}
        with self._opened() as session:
            session.create_object(
                {**decode_ec_private_key(plain), **named, **_KEPT, Attribute.SIGN: True,
                 Attribute.PRIVATE: True}
            )  # fmt: skip
        return number

    def sign(self, number: bytes, digest: bytes) -> bytes:
        """The signature r||s over *digest* (SHA-256) by key *number* (CKM_ECDSA), new each time."""
        with self._opened() as session:
            try:
                if (key := self._keys.get(number)) is None:
                    key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=number)
                    self._keys[number] = key
            except pkcs11.NoSuchKey:
                raise Unavailable(
                    N_("签名密钥不在密码设备 %(label)s 里，请接上生成这个密钥的设备"),
                    label=self._label,
                ) from None
            return bytes(key.sign(digest, mechanism=Mechanism.ECDSA))

    def close(self) -> None:
        """Leave the token; the module is shut once nobody in this process uses it (before a fork)."""
        with _door:
            self._leave()
            if self._library is not None:
                self._library, library = None, self._library
                _users[self._module] -= 1
                if not _users[self._module]:
                    library.finalize()

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """A session, for one act."""
        with _door:
            try:
                if self._session is None:
                    self._session = self._enter()
                yield self._session
            except pkcs11.PKCS11Error as error:
                self._leave()
                raise Unavailable(
                    N_("密码设备 %(label)s 没有应答，什么都没有签发，请检查设备后再试"),
                    label=self._label,
                ) from error

    def _enter(self) -> Any:
        try:
            token = self._library.get_token(token_label=self._label)
        except (pkcs11.NoSuchToken, pkcs11.MultipleTokensReturned):
            raise Unavailable(
                N_("没有（或不止一个）名为 %(label)s 的密码设备，请接好设备，并核对 HALL_SIGNER_URL 里的 token"),
                label=self._label,
            ) from None  # fmt: skip
        self._refused.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self._refused, "a+", opener=_private) as note:
            fcntl.flock(note, fcntl.LOCK_EX)  # of processes that start together one tries
            note.seek(0)
            if note.read() == self._mark:
                raise Unavailable(_REFUSED, file=self._refused)
            try:
                session = self._logged_in(token)
            except _WRONG:
                note.truncate(0)
                note.write(self._mark)
                raise Unavailable(_REFUSED, file=self._refused) from None
            note.truncate(0)
            return session

    def _logged_in(self, token: Any) -> Any:
        if token.flags & (TokenFlag.USER_PIN_LOCKED | TokenFlag.USER_PIN_FINAL_TRY):
            _locked()
        try:
            return token.open(rw=True, user_pin=self._pin)
        except pkcs11.UserAlreadyLoggedIn:  # another hall in this process did
            return token.open(rw=True)
        except pkcs11.PinLocked:
            _locked()

    def _leave(self) -> None:
        session, self._session = self._session, None
        self._keys.clear()
        if session is not None:
            with suppress(pkcs11.PKCS11Error):  # it may have ended already
                session.close()


def _locked() -> NoReturn:
    raise Unavailable(
        N_("密码设备已锁定，或只剩最后一次口令机会，大厅没有尝试；请管理员用设备自带的工具解锁或登录一次")
    )  # fmt: skip


def _loaded(module: str) -> Any:
    try:
        return pkcs11.lib(module)
    except (pkcs11.PKCS11Error, OSError) as error:
        raise Unavailable(
            N_("不能加载密码设备的模块 %(module)s，请安装设备驱动，并核对 HALL_SIGNER_URL 里的 module-path"),
            module=module,
        ) from error  # fmt: skip


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
