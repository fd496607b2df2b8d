"""A prepared hall, a folder of a source, and one license from there."""

import pytest

from servicehall.aggregating import bringing
from servicehall.aggregating.bringing import Report, Source
from servicehall.aggregating.models import Trust
from servicehall.kernel.work import SYSTEM
from servicehall.licenses.schema import LicenseTypes
from servicehall.signing.signer import Signer
from tests.aggregating import feed
from tests.cases.halls import app, hall, sign_in, stage

__all__ = ["app", "hall", "sign_in", "stage"]


@pytest.fixture
def bring(hall, tmp_path):
    """Bring rows in from one source; the report of them all."""

    def brought(*rows, trust=Trust.B, source="POLICE/CARDS"):
        report = Report()
        with hall.work(SYSTEM) as work:
            types = {kind.code: kind for kind in work.use(LicenseTypes).values()}
            anchors = work.use(Signer).anchors()
            given = Source(source, trust, tmp_path, types, anchors)
            for line, row in enumerate(rows, 1):
                bringing.bring(work, given, line, row, report)
            if work.unfinished:
                work.commit()
        assert report.rows == len(rows)
        return report

    return brought


@pytest.fixture
def kind(hall):
    with hall.work(SYSTEM) as work:
        return work.use(LicenseTypes)[feed.DRIVER]


@pytest.fixture
def gathered(stage, bring, kind):
    row = feed.row(kind)
    bring(row)
    return stage, row
