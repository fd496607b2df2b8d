"""Ledger (登记簿): what the registries hold now: the city as founded, and every later amendment."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, insert, select

from servicehall.city import holdings
from servicehall.city.holdings import Record
from servicehall.kernel.columns import BlindIndex, Encrypted, UtcDateTime
from servicehall.kernel.database import Database, open_database
from servicehall.kernel.vault import Vault

FOLDER, FILE, KEYS = "registry", "ledger.db", "keys"
STRUCK = ""  # the field that stands for the whole record


# Later entries (变更登记): from ``at`` on the field has this value; an entry for no field says that
# there is no record. Rows are only added. The table is the departments', none of the hall's.
AMENDMENTS = Table(
    "amendment", MetaData(),
    Column("id", Integer, primary_key=True),
    Column("dataset", String, nullable=False),
    Column("subject", BlindIndex("amendment.subject"), nullable=False),
    Column("field", String, nullable=False),
    Column("value", Encrypted("amendment.value"), nullable=False),
    Column("reason", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_amendment_of", "dataset", "subject"),
)  # fmt: skip


class Ledger:
    """The registries of one city: a database and keys of their own inside *folder*/registry."""

    def __init__(self, database: Database) -> None:
        self._database = database
        AMENDMENTS.metadata.create_all(database.engine)

    @classmethod
    def open(cls, folder: Path) -> "Ledger":
        """The ledger of the state folder *folder*, made there at first use."""
        own = folder / FOLDER
        return cls(open_database(f"sqlite:///{own / FILE}", Vault.open(own / KEYS)))

    def close(self) -> None:
        """Give back the connections."""
        self._database.close()

    def records(self, dataset: str, subject: str) -> list[Record]:
        """The records of *dataset* about *subject* as they are now; the first may be amended."""
        held = holdings.records(dataset, subject)
        entries = (
            select(AMENDMENTS.c.field, AMENDMENTS.c.value)
            .where(AMENDMENTS.c.dataset == dataset, AMENDMENTS.c.subject == subject)
            .order_by(AMENDMENTS.c.id)
        )
        with self._database.session() as session:
            for field, value in session.execute(entries):
                first = {**(held[0] if held else {}), field: value}
                held = [] if field == STRUCK else [first, *held[1:]]
        return held

    def amend(
        self, dataset: str, subject: str, values: Mapping[str, str], *, reason: str, at: datetime
    ) -> None:
        """Enter *values* (field → value) for *subject* from now on; who had no record gets one."""
        self._enter(dataset, subject, values, reason, at)

    def strike(self, dataset: str, subject: str, *, reason: str, at: datetime) -> None:
        """From now on there is no record about *subject* (注销)."""
        self._enter(dataset, subject, {STRUCK: ""}, reason, at)

    def _enter(
        self, dataset: str, subject: str, values: Mapping[str, str], reason: str, at: datetime
    ) -> None:
        with self._database.session() as session:
            shared = {"dataset": dataset, "subject": subject, "reason": reason, "at": at}
            rows = [{**shared, "field": field, "value": value} for field, value in values.items()]
            session.execute(insert(AMENDMENTS), rows)
            session.commit()
