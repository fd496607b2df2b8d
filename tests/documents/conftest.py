"""A matter of a fictional office, a signer, a disk, a press: no case anywhere."""

import pytest

from servicehall.documents.authoring import Paper
from servicehall.kernel.work import Actor, UnitOfWork
from servicehall.printing.press import Press
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer, Signer
from servicehall.storage.adapters.disk import DiskStore
from servicehall.storage.store import FileStore
from tests.licenses.conftest import FONTS

CLERK = Actor("c1", "窗口", frozenset({"clerk"}), department="11990100000001011X")
BUREAU = Issuer("11990100000001011X", "示范市农业农村局")


@pytest.fixture
def tools(tmp_path, clock):
    return {
        Signer: SoftwareSigner(tmp_path / "keys", b"s" * 32, clock),
        FileStore: DiskStore(tmp_path / "files"), Press: Press(FONTS, "http://hall.example"),
    }  # fmt: skip


@pytest.fixture
def office(database, clock, tools):
    with UnitOfWork(database, CLERK, clock, tools) as work:
        yield work


def paper(**changes):
    told = {
        "kind": "acceptance", "matter": "m1", "party": "person:p1", "issuer": BUREAU,
        "addressee": "王雨桐", "paragraphs": ["经审查，现予受理。", "受理日期：2026年3月2日。"],
    }  # fmt: skip
    return Paper(**{**told, **changes})
