"""Differences (修订比对): what one wording of an item says that another does not, by element."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from servicehall.standard.schema import Item

Kind = Literal["added", "removed", "moved", "changed"]
NOTHING = (None, "", ())
_IDENTITY = {  # what makes two members of a list without ``code`` the same thing
    "Theme": ("kind", "code"), "Need": ("dataset", "subject"), "Basis": ("law", "article"),
    "Step": ("kind", "name", "department"), "Special": ("kind", "name"), "Faq": ("question",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference (修订之处) at ``path``, such as ``materials.photo.standard`` or ``bases.0``.

    Members of a list are called by their ``code``; those without one by their place, counted from
    0 in the list that has them (the new one, if both have). ``before`` and ``after`` are what stood
    there, None where nothing did; of a moved member they are its two places.
    """

    path: str
    kind: Kind
    before: object
    after: object


def differences(old: Item, new: Item) -> list[Change]:
    """Every difference between two wordings, in the order of the elements; none if they are equal.

    Lists are compared member by member: the same member at another place is moved (the fewest
    that explain the new order), a member that changed inside shows what changed.
    """
    return list(_model("", old, new))


def _model(path: str, old: BaseModel, new: BaseModel) -> Iterator[Change]:
    for name in type(new).model_fields:
        yield from _value(_under(path, name), getattr(old, name), getattr(new, name))


def _value(path: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new):
        yield from _model(path, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _value(_under(path, str(key)), old.get(key), new.get(key))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _members(path, old, new)
    elif old in NOTHING:
        yield Change(path, "added", None, new)
    elif new in NOTHING:
        yield Change(path, "removed", old, None)
    else:
        yield Change(path, "changed", old, new)


def _members(path: str, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    before, after = _keyed(old), _keyed(new)
    for key, place in before.items():
        if key not in after:
            yield Change(_under(path, _called(old[place], place)), "removed", old[place], None)
    kept = [key for key in after if key in before]
    still = _in_order([before[key] for key in kept])
    for key, place in after.items():
        here = _under(path, _called(new[place], place))
        if key not in before:
            yield Change(here, "added", None, new[place])
            continue
        if before[key] not in still:
            yield Change(here, "moved", before[key], place)
        one, other = old[before[key]], new[place]
        if isinstance(other, BaseModel):
            yield from _value(here, one, other)
        elif one != other:
            yield Change(here, "changed", one, other)


def _keyed(members: Sequence[object]) -> dict[object, int]:
    """The place of each member by what identifies it; what comes twice is told apart by count."""
    seen: Counter[object] = Counter()
    found: dict[object, int] = {}
    for place, member in enumerate(members):
        key = _identity(member)
        found[key, seen[key]] = place
        seen[key] += 1
    return found


def _identity(member: object) -> object:
    if isinstance(member, BaseModel):
        names = _IDENTITY.get(type(member).__name__)
        if names:
            return tuple(getattr(member, name) for name in names)
        return getattr(member, "code", None) or member.model_dump_json()
    if isinstance(member, tuple) and member:  # an option: (value, 中文)
        return member[0]
    return member


def _called(member: object, place: int) -> str:
    coded = isinstance(member, BaseModel) and type(member).__name__ not in _IDENTITY
    return str(getattr(member, "code", "") or place) if coded else str(place)


def _in_order(places: Sequence[int]) -> set[int]:
    """The longest run of *places* that still rises: all others have moved (patience sorting)."""
    tops: list[int] = []  # the smallest place that ends a run of each length
    piles: list[int] = []
    for place in places:
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        piles.append(pile)
    wanted, still = len(tops) - 1, set()
    for place, pile in zip(reversed(places), reversed(piles), strict=True):
        if pile == wanted:
            still.add(place)
            wanted -= 1
    return still


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
