"""Keyring (密钥环): numbered key pairs in files that are written once, the keys encrypted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall.kernel.errors import StorageFull, Unavailable
from servicehall.kernel.files import FULL, write_once
from servicehall.kernel.words import N_
from servicehall.signing.crafts import Craft, K


@dataclass(frozen=True, slots=True)
class Pair(Generic[K]):
    """A private key and the certificate made for it."""

    key: K
    certificate: x509.Certificate
    der: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "der", self.certificate.public_bytes(Encoding.DER))


class Keyring(Generic[K]):
    """Pairs ``<folder>/<name>/<number>.key`` and ``.crt``, mode 0600; old numbers stay.

    Of processes that make the same number at once, the first writer's key and certificate win and
    all of them use these. A number whose certificate is missing (cut off) is completed.
    """

    def __init__(self, folder: Path, passphrase: bytes, craft: Craft[K]) -> None:
        self._folder, self._passphrase, self._craft = folder, passphrase, craft

    def certificates(self, name: str) -> list[x509.Certificate]:
        """Every certificate under *name*, newest first."""
        with refusals():
            return [c for _, c in self._numbered(name)]

    def leaves(self) -> list[x509.Certificate]:
        """Every certificate of every issuer."""
        with refusals():
            paths = sorted(self._folder.glob("issuers/*/*.crt"))
            return [x509.load_pem_x509_certificate(one.read_bytes()) for one in paths]

    def newest(
        self,
        name: str,
        usable: Callable[[x509.Certificate], bool],
        make: Callable[[K], x509.Certificate],
    ) -> Pair[K]:
        """The newest pair under *name* that is *usable*, or a new one that *make* certifies."""
        with refusals():
            held = self._numbered(name)
            for number, certificate in held:
                if usable(certificate):
                    return Pair(self._key(name, number), certificate)
            number = max((n for n, _ in held), default=0) + 1
            self._write(name, f"{number}.key", self._sealed(self._craft.generate()))
            return self._certify(name, number, self._key(name, number), make)

    def add(self, name: str, pair: Pair[K]) -> None:
        """Take in a pair made elsewhere as the newest."""
        with refusals():
            taken = (int(p.stem) for p in (self._folder / name).glob("*.key"))
            number = max(taken, default=0) + 1
            self._write(name, f"{number}.key", self._sealed(pair.key))
            self._certify(name, number, pair.key, lambda key: pair.certificate)

    def _certify(
        self,
        name: str,
        number: int,
        key: K,
        make: Callable[[K], x509.Certificate],
    ) -> Pair[K]:
        path = self._write(name, f"{number}.crt", make(key).public_bytes(Encoding.PEM))
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        if not self._craft.matches(key, certificate):
            raise RuntimeError(f"{path} is not a certificate for the key beside it")
        return Pair(key, certificate)

    def _numbered(self, name: str) -> list[tuple[int, x509.Certificate]]:
        folder = self._folder / name
        if not folder.exists():
            return []  # as most issuers' of a second kind: asked for each license
        paths = (p for p in folder.glob("*.crt") if p.stem.isdecimal())
        found = [(int(p.stem), x509.load_pem_x509_certificate(p.read_bytes())) for p in paths]
        return sorted(found, key=lambda pair: -pair[0])

    def _key(self, name: str, number: int) -> K:
        path = self._folder / name / f"{number}.key"
        try:
            return self._craft.unseal(path.read_bytes(), self._passphrase)
        except ValueError:
            raise RuntimeError(f"{path} was not encrypted with this hall's master key") from None
        except TypeError as error:
            raise RuntimeError(f"{path}: {error}") from None

    def _sealed(self, key: K) -> bytes:
        return self._craft.seal(key, self._passphrase)

    def _write(self, name: str, file_name: str, content: bytes) -> Path:
        """The file with this content, or as somebody wrote it before: whole, and on the disk."""
        path = self._folder / name / file_name
        write_once(path, content)
        return path


@contextmanager
def refusals() -> Iterator[None]:
    """What the disk says about keys, as the hall says it."""
    try:
        yield
    except OSError as error:
        kind = StorageFull if error.errno in FULL else Unavailable
        raise kind(N_("签名密钥暂时不能使用，什么都没有签发，请稍后再试")) from error
