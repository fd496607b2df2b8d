"""Port: RegistryConnector (数据共享交换接口)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

EVERYBODY = "*"  # as subject: whoever a published rule of yes-or-no fields holds for (免申即享)
Outcome = Literal["found", "none", "unavailable", "refused"]


@dataclass(frozen=True, slots=True)
class Query:
    """One question: these fields of this dataset about this subject, for this case and purpose.

    ``subject`` is an identity number or a credit code; ``call`` the unique id of the call; ``party``
    the person or organization for whom *actor* asks (``person:…``, ``org:…``).
    """

    call: str
    dataset: str
    subject: str
    fields: tuple[str, ...]
    purpose: str
    item: str
    case: str
    actor: str
    party: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``records`` hold declared fields only; hashes are SHA-256 in hex.

    ``sent`` and ``said`` are the very bytes: the question's, and the answer as its provider signed it.
    """

    call: str
    outcome: Outcome
    request_hash: str
    at: datetime
    records: tuple[dict[str, str], ...] = ()
    response_hash: str = ""
    sent: bytes = field(default=b"", repr=False)
    said: str = field(default="", repr=False)
    reason: str = ""
    milliseconds: int = field(default=0, compare=False)


class RegistryConnector(Protocol):
    """Asks registries."""

    def ask(self, queries: Sequence[Query], at: datetime) -> list[Answer]:
        """One answer for each query, in order, all asked at once and none waiting past 3 s.

        A registry that is down, slow or talks nonsense yields ``unavailable``; never an exception.
        """
