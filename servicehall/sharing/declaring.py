"""Declaring (自行申报): what somebody says in place of a registry keeps the form of its data element."""

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.sharing.elements import Element


def checked(element: Element, said: str, *, today: date) -> str:
    """*said* as a registry would have written it. Raises Invalid with what is wrong."""
    text = unicodedata.normalize("NFKC", said).strip() if element.kind != "string" else said.strip()
    if len(text) > element.length:
        raise Invalid(N_("请不要超过 %(most)d 个字"), most=element.length)
    if element.values and text not in element.values:
        raise Invalid(N_("只能填写：%(values)s"), values="、".join(element.values))
    if element.code == "citizen_number":
        return codes.citizen_number(text, today=today)
    if element.code == "credit_code":
        return codes.uscc(text)
    if element.kind == "date":
        return _date(text)
    return _number(text) if element.kind == "number" else text


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid(N_("应为日期，例如 2026-01-31")) from None


def _number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise Invalid(N_("应为数字"))
    return text
