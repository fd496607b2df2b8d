"""Heads are signed often enough, only forward, by one process at a time, and verifiably."""

import multiprocessing
from datetime import timedelta

import pytest

from servicehall.kernel.audit import Head
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.checkpoints import Checkpoints, read
from servicehall.signing.signer import Issuer
from tests.signing.conftest import SECRET, StillClock

AUDIT = Issuer("AUDIT", "审计链")


def head(length):
    return Head(length, f"{length:064x}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outside" / "checkpoints"


@pytest.fixture
def checkpoints(path, signer, clock):
    return Checkpoints(path, signer, AUDIT, clock)


def test_one_in_a_hundred_or_one_a_minute(checkpoints, path, signer, clock):
    assert read(path, signer.anchors(), AUDIT) == []
    for length in (1, 2, 99, 100, 101, 102):
        checkpoints(head(length))
    clock.moment += timedelta(seconds=59)
    checkpoints(head(103))
    clock.moment += timedelta(seconds=1)
    checkpoints(head(104))
    checkpoints(head(50))
    assert read(path, signer.anchors(), AUDIT) == [head(1), head(101), head(104)]


def test_a_clock_set_back_does_not_stop_it(checkpoints, path, signer, clock):
    checkpoints(head(1))
    clock.pass_days(-1)
    checkpoints(head(2))
    assert len(read(path, signer.anchors(), AUDIT)) == 2


def test_goes_on_after_a_restart_and_a_cut_line(checkpoints, path, signer, clock):
    checkpoints(head(7))
    with path.open("ab") as file:
        file.write(b'{"length":9')
    assert read(path, signer.anchors(), AUDIT) == [head(7)]
    again = Checkpoints(path, signer, AUDIT, clock)
    again(head(7))
    again(head(8))
    clock.moment += timedelta(minutes=2)
    again(head(9))
    assert read(path, signer.anchors(), AUDIT) == [head(7), head(9)]


def test_signatures_outlive_their_key(checkpoints, path, signer, clock):
    checkpoints(head(1))
    clock.pass_days(800)
    checkpoints(head(2))
    assert read(path, signer.anchors(), AUDIT) == [head(1), head(2)]


def test_a_changed_line_is_named(checkpoints, path, signer, clock):
    for length in (1, 200, 400):
        checkpoints(head(length))
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for wrong in (
        whole.replace(b'"length":200', b'"length":201'),
        lines[0] + b"\n" + lines[2],
        lines[0] + b"{}\n" + lines[2],
        lines[0] + b"[]\n" + lines[2],
        lines[0] + lines[0] + lines[2],
    ):
        path.write_bytes(wrong)
        with pytest.raises(ValueError, match="line 2"):
            read(path, signer.anchors(), AUDIT)


def test_another_signer_is_not_believed(checkpoints, path, signer, clock, tmp_path):
    Checkpoints(path, signer, Issuer("OTHER", "别人"), clock)(head(1))
    with pytest.raises(ValueError, match="line 1"):
        read(path, signer.anchors(), AUDIT)
    other = SoftwareSigner(tmp_path / "other", SECRET, clock)
    path.unlink()
    Checkpoints(path, other, AUDIT, clock)(head(1))
    with pytest.raises(ValueError, match="line 1"):
        read(path, signer.anchors(), AUDIT)


def test_a_failing_disk_is_logged_and_tried_again(checkpoints, path, signer, caplog):
    path.parent.write_bytes(b"not a folder")
    checkpoints(head(1))
    assert "could not be signed" in caplog.text
    path.parent.unlink()
    checkpoints(head(2))
    assert read(path, signer.anchors(), AUDIT) == [head(2)]


def _write(path, keys, start):
    checkpoints = Checkpoints(path, SoftwareSigner(keys, SECRET, StillClock()), AUDIT, StillClock())
    for step in range(20):
        checkpoints(head(start + step * 200))


def test_several_processes_write_one_file(path, keys, signer):
    signer.chain(AUDIT)
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_write, args=(path, keys, n + 1)) for n in range(3)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    heads = read(path, signer.anchors(), AUDIT)
    assert len(heads) >= 20
    assert heads[-1].length > 3800
