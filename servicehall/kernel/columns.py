"""Column types (列类型): times in UTC, encrypted fields, blind indexes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import DateTime, Dialect, LargeBinary, String, TypeDecorator

from servicehall.kernel.vault import Vault

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def vault_of(dialect: Dialect) -> Vault:
    """The vault that ``open_database`` gave to the engine of this dialect."""
    vault: Vault = dialect.hall_vault  # type: ignore[attr-defined]
    return vault


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in Python, UTC in every engine."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a zone")  # it would be taken for the computer's
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """In SQLite the text that SQLAlchemy writes, by Python's own writer: several in each row."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)

        @lru_cache(maxsize=64)  # all rows of a batch are of one moment
        def written(value: datetime | None) -> str | None:
            moment = self.process_bind_param(value, dialect)
            return moment.isoformat(" ", "microseconds") if moment else None

        return written

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Encrypted(TypeDecorator[Any]):
    """A field (any JSON value) the database only ever sees sealed; *column* is its name."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return vault_of(dialect).encrypt(self.column, _written(value))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:
        """Bytes go to every driver as they are. Empty texts are all sealed as one: how long a text is
        shows anyhow, and what a license was issued with has several."""
        empty = self.process_bind_param("", dialect)
        return lambda value: empty if value == "" else self.process_bind_param(value, dialect)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return json.loads(vault_of(dialect).decrypt(self.column, value))


def _written(value: Any) -> bytes:
    """*value* as JSON; a text, as nearly all are, by the quicker writer: both write it the same."""
    return orjson.dumps(value) if type(value) is str else _JSON.encode(value).encode()


class BlindIndex(TypeDecorator[str]):
    """Finds an encrypted value by equality: give it the plain value, it keeps the keyed hash.

    Never for low-entropy values (gender, district): equal values show as equal.
    """

    impl = String(32)
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else vault_of(dialect).index(self.column, value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """Texts go to every driver as they are."""
        return lambda value: self.process_bind_param(value, dialect)
