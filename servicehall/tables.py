"""Every table (全部数据表): wiring and migrations import this so that the metadata is whole."""

from servicehall.aggregating import models as aggregating
from servicehall.applying import models as applying
from servicehall.automating import models as automating
from servicehall.bundling import models as bundling
from servicehall.calendars import models as calendars
from servicehall.cases import holding, later, promises
from servicehall.cases import models as cases
from servicehall.catalogue import models as catalogue
from servicehall.credentials import models as credentials
from servicehall.desk import models as desk
from servicehall.disputes import models as disputes
from servicehall.documents import models as documents
from servicehall.evidence import models as evidence
from servicehall.feedback import models as feedback
from servicehall.finding import models as finding
from servicehall.guiding import models as guiding
from servicehall.identity import attending
from servicehall.identity import models as identity
from servicehall.kernel import audit, serials, workdays
from servicehall.kernel.database import Base
from servicehall.lending import models as lending
from servicehall.licenses import models as licenses
from servicehall.monitoring import models as monitoring
from servicehall.notices import models as notices
from servicehall.opendata import models as opendata
from servicehall.payments import models as payments
from servicehall.quality import models as quality
from servicehall.registries import models as registries
from servicehall.searching import fulltext
from servicehall.searching import models as searching
from servicehall.sharing import models as sharing
from servicehall.showing import models as showing
from servicehall.transparency import models as transparency
from servicehall.visits import models as visits

TABLES = (
    audit, serials, workdays, aggregating, applying, automating, bundling, calendars, cases, holding, later, promises,
    catalogue, credentials, desk, disputes, documents, evidence, feedback, finding, guiding, identity, attending,
    lending, licenses, monitoring, notices, opendata, payments, quality, registries, searching, sharing, showing,
    transparency, visits,
)  # fmt: skip
METADATA = Base.metadata


def is_declared(name: str | None, kind: str, _: object) -> bool:
    """Whether Alembic should compare it: the search engine makes its full text index by itself."""
    return kind not in ("table", "index") or not fulltext.is_part(name)
