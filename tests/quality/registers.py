"""Registers of a few subjects that a test writes down itself."""

from collections.abc import Iterator, Sequence
from datetime import date

DAY = date(2026, 1, 1)
PERSON = {
    "name": "王小明", "sex": "男", "birth_date": "1990-03-07", "address": "示范路 1 号",
    "status": "正常", "updated_on": "2025-12-31", "category": "低保",
}  # fmt: skip
BODY = {
    "name": "示范商店", "uscc": "91990102MA0000015T", "legal_representative": "王小明",
    "address": "示范路 1 号", "status": "存续", "updated_on": "2026-01-01", "kind": "事业单位法人",
}  # fmt: skip


class Written:
    """dataset → pseudonym → records; remembers which fields were asked for."""

    def __init__(self, **registers: dict[str, list[dict[str, str]]]) -> None:
        self.registers = {name.replace("__", "."): held for name, held in registers.items()}
        self.asked: dict[str, list[str]] = {}

    def as_of(self) -> date | None:
        return DAY

    def held(
        self, dataset: str, fields: Sequence[str]
    ) -> Iterator[tuple[str, tuple[dict[str, str], ...]]]:
        self.asked[dataset] = list(fields)
        for subject, records in self.registers.get(dataset, {}).items():
            yield subject, tuple({f: one.get(f, "") for f in fields} for one in records)
