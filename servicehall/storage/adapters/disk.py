"""FileStore on the local disk (embedded): spare file, fsync, link, fsync of the folder."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servicehall.kernel.errors import Invalid, NotFound, StorageFull, Unavailable
from servicehall.kernel.words import N_
from servicehall.storage.store import KEY

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DiskStore:
    """Files below *root*, mode 0600; the names of spare files begin with a dot."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, key: str, content: bytes) -> bytes:
        path = self._path(key)
        with _refusals():
            if not path.exists():
                _make_folder(path.parent)
                _write_once(path, content)
            _sync_folder(path.parent)  # another writer may have linked it and not synced yet
            return path.read_bytes()

    def get(self, key: str) -> bytes:
        path = self._path(key)
        with _refusals():
            try:
                return path.read_bytes()
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
                raise NotFound(N_("没有找到这份文件")) from None

    def has(self, key: str) -> bool:
        return self._path(key).is_file()

    def keys(self) -> Iterator[str]:
        for path in self.root.rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix()

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise Invalid(N_("文件名不正确"))
        return self.root / key


def _write_once(path: Path, content: bytes) -> None:
    """The name appears with the whole content or not at all; who comes second changes nothing."""
    spare = path.with_name(f".{secrets.token_hex(8)}")
    try:
        handle = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(spare, path)
    except FileExistsError:
        pass
    finally:
        spare.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """*folder* and those above it, each of them known to its parent on disk."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(one.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the disk says, as the hall says it."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(N_("存储空间已满，什么都没有保存，请稍后再试")) from error
        raise Unavailable(N_("文件库暂时没有应答，什么都没有保存，请稍后再试")) from error
