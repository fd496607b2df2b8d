"""Files (文件写入): written once, whole and durable; a name appears with all its content or not at all."""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_once(path: Path, content: bytes) -> None:
    """Put *content* at *path* (mode 0600), on disk when this returns.

    A file that is there already stays as it is, so that repeating a step that was cut off, or
    doing it twice at once, changes nothing. Raises OSError.
    """
    make_folder(path.parent)
    spare = path.with_name(f".{secrets.token_hex(8)}")
    try:
        handle = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(spare, path)
    finally:
        spare.unlink(missing_ok=True)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """*folder* and those above it (mode 0700), each of them known to its parent on disk."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Names that were made in *folder* survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
