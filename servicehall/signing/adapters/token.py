"""Signer with keys in a PKCS #11 token (密码设备): made there, used there, certificates in files."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, quote, unquote, unquote_to_bytes, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from servicehall.kernel.clock import Clock
from servicehall.signing.cryptoki import Token
from servicehall.signing.safe import Safe, SafeSigner

_ROOT_NAME = "示范(演示)政务服务大厅密码设备根证书"


class TokenSigner(SafeSigner[ec.EllipticCurvePrivateKey]):
    """ES256 with keys in the token that *url* names; below *folder* are their certificates, and
    which key is whose.

    Rules as for keys in files (``signing.safe``), but each signature is new. *pin* counts where the
    URL names no file. *secret* (32 bytes) seals what is noted of a refused PIN. *besides* are roots
    believed as well. ``adopt`` needs a token that takes in a key. Raises ValueError for a URL that
    does not say enough, Unavailable as ``Token``.
    """

    def __init__(
        self,
        url: str,
        pin: str,
        folder: Path,
        secret: bytes,
        clock: Clock,
        *,
        production: bool = False,
        besides: Callable[[], tuple[bytes, ...]] = tuple,
    ) -> None:
        told = _named(url)
        self._token = Token(
            told["module-path"], told["token"], _pin(told, pin),
            refused=folder / "pin-refused", secret=secret,
        )  # fmt: skip
        craft = TokenP256(self._token)
        super().__init__(
            Safe(folder, b"", craft, clock, root_name=_ROOT_NAME, production=production)
        )
        self._besides = besides

    def anchors(self) -> tuple[bytes, ...]:
        return self.safe.rooted() + self._besides()

    def adopt(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self.safe.adopt(key, certificate)

    def close(self) -> None:
        self._token.close()


class TokenKey(ec.EllipticCurvePrivateKey):
    """The private key *number* of *token*, as ``cryptography`` wants one: it can sign, no more."""

    def __init__(self, token: Token, number: bytes, public: ec.EllipticCurvePublicKey) -> None:
        self._token, self.number, self._public = token, number, public

    @property
    def curve(self) -> ec.EllipticCurve:
        return self._public.curve

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._public

    def raw(self, content: bytes) -> bytes:
        """The signature r||s over *content*."""
        return self._token.sign(self.number, hashlib.sha256(content).digest())

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        if not isinstance(signature_algorithm.algorithm, SHA256):
            raise ValueError("ES256 signs SHA-256")
        raw = self.raw(bytes(data))
        return encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> NoReturn:
        raise NotImplementedError("keys of the hall only sign")

    def private_numbers(self) -> NoReturn:
        raise NotImplementedError("the key does not leave its token")

    def private_bytes(self, *_: Any) -> NoReturn:
        raise NotImplementedError("the key does not leave its token")

    def __copy__(self) -> "TokenKey":
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> "TokenKey":
        return self


class TokenP256:
    """The craft: ``<number>.key`` is no secret, it names the key (RFC 7512) and its public half."""

    algorithm = "ES256"

    def __init__(self, token: Token) -> None:
        self._token = token

    def generate(self) -> ec.EllipticCurvePrivateKey:
        return TokenKey(self._token, *self._token.generate())

    def seal(self, key: ec.EllipticCurvePrivateKey, passphrase: bytes) -> bytes:
        number = key.number if isinstance(key, TokenKey) else self._token.take_in(key)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return f"pkcs11:id={quote(number)}\n".encode() + public

    def unseal(self, pem: bytes, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
        name, _, rest = pem.partition(b"\n")
        if not name.startswith(b"pkcs11:id="):
            raise TypeError("it does not name a key in a token")
        public = load_pem_public_key(rest)
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise TypeError("not an elliptic curve key")
        number = unquote_to_bytes(name.removeprefix(b"pkcs11:id="))
        return TokenKey(self._token, number, public)

    def matches(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bool:
        return certificate.public_key() == key.public_key()

    def sign(self, key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
        if not isinstance(key, TokenKey):
            raise TypeError("the key is not in the token")
        return key.raw(content)


def _named(url: str) -> dict[str, str]:
    """What the URL ``pkcs11:token=LABEL?module-path=FILE&pin-source=file:FILE`` says (RFC 7512).

    Raises ValueError naming what is missing or unknown, never showing a value.
    """
    parts = urlsplit(url)
    path = dict(one.partition("=")[::2] for one in parts.path.split(";") if one)
    told = {name: unquote(value) for name, value in path.items()}
    told |= {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if "pin-value" in told:
        raise ValueError("signer_url: pin-value: put the PIN in a file (pin-source) or signer_pin")
    if unknown := sorted(told.keys() - {"token", "module-path", "pin-source"}):
        raise ValueError(f"signer_url: unknown: {', '.join(unknown)}")
    if missing := [one for one in ("token", "module-path") if not told.get(one)]:
        raise ValueError(f"signer_url: missing: {', '.join(missing)}")
    return told


def _pin(told: dict[str, str], set_: str) -> str:
    """The PIN in the file that the URL names, else as it was *set_*. Raises ValueError for none."""
    if source := told.get("pin-source"):
        file = Path(unquote(urlsplit(source).path))
        try:
            set_ = file.read_text("utf8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"signer_url: pin-source: {file}: {type(error).__name__}") from None
    if not set_:
        raise ValueError("signer_url: the token needs a PIN: pin-source, or HALL_SIGNER_PIN")
    return set_
