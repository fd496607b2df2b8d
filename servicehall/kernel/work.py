"""Unit of work (办理单元): one transaction, done by someone, at a time, and on record."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy.orm import Session

from servicehall.kernel import audit
from servicehall.kernel.clock import Clock, local_date
from servicehall.kernel.database import Base, Database, hold, is_changed
from servicehall.kernel.prepared import CHANGED

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts (办理主体).

    ``id`` is the account's key; ``person`` the natural person's key; ``organization`` the credit
    code acted for, if any; ``department`` the credit code of a clerk's department.
    """

    id: str
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    department: str = ""
    person: str = ""
    organization: str = ""

    @property
    def party(self) -> str:
        """Whose matters these are: ``org:<code>`` when acting for one, else ``person:<key>``."""
        return f"org:{self.organization}" if self.organization else f"person:{self.person}"


SYSTEM = Actor("system", "系统", frozenset({"system"}))


class UnitOfWork:
    """What every verb receives first. Rolled back unless somebody says commit."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        clock: Clock,
        adapters: Mapping[type, Any],
        on_commit: Callable[[audit.Head], None] = lambda head: None,
    ) -> None:
        self.session: Session = database.session()
        self.actor, self.clock, self._adapters = actor, clock, adapters
        self._on_commit = on_commit
        self._acts: list[audit.Act] = []
        self._refusals: list[audit.Act] = []
        self._after: list[Callable[[], None]] = []

    @property
    def changed(self) -> bool:
        """Something was written since the last commit, whatever way it went."""
        return bool(self.session.info.get(CHANGED))

    @changed.setter
    def changed(self, value: bool) -> None:
        self.session.info[CHANGED] = value

    def now(self) -> datetime:
        """The time, aware and in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The civil day in the hall."""
        return local_date(self.clock.now())

    def use(self, port: type[T]) -> T:
        """The adapter plugged into *port* (a Protocol such as Signer)."""
        adapter: T = self._adapters[port]
        return adapter

    def hold(self, row: Base) -> None:
        """Nobody else changes *row* until this work ends; it is read anew (先锁后改)."""
        hold(self.session, row)

    def record(self, act: str, subject: str, *, person: str = "", **detail: Any) -> None:
        """Put an act on the record (留痕). Nothing is committed without one.

        *person* is the party (``person:…``, ``org:…``) whom it concerns; *detail* holds codes and
        counts, never personal data.
        """
        self._acts.append(self._act(act, subject, person, detail))

    def refuse(self, act: str, subject: str, *, person: str = "") -> None:
        """Note that the actor is about to be refused (越权留痕): it outlives what is taken back.

        Whoever answers for the refusal keeps it (``keep_refusals``).
        """
        self._refusals.append(self._act(act, subject, person, {}))

    def keep_refusals(self) -> None:
        """Take everything back but the refusals, which go on the record."""
        if self._refusals:
            self.rollback()
            self._acts, self._refusals = self._refusals, []
            self.commit()

    @contextmanager
    def as_hall(self) -> Iterator[None]:
        """For a while the hall itself acts (系统办理): what follows is on record as its own."""
        asking, self.actor = self.actor, SYSTEM
        try:
            yield
        finally:
            self.actor = asking

    def _act(self, act: str, subject: str, person: str, detail: dict[str, Any]) -> audit.Act:
        who = self.actor
        acting = {"for": who.organization} if who.organization else {}
        told = {**detail, **acting}
        return audit.Act(self.now(), who.id, who.department, act, subject, person, told)

    @property
    def unfinished(self) -> bool:
        """Something was changed or recorded, and nobody committed it."""
        return self.changed or bool(self._acts) or is_changed(self.session)

    def after_commit(self, job: Callable[[], None]) -> None:
        """Do *job* once this work is durable; it is dropped if the work is."""
        self._after.append(job)

    def commit(self) -> None:
        """Make everything durable at once, the acts last. RuntimeError for a silent change."""
        self.session.flush()
        if self.changed and not self._acts:
            raise RuntimeError("a change was made but nothing was recorded")
        head = audit.append(self.session, self._acts) if self._acts else None
        self.session.commit()
        self.changed, self._acts = False, []
        if head:
            self._on_commit(head)
        jobs, self._after = self._after, []
        for job in jobs:
            job()

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        self.session.rollback()
        self.changed, self._acts, self._after = False, [], []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.session.close()
