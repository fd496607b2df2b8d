"""Ledger (登记簿): what the registries hold now: the city as founded, and every later amendment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, insert, select

from servicehall.city import holdings
from servicehall.city.holdings import Record
from servicehall.city.people import AS_OF
from servicehall.kernel.columns import BlindIndex, Encrypted, UtcDateTime, vault_of
from servicehall.kernel.database import Database, open_database
from servicehall.kernel.vault import Vault
from servicehall.sharing.datasets import DATASETS

Held = tuple[str, tuple[Record, ...]]  # a pseudonym, and the records about whoever bears it
EVERYBODY = "*"  # registries.connector.EVERYBODY: rooms beside each other do not know each other
FOLDER, FILE, KEYS = "registry", "ledger.db", "keys"
_SUBJECT = "amendment.subject"
STRUCK = ""  # the field that stands for the whole record


# Later entries (变更登记): from ``at`` on the field has this value; an entry for no field says that
# there is no record. Rows are only added. The table is the departments', none of the hall's.
AMENDMENTS = Table(
    "amendment", MetaData(),
    Column("id", Integer, primary_key=True),
    Column("dataset", String, nullable=False),
    Column("subject", BlindIndex(_SUBJECT), nullable=False),
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
        self._vault = vault_of(database.engine.dialect)
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
        """The records of *dataset* about *subject* as they are now; the first may be amended.

        Of everybody (``EVERYBODY``) one record each: the registry tells whom a rule holds for.
        """
        if subject == EVERYBODY:
            return [one for _, records in self._everybody(dataset) for one in records[:1]]
        entries = (
            select(AMENDMENTS.c.field, AMENDMENTS.c.value)
            .where(AMENDMENTS.c.dataset == dataset, AMENDMENTS.c.subject == subject)
            .order_by(AMENDMENTS.c.id)
        )
        with self._database.session() as session:
            changes = [(field, value) for field, value in session.execute(entries)]
        return _amended(holdings.records(dataset, subject), changes)

    def as_of(self) -> date:
        """The day on which the registers of the demo city stand."""
        return AS_OF

    def held(self, dataset: str, fields: Sequence[str]) -> Iterator[Held]:
        """Everybody the city was founded with in *dataset*, by pseudonym, with *fields* only."""
        for subject, records in self._everybody(dataset):
            told = tuple({name: one.get(name, "") for name in fields} for one in records)
            yield self.pseudonym(subject), told

    def _everybody(self, dataset: str) -> Iterator[tuple[str, list[Record]]]:
        changes = self._changes(dataset)
        for subject in holdings.subjects(dataset):
            own = changes.get(self._vault.index(_SUBJECT, subject), [])
            if records := _amended(holdings.records(dataset, subject), own):
                yield subject, records

    def pseudonym(self, subject: str) -> str:
        """By what name registers compare *subject*; only they know whose it is."""
        return self._vault.index("compared.subject", subject)

    def whose(self, pseudonym: str) -> str | None:
        """The identity number or credit code behind *pseudonym*: for the departments' own eyes."""
        everybody = {subject: None for code in DATASETS for subject in holdings.subjects(code)}
        return next((one for one in everybody if self.pseudonym(one) == pseudonym), None)

    def _changes(self, dataset: str) -> dict[str, list[tuple[str, str]]]:
        """Blind index of the subject → (field, value), in the order of entry."""
        query = select(AMENDMENTS.c.subject, AMENDMENTS.c.field, AMENDMENTS.c.value)
        mine = query.where(AMENDMENTS.c.dataset == dataset).order_by(AMENDMENTS.c.id)
        told: dict[str, list[tuple[str, str]]] = {}
        with self._database.session() as session:
            for subject, name, value in session.execute(mine):
                told.setdefault(subject, []).append((name, value))
        return told

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


def _amended(held: list[Record], changes: Iterable[tuple[str, str]]) -> list[Record]:
    """*held* after *changes*, in their order; the first record is the one that is amended."""
    for field, value in changes:
        first = {**(held[0] if held else {}), field: value}
        held = [] if field == STRUCK else [first, *held[1:]]
    return held
