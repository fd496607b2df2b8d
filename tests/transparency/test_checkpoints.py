"""Heads are signed often enough, only forward, by one process at a time, and verifiably."""

import multiprocessing
from datetime import timedelta

import pytest

from servicehall.kernel.audit import Head
from servicehall.kernel.errors import Invalid, NotFound, Unavailable
from servicehall.signing import jws
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer
from servicehall.transparency.checkpoints import AUDITOR, TYP, Checkpoints, parsed, read
from tests.signing.conftest import SECRET, StillClock


def head(length):
    return Head(length, f"{length:064x}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outside" / "checkpoints"


@pytest.fixture
def checkpoints(path, signer, clock):
    return Checkpoints(path, signer, clock)


def test_one_in_a_hundred_or_one_a_minute(checkpoints, path, signer, clock):
    assert read(path, signer.anchors()) == []
    for length in (1, 2, 99, 100, 101, 102):
        checkpoints(head(length))
    clock.moment += timedelta(seconds=59)
    checkpoints(head(103))
    clock.moment += timedelta(seconds=1)
    checkpoints(head(104))
    checkpoints(head(50))
    assert read(path, signer.anchors()) == [head(1), head(101), head(104)]


def test_a_clock_set_back_does_not_stop_it(checkpoints, path, signer, clock):
    checkpoints(head(1))
    clock.pass_days(-1)
    checkpoints(head(2))
    assert len(read(path, signer.anchors())) == 2


def test_goes_on_after_a_restart_and_a_cut_line(checkpoints, path, signer, clock):
    checkpoints(head(7))
    with path.open("ab") as file:
        file.write(b"eyJhbGci")
    assert read(path, signer.anchors()) == [head(7)]
    again = Checkpoints(path, signer, clock)
    again(head(7))
    again(head(8))
    clock.moment += timedelta(minutes=2)
    again(head(9))
    assert read(path, signer.anchors()) == [head(7), head(9)]


def test_signatures_outlive_their_key(checkpoints, path, signer, clock):
    checkpoints(head(1))
    clock.pass_days(800)
    checkpoints(head(2))
    assert read(path, signer.anchors()) == [head(1), head(2)]


def test_a_changed_line_is_named(checkpoints, path, signer, clock):
    for length in (1, 200, 400):
        checkpoints(head(length))
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    other = parsed(lines[1][:-1]).jws.split(".")
    other[1] = lines[0].decode().split(".")[1]
    for wrong in (
        lines[0] + ".".join(other).encode() + b"\n" + lines[2],
        lines[0] + b"\n" + lines[2],
        lines[0] + b"{}\n" + lines[2],
        lines[0] + "树根\n".encode() + lines[2],
        lines[0] + lines[0] + lines[2],
    ):
        path.write_bytes(wrong)
        with pytest.raises(ValueError, match="line 2"):
            read(path, signer.anchors())


def test_another_signer_is_not_believed(path, signer, clock, tmp_path):
    body = b'{"log":"audit","root":"00","size":1}'
    path.parent.mkdir()
    text = jws.seal(signer, Issuer("OTHER", "别人"), body, typ=TYP, now=clock.now())
    path.write_text(text + "\n")
    with pytest.raises(ValueError, match="line 1"):
        read(path, signer.anchors())
    other = SoftwareSigner(tmp_path / "other", SECRET, clock)
    path.unlink()
    Checkpoints(path, other, clock)(head(1))
    with pytest.raises(ValueError, match="line 1"):
        read(path, signer.anchors())


@pytest.mark.parametrize(
    "body", [b'{"log":"licenses","root":"00","size":1}', b'{"log":"audit","root":"00","size":0}',
             b'{"log":"audit","size":1}', b"[]"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(signer, clock, body):
    text = jws.seal(signer, AUDITOR, body, typ=TYP, now=clock.now())
    with pytest.raises(Invalid):
        parsed(text.encode())


def test_each_is_found_again(checkpoints, path, signer, clock):
    with pytest.raises(NotFound):
        checkpoints.last()
    assert checkpoints.some(0, most=9) == []
    lengths = range(5, 4000, 100)
    for length in lengths:
        checkpoints(head(length))
    assert checkpoints.last().head == head(3905)
    for length in lengths:
        assert checkpoints.of(length).head == checkpoints.after(length - 1).head == head(length)
        assert checkpoints.after(length - 99).head == head(length)
    assert [one.head.length for one in checkpoints.some(100, most=3)] == [105, 205, 305]
    assert len(checkpoints.some(0, most=100)) == len(lengths)
    for nobody in (4, 6, 3906):
        with pytest.raises(NotFound):
            checkpoints.of(nobody)
    with pytest.raises(NotFound):
        checkpoints.after(3905)


def test_whoever_needs_one_now_gets_it(checkpoints, path, signer, clock):
    checkpoints(head(3))
    assert checkpoints.reach(2, head(5)).head == head(3)  # one holds it already
    assert checkpoints.reach(4, head(5)).head == head(5)
    assert checkpoints.reach(5, head(6)).head == head(5)
    assert read(path, signer.anchors()) == [head(3), head(5)]
    with pytest.raises(NotFound):
        checkpoints.reach(9, head(8))


def test_a_failing_disk_is_a_refusal_for_whoever_waits_for_one(checkpoints, path):
    path.parent.write_bytes(b"not a folder")
    with pytest.raises(Unavailable):
        checkpoints.reach(1, head(1))


def test_a_failing_disk_is_logged_and_tried_again(checkpoints, path, signer, caplog):
    path.parent.write_bytes(b"not a folder")
    checkpoints(head(1))
    assert "could not be signed" in caplog.text
    path.parent.unlink()
    checkpoints(head(2))
    assert read(path, signer.anchors()) == [head(2)]


def _write(path, keys, start):
    checkpoints = Checkpoints(path, SoftwareSigner(keys, SECRET, StillClock()), StillClock())
    for step in range(20):
        checkpoints(head(start + step * 200))


def test_several_processes_write_one_file(path, keys, signer):
    signer.pen(AUDITOR)
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_write, args=(path, keys, n + 1)) for n in range(3)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    heads = read(path, signer.anchors())
    assert len(heads) >= 20
    assert heads[-1].length > 3800
