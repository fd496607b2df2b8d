"""Settings (配置): one URL per engine, read once from HALL_* variables over servicehall.toml."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[2]
_FOR_TESTS = frozenset({"test_database_url", "require_all"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; an empty engine URL means the embedded one inside ``data``.

    ``mode`` is ``demo`` (synthetic city, demo certificate authority) or ``production`` (refuses
    both). ``public_url`` is what QR codes and cookies are made for; where it is set, a proxy stands
    before the hall and appends the visitor's address to ``X-Forwarded-For``. ``queue_url`` wakes
    workers, ``cache_url`` counts wrong guesses: ``redis://`` where there are several machines.
    ``registry_roots`` is a PEM file of the roots under which registries sign (empty: the hall's own),
    ``timestamp_roots`` one of the roots of a timestamp authority elsewhere. ``signer_url`` of a
    PKCS #11 token is ``pkcs11:token=LABEL?module-path=FILE&pin-source=file:FILE`` (RFC 7512);
    ``signer_pin`` its PIN where no file holds it.
    """

    home: str = str(HOME)
    data: str = str(HOME / "instance")
    mode: str = "demo"
    port: int = 8000
    public_url: str = ""
    database_url: str = ""
    storage_url: str = ""
    signer_url: str = ""
    signer_pin: str = field(default="", repr=False)
    registry_url: str = "embedded://"
    registry_roots: str = ""
    timestamp_url: str = "local://"
    timestamp_roots: str = ""
    payment_url: str = "window://"
    notifier_url: str = "inbox://"
    identity_url: str = "local://"
    queue_url: str = "database://"
    cache_url: str = "memory://"

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Settings of this process. Raises ValueError that names a wrong file, key or value."""
        given: dict[str, Any] = {**_from_file(environ), **_from_environment(environ)}
        known = {f.name: f.type for f in fields(cls)}
        if unknown := sorted(given.keys() - known.keys()):
            raise ValueError(f"unknown settings: {', '.join(unknown)}")
        try:
            given["port"] = int(given.get("port", 8000))
        except (TypeError, ValueError):
            raise ValueError(f"port: not a number: {given['port']}") from None
        if wrong := sorted(k for k, v in given.items() if k != "port" and not isinstance(v, str)):
            raise ValueError(f"not a text: {', '.join(wrong)}")
        return cls(**given)

    def __post_init__(self) -> None:
        if self.mode not in ("demo", "production"):
            raise ValueError(f"mode: demo or production, not {self.mode!r}")

    @property
    def folder(self) -> Path:
        """The one state folder (数据目录)."""
        return Path(self.data)

    @property
    def address(self) -> str:
        """Where people reach the hall, without a trailing slash."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    def engine(self, name: str) -> str:
        """The URL of engine *name*: ``database``, ``storage`` or ``signer``."""
        embedded = {
            "database": f"sqlite:///{self.folder.resolve()}/hall.db",
            "storage": f"file://{self.folder.resolve()}/files",
            "signer": f"file://{self.folder.resolve()}/keys",
        }
        chosen: str = getattr(self, f"{name}_url")
        return chosen or embedded[name]


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    given = {k[5:].lower(): v for k, v in environ.items() if k.startswith("HALL_")}
    return {k: v for k, v in given.items() if k not in _FOR_TESTS and k != "settings"}


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    path = Path(environ.get("HALL_SETTINGS", HOME / "servicehall.toml"))
    if not path.exists():
        if "HALL_SETTINGS" in environ:
            raise ValueError(f"{path}: no such settings file")
        return {}
    try:
        return tomllib.loads(path.read_text("utf8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from None
