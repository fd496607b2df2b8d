"""Identifiers (电子证照标识, GB/T 36904): built, parsed, checked."""

import re
from dataclasses import dataclass

from servicehall.kernel.codes import check37, is_check37
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

ROOT = "1.2.156.3005.2"
_FORM = re.compile(
    re.escape(ROOT)
    + r"\.([0-9A-Z]{21})\.([0-9A-Z]{6,18})\.([0-9A-Z]{1,32})\.([0-9]{3})\.([0-9A-Z])"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """What an identifier says: type (21), issuer's credit code, serial, version from 1."""

    type: str
    issuer: str
    serial: str
    version: int

    def __str__(self) -> str:
        version = f"{self.version:03}"
        check = check37(self.serial + version, behind=self.type + self.issuer)
        return f"{ROOT}.{self.type}.{self.issuer}.{self.serial}.{version}.{check}"


def build(type_code: str, issuer: str, serial: str, version: int) -> str:
    """The identifier, with its ISO 7064 MOD 37,36 check over the parts without dots and root.

    Raises Invalid for parts that GB/T 36904 does not allow, such as version 0 or 1000.
    """
    body = f"{ROOT}.{type_code}.{issuer}.{serial}.{version:03}.0"
    if version < 1 or not _FORM.fullmatch(body):
        raise Invalid(N_("电子证照标识的组成部分不正确"))
    return str(Identifier(type_code, issuer, serial, version))


def parse(text: str) -> Identifier:
    """What *text* says. Raises Invalid where the form or the check character is wrong."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise Invalid(N_("电子证照标识的格式不正确"))
    if not is_check37("".join(found.groups())):
        raise Invalid(N_("电子证照标识校验不通过，请核对每一位"))
    kind, issuer, serial, version, _ = found.groups()
    if version == "000":
        raise Invalid(N_("电子证照标识的格式不正确"))
    return Identifier(kind, issuer, serial, int(version))
