"""Checkpoints (链头存证): signed heads of the audit chain, kept outside the database (D7)."""

import base64
import fcntl
import json
import logging
import os
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

import rfc8785

from servicehall.kernel.audit import Head
from servicehall.kernel.clock import Clock
from servicehall.kernel.errors import HallError
from servicehall.signing import certificates
from servicehall.signing.signer import Issuer, Signer

ENTRIES = 100
PAUSE = timedelta(seconds=60)
_log = logging.getLogger(__name__)


class Checkpoints:
    """Call it with every committed head: it signs one in 100 entries, or one in 60 seconds.

    A line is JSON: length, hash, at, the signer's leaf certificate (``key``), and a signature over
    the others in canonical form (RFC 8785). Lines only ever grow in length; processes queue on the
    file. A disk or key that fails is logged, and the next commit tries again: what was committed
    stays committed.
    """

    def __init__(self, path: Path, signer: Signer, issuer: Issuer, clock: Clock) -> None:
        self._path, self._signer, self._issuer, self._clock = path, signer, issuer, clock
        self._length, self._at = 0, datetime.min.replace(tzinfo=clock.now().tzinfo)
        self._lock = threading.Lock()

    def __call__(self, head: Head) -> None:
        with self._lock:
            if not self._due(head, self._clock.now()):
                return
            try:
                self._append(head)
            except (OSError, HallError):
                _log.exception("the audit head %s could not be signed and kept", head.length)

    def _due(self, head: Head, now: datetime) -> bool:
        if head.length <= self._length:
            return False
        return head.length - self._length >= ENTRIES or not self._at <= now < self._at + PAUSE

    def _append(self, head: Head) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._catch_up(file)
            now = self._clock.now()
            if not self._due(head, now):
                return
            file.write(_line(head, now, self._signer, self._issuer))
            file.flush()
            os.fsync(file.fileno())
            self._length, self._at = head.length, now

    def _catch_up(self, file: IO[bytes]) -> None:
        """What other processes wrote last; a line that a crash cut off is taken away."""
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - 8192))
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            file.truncate(start + len(whole))
        if whole:
            last = json.loads(whole.splitlines()[-1])
            self._length, self._at = last["length"], datetime.fromisoformat(last["at"])


def read(path: Path, anchors: Iterable[bytes], issuer: Issuer) -> list[Head]:
    """Every head in the file at *path*, its signature verified, in order; [] if there is no file.

    *anchors* are the roots of ``Signer.anchors()``. Raises ValueError that names the bad line; a
    last line without its end was being written when the hall stopped, and was never relied on.
    """
    if not path.exists():
        return []
    trusted = tuple(anchors)
    heads: list[Head] = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        try:
            head = _head(line, trusted, issuer)
        except (ValueError, KeyError, TypeError, HallError) as error:
            raise ValueError(f"{path}, line {number}: {error}") from None
        if heads and head.length <= heads[-1].length:
            raise ValueError(f"{path}, line {number}: shorter than the line before")
        heads.append(head)
    return heads


def _line(head: Head, now: datetime, signer: Signer, issuer: Issuer) -> bytes:
    body: dict[str, Any] = {
        "length": head.length,
        "hash": head.hash,
        "at": now.isoformat(),
        "key": base64.b64encode(signer.chain(issuer)[0]).decode(),
    }
    signature = signer.sign(issuer, rfc8785.dumps(body))
    body["signature"] = base64.b64encode(signature).decode()
    return rfc8785.dumps(body) + b"\n"


def _head(line: bytes, anchors: tuple[bytes, ...], issuer: Issuer) -> Head:
    body = json.loads(line)
    signature = base64.b64decode(body.pop("signature"), validate=True)
    at = datetime.fromisoformat(body["at"])
    leaf = certificates.trusted(base64.b64decode(body["key"], validate=True), anchors, at=at)
    if leaf.issuer.code != issuer.code:
        raise ValueError(f"signed by {leaf.issuer.code}, not by {issuer.code}")
    if not certificates.holds(leaf.key, signature, rfc8785.dumps(body)):
        raise ValueError("the signature does not hold")
    return Head(body["length"], body["hash"])
