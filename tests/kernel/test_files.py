"""A file is written once, whole, by whoever comes first."""

import threading
from pathlib import Path

import pytest

from servicehall.kernel import files


def test_the_first_content_stays(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folder" / "name"
    files.write_once(path, b"first")
    files.write_once(path, b"second")
    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["name"]  # no spare file is left


def test_of_many_writers_one_wins_whole(tmp_path: Path) -> None:
    path, contents = tmp_path / "name", [bytes([n]) * 100_000 for n in range(8)]
    writers = [threading.Thread(target=files.write_once, args=(path, c)) for c in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert path.read_bytes() in contents


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        files.write_once(tmp_path / "file" / "name", b"")
