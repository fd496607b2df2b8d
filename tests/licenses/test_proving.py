"""Proving: a hall in order is silent; each file changed, lost or left over is named."""

import pytest

from servicehall.licenses import issuing, proving
from servicehall.licenses.models import License
from tests.licenses.conftest import order


def breaches(hall):
    with hall.work() as work:
        return list(proving.breaches(work))


def test_issued_and_planned_are_in_order(hall):
    with hall.work() as work:
        issuing.plan(work, order())
        work.commit()
    assert breaches(hall) == []
    hall.issue(order())
    assert breaches(hall) == []


@pytest.mark.parametrize("key", ["pdf_key", "record_key"])
@pytest.mark.parametrize("damage", ["changed", "lost"])
def test_a_damaged_file_is_named(hall, key, damage):
    issued = hall.issue(order())
    path = hall.folder / "files" / getattr(issued, key)
    if damage == "lost":
        path.unlink()
    else:
        path.chmod(0o600)
        path.write_bytes(path.read_bytes() + b"x")
    found = breaches(hall)
    assert found
    assert all(issued.identifier in line for line in found)


def test_a_file_of_no_license_is_named(hall):
    hall.store.keep("licenses/2026/stray.pdf", b"%PDF-")
    hall.store.keep("materials/m1", b"not ours to judge")
    assert breaches(hall) == ["signed file licenses/2026/stray.pdf belongs to no license"]


def test_a_planned_license_keeps_its_files_known(hall, work):
    planned = issuing.plan(work, order())
    work.commit()
    assert {planned.pdf_key, planned.record_key} <= set(proving.files(work.session))
    assert work.session.get_one(License, planned.id)
