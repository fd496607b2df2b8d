"""What every FileStore promises (promise-suite), proven on the embedded one."""

import errno
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid, NotFound, StorageFull, Unavailable
from servicehall.storage.adapters.disk import DiskStore
from servicehall.storage.store import KEY


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path / "files")


def test_keeps_and_gives_back(store):
    assert store.keep("licenses/2026/1.pdf", b"one") == b"one"
    assert store.get("licenses/2026/1.pdf") == b"one"
    assert store.has("licenses/2026/1.pdf")
    assert not store.has("licenses/2026/2.pdf")
    assert not store.has("licenses/2026")


def test_the_stored_file_wins(store):
    store.keep("a", b"first")
    assert store.keep("a", b"second") == b"first"
    assert store.get("a") == b"first"


def test_missing_is_not_found(store):
    for key in ("nothing", "no/such/folder"):
        with pytest.raises(NotFound):
            store.get(key)
    store.keep("folder/file", b"")
    for key in ("folder", "folder/file/deeper"):
        with pytest.raises(NotFound):
            store.get(key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../up",
        "a/../../b",
        "a//b",
        "a/",
        ".hidden",
        "a/.b",
        "a\0b",
        "证照",
        "a\n",
    ],
)
def test_no_key_climbs_out(store, key):
    for act in (store.get, store.has, lambda k: store.keep(k, b"x")):
        with pytest.raises(Invalid):
            act(key)


@given(st.text(max_size=30))
def test_a_key_that_passes_stays_inside(text):
    if KEY.fullmatch(text):
        assert os.path.normpath("/root/" + text) == "/root/" + text


def test_lists_its_keys_and_no_spares(store, tmp_path):
    assert list(store.keys()) == []
    store.keep("a/b", b"")
    store.keep("c", b"")
    (tmp_path / "files" / ".0123").write_bytes(b"cut off")
    assert sorted(store.keys()) == ["a/b", "c"]


def test_of_many_writers_one_wins_and_all_know_it(store):
    seen = []
    threads = [
        threading.Thread(target=lambda n=n: seen.append(store.keep("k/k", b"%d" % n)))
        for n in range(8)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(set(seen)) == 1
    assert store.get("k/k") == seen[0]
    assert list(store.keys()) == ["k/k"]


def test_nobody_else_may_read(store, tmp_path):
    store.keep("a/b", b"")
    assert (tmp_path / "files/a/b").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("number", "refusal"), [(errno.ENOSPC, StorageFull), (errno.EIO, Unavailable)]
)
@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_failing_disk_keeps_nothing_by_halves(store, monkeypatch, number, refusal, call):
    store.keep("there", b"")

    def fail(*_):
        raise OSError(number, "the disk says no")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(refusal):
            store.keep("a", b"content")
    assert store.keep("a", b"content") == b"content"
    assert sorted(store.keys()) == ["a", "there"]
