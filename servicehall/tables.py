"""Every table (全部数据表): wiring and migrations import this so that the metadata is whole."""

from servicehall.cases import models as cases
from servicehall.catalogue import models as catalogue
from servicehall.feedback import models as feedback
from servicehall.identity import models as identity
from servicehall.kernel import audit, serials, workdays
from servicehall.kernel.database import Base
from servicehall.licenses import models as licenses
from servicehall.notices import models as notices
from servicehall.payments import models as payments
from servicehall.registries import models as registries

TABLES = (
    audit, serials, workdays, cases, catalogue, feedback, identity, licenses, notices, payments,
    registries,
)  # fmt: skip
METADATA = Base.metadata
