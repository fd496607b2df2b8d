"""The show code (亮证码): a license shown face to face, for minutes and one purpose, 45 characters.

The text is base45 of ``[4 B end | 4 B random | version | purpose | 5 B license | 15 B HMAC]``: a QR
code of version 3. Nothing is kept of it; that it was shown, and each scan, is on record.
"""

from datetime import timedelta
from typing import Final

from servicehall.kernel import base45
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.mint import Mint
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import wallet
from servicehall.licenses.models import License, State

LENGTH = 45
LASTS = timedelta(minutes=3)
USE, VERSION = "license.show", 1
PURPOSES: Final = {
    "office": N_("窗口办事"), "check": N_("现场检查"), "lodging": N_("住宿登记"), "work": N_("求职应聘"),
    "bank": N_("金融业务"), "travel": N_("乘车出行"), "other": N_("其他当面核验"),
}  # fmt: skip
_NUMBERS = tuple(PURPOSES)  # the place is the number in the code: append only


def shown(work: UnitOfWork, license: License, purpose: str) -> None:
    """Put on record that the holder shows *license* for *purpose*. Raises Invalid, Conflict, NotFound."""
    wallet.own(work, license.code)
    _usable(work, license, purpose)
    work.record("license.shown", license.identifier, person=license.party, purpose=purpose)


def text(work: UnitOfWork, license: License, purpose: str) -> str:
    """The code of this moment. Raises Invalid for no purpose, Conflict unless it is in force."""
    _usable(work, license, purpose)
    content = bytes([VERSION, _NUMBERS.index(purpose)]) + license.id.to_bytes(5)
    token = work.use(Mint).made(USE, content, now=work.now(), lasts=LASTS)
    return base45.encoded(token)


def read(work: UnitOfWork, code: str) -> tuple[License, str]:
    """(license, purpose) of a code that is shown now.

    Raises Invalid for one that is not ours or has ended, NotFound where the license is not there.
    """
    content = work.use(Mint).opened(USE, base45.decoded(code), now=work.now())
    if content[0] != VERSION:
        raise Invalid(N_("这个码不是本大厅给出的，或已被改动"))
    license = work.session.get(License, int.from_bytes(content[2:]))
    if license is None or license.state is State.INTENT:
        raise NotFound(N_("没有找到这份证照"))
    return license, _NUMBERS[content[1]]


def looks_like(code: str) -> bool:
    """Whether *code* has the form of a show code."""
    return len(code) == LENGTH and all(one in base45.ALPHABET for one in code)


def _usable(work: UnitOfWork, license: License, purpose: str) -> None:
    if purpose not in PURPOSES:
        raise Invalid(N_("请选择这次出示的用途"), field="purpose")
    if not license.in_force(work.today()):
        raise Conflict(N_("这份证照现在不能使用，不能出示"))
