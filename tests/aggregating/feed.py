"""Rows as another department's system gives them."""

from servicehall.city.town import town
from servicehall.kernel.codes import citizen_check
from servicehall.licenses import identifiers
from servicehall.licenses.schema import LicenseTypes
from tests.journeys.stage import PDF

__all__ = ["PDF", "LicenseTypes"]
DRIVER, FOOD = "driver-license", "food-business"


def row(kind, **changes):
    """A valid license of the type *kind*, held by wang or her shop."""
    person = kind.holders == "person"
    holder = town().cast.wang.number if person else "92990102MA01234560"
    given = {
        "ZZLXDM": kind.code, "ZZBH": "990102198506", "ZZBFJGDM": kind.issuer,
        "ZZBFJG": kind.issuer_name, "ZZBFRQ": "2021-05-01", "CZZTDM": holder,
        "CZZTDMLXDM": "111" if person else "001", "CZZT": "王雨桐", "ZZYXQQSRQ": "2021-05-01",
        "ZZYXQJZRQ": "2031-05-01", "KZ_name": "王雨桐",
    }  # fmt: skip
    return {name: text for name, text in {**given, **changes}.items() if text is not None}


def identifier(kind, serial="20210000000001", version=1):
    return identifiers.build(kind.code, kind.issuer, serial, version)


def number(first17="99010219850615002"):
    return first17 + citizen_check(first17)
