"""Of two workers that make the same face the first file counts."""

from servicehall.kernel.work import SYSTEM
from servicehall.licenses import facing, library, mass
from tests.licenses.test_mass import orders


def test_two_workers_come_to_one_file(hall):
    with hall.work() as work:
        mass.issue(work, orders(1))
        work.commit()
    with hall.work(SYSTEM) as one, hall.work(SYSTEM) as two:
        assert facing.face_one(one, set())
        one.commit()
        assert not facing.face_one(two, set())
        assert library.pdf(two, library.by_key(two, "batch:2026/1")).startswith(b"%PDF-")


def test_what_was_tried_and_failed_is_left_for_the_next_round(hall):
    with hall.work() as work:
        mass.issue(work, orders(2))
        work.commit()
        first = library.by_key(work, "batch:2026/1")
        assert facing.face_one(work, {first.id})
        assert first.pdf_sha256 is None
