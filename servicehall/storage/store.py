"""Port: FileStore (文件库), where a key is written once and never changes (RELIABILITY D1)."""

import re
from collections.abc import Iterator
from typing import Protocol

_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
KEY = re.compile(rf"{_PART}(/{_PART})*")  # no empty part, no leading dot: nothing climbs out


class FileStore(Protocol):
    """Keeps bytes for good. Keys are ASCII paths such as ``licenses/2026/1.pdf`` (KEY)."""

    def keep(self, key: str, content: bytes) -> bytes:
        """Write *content* once and durably; returns what is stored.

        A key that exists already keeps its content, and that is returned: repeating a step that
        was cut off is harmless. Raises Invalid for a wrong key, StorageFull (507), Unavailable.
        """

    def get(self, key: str) -> bytes:
        """What is stored; NotFound, Invalid for a wrong key, or Unavailable."""

    def has(self, key: str) -> bool:
        """Whether something is stored under *key*."""

    def keys(self) -> Iterator[str]:
        """Every key, in no particular order; for ``servicehall fsck``."""
