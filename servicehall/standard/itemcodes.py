"""Item codes (事项编码): the parts of 基本, 实施, 办理项 and 材料编码, and of the older forms."""

import re
from dataclasses import dataclass

from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

# STANDARDS 1.2: ZWFW C0109.1-2018, GB/T 39554.1-2020; the older forms 国办函〔2016〕108号
_BASE = re.compile(r"(\d\d)(\d\d)(\d\d)(\d{3})(\d{3}|00Y)", re.ASCII)
_OLD_BASE = re.compile(r"([A-Z]{2}|\d{2})(\d{5})(\d{3}|00Y)", re.ASCII)
_OLD_TASK = re.compile(r"[0-9A-Z]{11,24}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BaseCode:
    """A basic code (基本编码, 12): region 2, type 2, lead department 2, main item 3, sub item 3."""

    region: str  # 00 national, else the first two digits of the province
    type: str
    department: str
    main: str
    sub: str  # 000 none, 00Y a main item that has sub items

    def __str__(self) -> str:
        return self.region + self.type + self.department + self.main + self.sub

    @property
    def parent(self) -> str:
        """The main item's code (主项) of a sub item; "" for a main item."""
        return "" if self.sub in {"000", "00Y"} else f"{str(self)[:9]}000"


@dataclass(frozen=True, slots=True)
class TaskCode:
    """An implementation code (实施编码, 31), with its handling item (办理项, 33) if ``serial``."""

    department: str  # 统一社会信用代码 of who implements it
    level: int  # 行使层级 1 to 7
    base: BaseCode
    serial: str = ""


def base(text: str) -> BaseCode:
    """The parts of a basic code of 12 characters. Raises Invalid."""
    found = _BASE.fullmatch(text)
    if not found:
        raise Invalid(
            N_("基本编码“%(code)s”应为 12 位：11 位数字和一位数字，或者以 00Y 结尾"), code=text
        )
    return BaseCode(*found.groups())


def task(text: str) -> TaskCode:
    """The parts of an implementation code (31) or handling item code (33). Raises Invalid.

    The department's own check character counts too (GB 32100).
    """
    if len(text) not in {31, 33}:
        raise Invalid(N_("实施编码应为 31 位，办理项编码应为 33 位，这里是 %(n)s 位"), n=len(text))
    if text[18] not in "1234567":
        raise Invalid(
            N_("实施编码第 19 位是行使层级，应为 1 至 7，这里是 %(level)s"), level=text[18]
        )
    if len(text) == 33 and not re.fullmatch(r"\d\d", text[31:], re.ASCII):
        raise Invalid(N_("办理项编码的最后两位应为数字"))
    return TaskCode(codes.uscc(text[:18]), int(text[18]), base(text[19:31]), text[31:])


def material(text: str) -> tuple[TaskCode, int]:
    """The implementation code and the serial of a material code (材料编码, 34). Raises Invalid."""
    if len(text) != 34:
        raise Invalid(
            N_("材料编码应为 34 位：实施编码 31 位和 3 位序号，这里是 %(n)s 位"), n=len(text)
        )
    if not re.fullmatch(r"\d{3}", text[31:], re.ASCII) or text[31:] == "000":
        raise Invalid(N_("材料编码的最后三位是序号，应为 001 至 999"))
    return task(text[:31]), int(text[31:])


def material_code(code: str, number: int) -> str:
    """The code (34) of the material with this number, counted from 1, of the item with *code*.

    Raises Invalid beyond 999.
    """
    if not 1 <= number <= 999:
        raise Invalid(N_("一个事项的材料编码只有 001 至 999"))
    return f"{code[:31]}{number:03d}"


def legacy(scheme: str, text: str) -> str:
    """A code of an older scheme as it stands. Raises Invalid.

    ``2016``: 基本编码 of 10 (two letters or digits, five main, three sub) or 实施编码 of up to 24.
    ``local``: whatever a locality used, up to 50 characters.
    """
    if scheme == "2016" and not (_OLD_BASE.fullmatch(text) or _OLD_TASK.fullmatch(text)):
        raise Invalid(
            N_("2016 年编码“%(code)s”应为 10 位基本编码或不超过 24 位的实施编码"), code=text
        )
    if scheme == "local" and not (0 < len(text) <= 50 and text.isprintable()):
        raise Invalid(N_("地方编码不超过 50 个字符"))
    if scheme not in {"2016", "local"}:
        raise Invalid(N_("不认识的编码方案 %(scheme)s"), scheme=scheme)
    return text
