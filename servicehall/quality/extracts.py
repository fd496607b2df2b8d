"""Port: Extracts (比对数据): what whole registers hold, by pseudonym, for comparison only."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

Held = tuple[str, tuple[dict[str, str], ...]]  # a pseudonym, and the records about whoever bears it


class Extracts(Protocol):
    """The registers of a city as a whole. Identity numbers never leave them: the same subject has
    the same pseudonym in each."""

    def as_of(self) -> date | None:
        """The day on which the registers stand; None where none is connected."""

    def held(self, dataset: str, fields: Sequence[str]) -> Iterator[Held]:
        """Everybody in *dataset*, with *fields* of their records and no others."""
