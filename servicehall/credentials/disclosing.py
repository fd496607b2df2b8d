"""Disclosing (选择性披露): SD-JWT, what is hidden in a signed claim set and shown again (RFC 9901)."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import foreign

ALGORITHM = "sha-256"
MOST = 200  # disclosures that are looked at
# What a verifier must always see may not be hidden (SD-JWT VC 3.2.2.2), nor may digests themselves.
OPEN = frozenset({"iss", "nbf", "exp", "cnf", "vct", "status", "_sd", "_sd_alg", "..."})


@dataclass(frozen=True, slots=True)
class Shown:
    """A presentation taken apart: issuer's JWT, disclosures, key binding JWT ("" where none is)."""

    issued: str
    disclosures: tuple[str, ...]
    binding: str

    @property
    def bound(self) -> str:
        """The text whose digest the key binding must hold (RFC 9901 4.3.1)."""
        return "".join(f"{part}~" for part in (self.issued, *self.disclosures))


def hidden(claims: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """(digests, disclosures) of *claims*, each behind 128 random bits; the digests in an order
    that tells nothing."""
    made = [
        foreign.encoded(
            json.dumps([foreign.encoded(secrets.token_bytes(16)), name, value], ensure_ascii=False)
            .encode()
        )
        for name, value in claims.items()
    ]  # fmt: skip
    return sorted(foreign.digest(one) for one in made), made


def apart(text: str) -> Shown:
    """The parts of an SD-JWT or SD-JWT+KB. Raises Invalid for what is neither."""
    issued, *rest = text.strip().split("~")
    if not rest or len(rest) > MOST + 1 or not all(rest[:-1]):
        raise Invalid(N_("这不是可验证凭证"))
    return Shown(issued, tuple(rest[:-1]), rest[-1])


def revealed(payload: Mapping[str, Any], disclosures: tuple[str, ...]) -> dict[str, Any]:
    """The claims of *payload* with every disclosed one in its place (RFC 9901 7.1).

    Raises Invalid where a digest stands twice, a disclosure belongs nowhere, is malformed, or would
    put itself over a claim that is there or must not be hidden.
    """
    if payload.get("_sd_alg", ALGORITHM) != ALGORITHM:
        raise Invalid(N_("凭证使用了不认识的摘要算法"))
    waiting = {foreign.digest(one): _parts(one) for one in disclosures}
    if len(waiting) != len(disclosures):
        raise Invalid(N_("凭证里有重复的披露项"))
    opener = _Opener(waiting)
    found = opener.opened(dict(payload))
    if opener.waiting:
        raise Invalid(N_("凭证里有签名没有覆盖的披露项"))
    found.pop("_sd_alg", None)
    return dict(found)


def _parts(disclosure: str) -> list[Any]:
    try:
        parts = json.loads(foreign.decoded(disclosure))
    except (ValueError, RecursionError):
        parts = None
    if isinstance(parts, list) and len(parts) in (2, 3) and isinstance(parts[0], str):
        return parts
    raise Invalid(N_("凭证里的披露项不能读取"))


class _Opener:
    """Walks through a claim set and opens what *waiting* holds the disclosures of."""

    def __init__(self, waiting: dict[str, list[Any]]) -> None:
        self.waiting, self._seen = waiting, set[str]()

    def opened(self, value: Any) -> Any:
        if isinstance(value, dict):
            return self._object(value)
        if isinstance(value, list):
            return [one for each in value for one in self._element(each)]
        return value

    def _object(self, given: dict[str, Any]) -> dict[str, Any]:
        found = {name: self.opened(value) for name, value in given.items() if name != "_sd"}
        digests = given.get("_sd", [])
        if not isinstance(digests, list):
            raise Invalid(N_("凭证里的披露项不能读取"))
        for digest in digests:
            if (parts := self._taken(digest, 3)) is None:
                continue
            _, name, value = parts
            if not isinstance(name, str) or name in OPEN or name in found:
                raise Invalid(N_("凭证里的披露项与已有内容冲突"))
            found[name] = self.opened(value)
        return found

    def _element(self, value: Any) -> list[Any]:
        if isinstance(value, dict) and value.keys() == {"..."}:
            parts = self._taken(value["..."], 2)
            return [] if parts is None else [self.opened(parts[1])]
        return [self.opened(value)]

    def _taken(self, digest: Any, size: int) -> list[Any] | None:
        """The disclosure that *digest* names, if it was shown; each digest may stand once."""
        if not isinstance(digest, str) or digest in self._seen:
            raise Invalid(N_("凭证里有重复的披露项"))
        self._seen.add(digest)
        parts = self.waiting.pop(digest, None)
        if parts is not None and len(parts) != size:
            raise Invalid(N_("凭证里的披露项不能读取"))
        return parts
