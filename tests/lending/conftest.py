"""A department's system, wang's nurse certificate, and what is asked about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from servicehall.city.town import town
from servicehall.identity import admission, clients
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.lending import inquiries, resourcing
from servicehall.lending.inquiries import Inquiry
from servicehall.licenses.schema import LicenseTypes
from servicehall.sharing import granting, resources
from tests.cases.halls import LABOR, Scene, app, hall, sign_in, stage

__all__ = ["app", "hall", "sign_in", "stage"]
CODE, CAUSE, LABOR_OFFICE = "DEMO/GOV/LABOR", "核对护士执业资格", LABOR[:18]
Asking = Callable[..., Inquiry]


@contextmanager
def system(stage: Scene, code: str = CODE) -> Iterator[UnitOfWork]:
    """The system at work, committed at the end."""
    with stage.hall.work(SYSTEM) as work:
        client = clients.known(work, code)
        assert client is not None
        work.actor = admission.acting(client)
        yield work
        if work.unfinished:
            work.commit()


@pytest.fixture(scope="module")
def key(stage: Scene) -> str:
    """The secret of the labor office's system, which may ask for nurse certificates."""
    stage.granted_nurse()
    with stage.hall.work(SYSTEM) as work:
        made = clients.enroll(work, CODE, "劳动监察系统", LABOR_OFFICE)
        kind = work.use(LicenseTypes)["nurse-certificate"]
        granting.allow(
            work, resources.one(work, resourcing.code(kind)), item=LABOR, purpose=CAUSE,
            fields=sorted(resourcing.FIELDS), expires_on=work.today(),
        )  # fmt: skip
        work.commit()
    return made


@pytest.fixture(scope="module")
def asking(stage: Scene, key: str) -> Asking:
    with stage.hall.work(SYSTEM) as work:
        types = {slug: kind.code for slug, kind in work.use(LicenseTypes).items()}

    def asked(slug: str = "nurse-certificate", **changes: str) -> Inquiry:
        given = {
            "holderCode": town().cast.wang.number, "holderTypeCode": "111",
            "certTypeCode": types[slug], "useCause": CAUSE, "itemCode": LABOR,
            "itemName": "劳务派遣经营许可",
        }  # fmt: skip
        return inquiries.read({**given, **changes})

    return asked
