"""Claims (凭证内容): what a credential says of its license, and what can be told without the rest."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from servicehall.identity.models import Region
from servicehall.kernel.codes import birth_date
from servicehall.licenses.record import Record

GROWN = 18  # years (民法典 第十七条)


def of(record: Record, regions: Iterable[Region], *, today: date) -> dict[str, Any]:
    """Every claim that the holder shows or keeps back: name, numbers, faces, and what follows from
    them: ``age_over_18`` without the birth date, ``region`` without the address."""
    holder = record.holder
    told: dict[str, Any] = {
        "identifier": record.identifier, "number": record.number,
        "holder_name": holder.name, "holder_code": holder.code,
        "valid_from": record.valid_from.isoformat(),
        "valid_to": record.valid_to.isoformat() if record.valid_to else None,
    }  # fmt: skip
    told |= {f"face_{face.code}": face.value for face in record.faces if face.value}
    born = birth_date(holder.code) if holder.code_type == "111" else None
    if born is not None:
        told |= {"birth_date": born.isoformat(), "age_over_18": grown(born, today)}
    if where := region(record, regions):
        told["region"] = {"code": where.code, "name": where.name}
    return told


def grown(born: date, today: date) -> bool:
    """Whether somebody *born* then is eighteen on *today*: from the birthday on (民法典 第一千二百五十九条)."""
    return (today.year - GROWN, today.month, today.day) >= (born.year, born.month, born.day)


def region(record: Record, regions: Iterable[Region]) -> Region | None:
    """The county, else the smallest region above it, with which an address on the face begins."""
    known = {one.code: one for one in regions}
    named = [(_whole(one, known), one) for one in known.values() if one.level <= _COUNTY]
    found = [
        (len(name), one) for face in record.faces for name, one in named
        if face.kind == "text" and face.value.startswith(name)
    ]  # fmt: skip
    return max(found, key=lambda pair: pair[0])[1] if found else None


_COUNTY = 4  # levels: country 1, province 2, city 3, county 4


def _whole(one: Region, known: dict[str, Region]) -> str:
    """The name with every region above it, as addresses are written."""
    above = known.get(one.parent)
    return (_whole(above, known) if above else "") + one.name
