"""Codes (代码): the national identifiers and their check digits (STANDARDS 1.2, 3.1, 4.1)."""

import re
from datetime import date
from functools import lru_cache
from operator import mul

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_ZEROS = 48 * sum(_CITIZEN_WEIGHTS)  # digits count as their ASCII codes
_CITIZEN_CHECKS = "".join("10X98765432"[(total - _ZEROS) % 11] for total in range(11))
_BASE36 = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_IN_BASE36 = "".join(_BASE36)
_USCC = re.compile(r"[1-9ANY][1-59A-Z]\d{6}[0-9A-HJ-NPQRTUWXY]{9}[0-9A-HJ-NPQRTUWXY]", re.ASCII)
_CITIZEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


def citizen_number(text: str, *, today: date) -> str:
    """A citizen identity number (公民身份号码, GB 11643-1999), also 港澳台居民居住证 and 永居 (9…).

    Eighteen characters, a birth date not after *today*, ISO 7064 MOD 11-2. An unknown area is not
    an error: areas are created and abolished. Raises Invalid; returns the normal form.
    """
    number = text.strip().upper()
    if not _CITIZEN.fullmatch(number):
        raise Invalid(N_("公民身份号码应为 18 位，最后一位可以是 X"))
    birth = birth_date(number)
    if birth is None or birth > today:
        raise Invalid(N_("公民身份号码中的出生日期不正确"))
    if citizen_check(number[:17]) != number[17]:
        raise Invalid(N_("公民身份号码校验不通过，请核对每一位"))
    return number


def birth_date(number: str) -> date | None:
    """The birth date inside an 18-character identity number, or None where it is no date."""
    told = number[6:14]
    try:
        return date.fromisoformat(told) if told.isdecimal() else None
    except ValueError:
        return None


def citizen_check(first17: str) -> str:
    """The check character of the first seventeen digits (GB 11643-1999: ISO 7064 MOD 11-2)."""
    return _CITIZEN_CHECKS[sum(map(mul, _CITIZEN_WEIGHTS, first17.encode())) % 11]


def uscc(text: str) -> str:
    """A unified social credit code (统一社会信用代码, GB 32100-2015) with its own check character.

    The inner nine characters are an organization code with a check of its own (GB 11714); prefixes
    N, Y and A are as good as digits. Raises Invalid; returns the normal form.
    """
    code = text.strip().upper()
    if not _USCC.fullmatch(code):
        raise Invalid(N_("统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）"))
    if uscc_check(code[:17]) != code[17]:
        raise Invalid(N_("统一社会信用代码校验不通过，请核对每一位"))
    return code


def uscc_check(first17: str) -> str:
    """The check character of the first seventeen (GB 32100-2015: weights 3^i mod 31)."""
    total = sum(w * _USCC_ALPHABET.index(c) for w, c in zip(_USCC_WEIGHTS, first17, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def organization_check(first8: str) -> str:
    """The check character of an eight-character organization code (GB 11714)."""
    total = sum(w * int(c, 36) for w, c in zip(_ORG_WEIGHTS, first8, strict=True))
    return "0X987654321"[total % 11]


def mobile(text: str) -> str:
    """A mobile number of eleven digits. Raises Invalid; returns it without blanks."""
    number = re.sub(r"[\s-]", "", text)
    if not _MOBILE.fullmatch(number):
        raise Invalid(N_("手机号码应为 11 位数字，以 1 开头"))
    return number


def check37(text: str, *, behind: str = "") -> str:
    """The ISO 7064 (GB/T 17710) MOD 37,36 check character of capitals and digits: of *text* where it
    stands *behind* what many codes begin with."""
    return _IN_BASE36[(37 - _carried(text, _begun(behind))) % 36]


def is_check37(text: str) -> bool:
    """Whether *text* has capitals and digits only, the last its MOD 37,36 check character."""
    return _BASE36.keys() >= set(text) and check37(text[:-1]) == text[-1:]


def _carried(text: str, carry: int) -> int:
    """What is carried on behind *text* (ISO 7064, hybrid systems)."""
    for char in text:
        carry = ((carry + _BASE36[char]) % 36 or 36) * 2 % 37
    return carry


@lru_cache(maxsize=256)
def _begun(text: str) -> int:
    return _carried(text, 36)
