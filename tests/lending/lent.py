"""For other tests: wang has a license from elsewhere, with a scan, and is asked to show one."""

from pathlib import Path
from tempfile import TemporaryDirectory

from servicehall.aggregating import bringing, gathered
from servicehall.aggregating.bringing import Report, Source
from servicehall.aggregating.models import Trust
from servicehall.city.town import town
from servicehall.identity import admission, clients
from servicehall.kernel.work import SYSTEM
from servicehall.lending import agreeing, inquiries, resourcing
from servicehall.licenses.schema import LicenseTypes
from servicehall.sharing import granting, resources
from tests.aggregating import feed
from tests.journeys.stage import PDF, Stage
from tests.visitors import NURSE

CAUSE, SYSTEM_CODE = "核对驾驶资格", "DEMO/GOV/HEALTH"


def staged(stage: Stage) -> dict[str, str]:
    """{LENT: the key of the question, GATHERED: the number of the license}."""
    with stage.hall.work(SYSTEM) as work, TemporaryDirectory() as folder:
        types = work.use(LicenseTypes)
        kind = types[feed.DRIVER]
        (Path(folder) / "1.pdf").write_bytes(PDF)
        source = Source("POLICE/CARDS", Trust.D, Path(folder), {kind.code: kind})
        bringing.bring(work, source, 1, feed.row(kind, WJ="1.pdf"), report := Report())
        assert report.added == 1
        granting.allow(
            work, resources.one(work, resourcing.code(kind)), item=NURSE, purpose=CAUSE,
            fields=sorted(resourcing.FIELDS), expires_on=work.today(),
        )  # fmt: skip
        clients.enroll(work, SYSTEM_CODE, "卫健系统", NURSE[:18])
        work.commit()
        client = clients.known(work, SYSTEM_CODE)
        assert client is not None
        work.actor = admission.acting(client)
        told = {
            "holderCode": town().cast.wang.number, "holderTypeCode": "111",
            "certTypeCode": kind.code, "useCause": CAUSE, "itemCode": NURSE, "itemName": "护士",
        }  # fmt: skip
        key = agreeing.ask(work, inquiries.read(told)).key
        work.commit()
    with stage.work("wang") as work:
        (held,) = gathered.mine(work)
        return {"LENT": key, "GATHERED": str(held.id)}
