"""Extracts where no register is connected for comparison (没有接入): there is nothing to compare."""

from collections.abc import Iterator, Sequence
from datetime import date

from servicehall.quality.extracts import Held


class AbsentExtracts:
    """No registers: comparing says so, the worker leaves it alone."""

    def as_of(self) -> date | None:
        return None

    def held(self, dataset: str, fields: Sequence[str]) -> Iterator[Held]:
        return iter(())
