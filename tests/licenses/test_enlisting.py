"""Licenses that are older than the log are put in it, once."""

from servicehall.kernel.work import SYSTEM
from servicehall.licenses import enlisting, proving
from servicehall.signing.stamper import Stamper
from servicehall.transparency import licenselog, treeheads
from servicehall.transparency.models import LicenseLeaf
from tests.licenses.conftest import license_type, order


def test_every_issued_license_stands_in_the_log_from_the_beginning(hall):
    many = license_type(single=False)
    old = hall.issue(order("C-1", type=many))
    with hall.work(SYSTEM) as work:
        work.session.query(LicenseLeaf).delete()  # as before there was a log
        assert enlisting.begin(work)
        assert not enlisting.begin(work)
        assert licenselog.found(work, old.identifier, old.jws)
        work.commit()


def test_what_is_issued_is_in_the_log_and_called_out_if_not(hall):
    license = hall.issue(order())
    with hall.work(SYSTEM) as work:
        assert enlisting.begin(work)
        assert work.session.query(LicenseLeaf).count() == 1
        assert list(proving.breaches(work)) == []
        work.session.query(LicenseLeaf).delete()
        assert list(proving.breaches(work)) == [
            f"license {license.identifier}: it is not in the license log"
        ]


def test_since_when_a_license_is_in_the_log(hall):
    license = hall.issue(order())
    with hall.work(SYSTEM) as work:
        assert enlisting.since(work, license) is None  # its batch is not signed yet
        head = treeheads.due(work)
        treeheads.signed(work, head, work.use(Stamper).stamp(treeheads.digest(head)))
        assert enlisting.since(work, license) == work.now()
        work.session.query(LicenseLeaf).delete()
        assert enlisting.since(work, license) is None
