"""Checkpoints (树根存证): signed heads of a log, kept outside the database (D7)."""

import fcntl
import json
import logging
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from servicehall.kernel import jcs
from servicehall.kernel.audit import Head
from servicehall.kernel.clock import Clock
from servicehall.kernel.errors import HallError, Invalid, NotFound, Unavailable
from servicehall.kernel.words import N_
from servicehall.signing import jws
from servicehall.signing.signer import Issuer, Signer

ENTRIES = 100
PAUSE = timedelta(seconds=60)
AUDITOR = Issuer("AUDIT", "政务服务大厅审计签名")
TYP, LOG, LICENSES = "checkpoint+jwt", "audit", "licenses"
_TAIL = 8192  # bytes, more than a line has
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head and the compact JWS that says when it was signed, and by whom."""

    head: Head
    at: datetime
    jws: str


class Checkpoints:
    """Call it with every committed head: it signs one in 100 entries, or one in 60 seconds.

    A line is a compact JWS over {log, size, root}; the file is for one *log*. Lines only ever
    grow in size; processes queue on the file. A disk or key that fails is logged, and the next
    commit tries again: what was committed stays committed.
    """

    log = LOG

    def __init__(self, path: Path, signer: Signer, clock: Clock) -> None:
        self._path, self._signer, self._clock = path, signer, clock
        self._length, self._at = 0, datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def __call__(self, head: Head) -> None:
        with self._lock:
            if not self._due(head, self._clock.now()):
                return
            try:
                self._append(head)
            except (OSError, HallError):
                _log.exception("the audit head %s could not be signed and kept", head.length)

    def reach(self, length: int, head: Head) -> Checkpoint:
        """A checkpoint that holds entry *length*: the first, else *head* is signed now. Unavailable."""
        try:
            with self._lock:
                if head.length > self._length:
                    self._append(head, least=length)
        except OSError as error:
            raise Unavailable(N_("日志暂时不能签名，请稍后再试")) from error
        return self.after(length - 1)

    def after(self, length: int) -> Checkpoint:
        """The first checkpoint of more than *length* entries. Raises NotFound."""
        found = self.some(length, most=1)
        if not found:
            raise NotFound(N_("日志还没有签到这个长度"))
        return found[0]

    def of(self, length: int) -> Checkpoint:
        """The checkpoint of exactly *length* entries. Raises NotFound."""
        if (found := self.after(length - 1)).head.length != length:
            raise NotFound(N_("没有这个长度的签名树根"))
        return found

    def last(self) -> Checkpoint:
        """The newest checkpoint. Raises NotFound while there is none."""
        lines = self._tail()
        if not lines:
            raise NotFound(N_("日志还没有签到这个长度"))
        return parsed(lines[-1], self.log)

    def some(self, length: int, *, most: int) -> list[Checkpoint]:
        """Up to *most* checkpoints of more than *length* entries, in order."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(_first(file, length, self.log))
            found = []
            for line in file:
                one = parsed(line[:-1], self.log) if line.endswith(b"\n") else None
                if one and one.head.length > length:
                    found.append(one)
                if len(found) == most or one is None:
                    break
        return found

    def _due(self, head: Head, now: datetime) -> bool:
        if head.length <= self._length:
            return False
        return head.length - self._length >= ENTRIES or not self._at <= now < self._at + PAUSE

    def _append(self, head: Head, *, least: int = 0) -> None:
        """Sign *head* where one is due, or none holds entry *least* yet."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._catch_up(file)
            now = self._clock.now()
            if not (self._due(head, now) or self._length < least <= head.length):
                return
            file.write(_signed(self.log, head, now, self._signer).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
            self._length, self._at = head.length, now

    def _catch_up(self, file: IO[bytes]) -> None:
        """What other processes wrote last; a line that a crash cut off is taken away."""
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - _TAIL))
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            file.truncate(start + len(whole))
        if whole:
            last = parsed(whole.splitlines()[-1], self.log)
            self._length, self._at = last.head.length, last.at

    def _tail(self) -> list[bytes]:
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            return file.read().split(b"\n")[:-1]


class LicenseHeads(Checkpoints):
    """The signed heads of the license log (证照日志), in a file of their own."""

    log = LICENSES


def read(path: Path, anchors: Iterable[bytes], log: str = LOG) -> list[Head]:
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
            head = verified(line.decode("ascii"), trusted, log).head
        except (ValueError, HallError) as error:
            raise ValueError(f"{path}, line {number}: {error}") from None
        if heads and head.length <= heads[-1].length:
            raise ValueError(f"{path}, line {number}: shorter than the line before")
        heads.append(head)
    return heads


def verified(text: str, anchors: Iterable[bytes], log: str = LOG) -> Checkpoint:
    """The checkpoint in a JWS that the hall's auditor signed. Raises Invalid, UnknownIssuer."""
    leaf = jws.opened(text, typ=TYP).verify(anchors)
    if leaf.issuer.code != AUDITOR.code:
        raise Invalid(N_("树根不是本大厅的审计签名签的"))
    return parsed(text.encode(), log)


def parsed(line: bytes, log: str = LOG) -> Checkpoint:
    """A checkpoint whose signature nobody has looked at. Raises Invalid where it is none."""
    envelope = jws.opened(line.decode("ascii", "replace"), typ=TYP)
    match json.loads(envelope.payload):
        case {"log": str(of), "size": int(size), "root": str(root)} if size > 0 and of == log:
            return Checkpoint(Head(size, root), envelope.at, line.decode())
    raise Invalid(N_("这不是这份日志的签名树根"))


def _signed(log: str, head: Head, now: datetime, signer: Signer) -> str:
    body = jcs.canonical({"log": log, "size": head.length, "root": head.hash})
    return jws.seal(signer, AUDITOR, body, typ=TYP, now=now)


def _first(file: IO[bytes], length: int, log: str) -> int:
    """Where a line begins that is at or before the first of more than *length* entries."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while high - low > _TAIL:
        file.seek((low + high) // 2)
        file.readline()
        start, line = file.tell(), file.readline()
        if start < high and line.endswith(b"\n") and parsed(line[:-1], log).head.length <= length:
            low = start
        else:
            high = (low + high) // 2
    return low
