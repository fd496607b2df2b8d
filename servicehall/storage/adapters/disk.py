"""FileStore on the local disk (embedded): spare file, fsync, link, fsync of the folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servicehall.kernel.errors import Invalid, NotFound, StorageFull, Unavailable
from servicehall.kernel.files import FULL, sync_folder, write_once
from servicehall.kernel.words import N_
from servicehall.storage.store import KEY


class DiskStore:
    """Files below *root*, mode 0600; the names of spare files begin with a dot."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, key: str, content: bytes) -> bytes:
        path = self._path(key)
        with _refusals():
            if path.exists():
                sync_folder(path.parent)  # its writer may have linked it and not synced yet
            else:
                write_once(path, content)
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


@contextmanager
def _refusals() -> Iterator[None]:
    """What the disk says, as the hall says it."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull(N_("存储空间已满，什么都没有保存，请稍后再试")) from error
        raise Unavailable(N_("文件库暂时没有应答，什么都没有保存，请稍后再试")) from error
