"""Cleaning (数据清洗): what feeds write into single fields, made into what an item may say."""

import html
import re
import unicodedata
from collections.abc import Sequence

from servicehall.standard.schema import Limit

EMPTY = frozenset({"", "无", "暂无", "没有", "/", "-", "—", "null", "none", "nil", "n/a"})
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_LIMIT = re.compile(r"(\d{1,4})\s*个?\s*[(（]?\s*(工作日|自然日|日|天)?\s*[)）]?")
_SPOT = re.compile(r"即时|当场|即办|立即")
_PHONE = re.compile(
    r"""(?<![\d.])(?:
        [(（]?0\d{2,3}[)）]?[-–—－\s]?\d{7,8}(?:(?:[-–—－]|\s?转\s?)\d{1,6})?  # land line
      | [(（]?0\d{2,3}[)）]?[-–—－\s]?1\d{4}(?:[-–—－]\d{1,2})*              # city hotline
      | 1[3-9]\d{9} | [48]00[-–—－\s]?\d{3,4}[-–—－\s]?\d{3,4} | 1[12]\d{3} | 9[5-6]\d{3,4}
    )(?!\d)""",
    re.VERBOSE,
)


class Refused(Exception):
    """A row that no item can be made of; ``reason`` is its code in the report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Notes:
    """What had to be mended in one row: codes of reasons, each with a sentence for the reader."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}

    def add(self, reason: str, sentence: str) -> None:
        self.said.setdefault(reason, sentence)


def plain(value: object, notes: Notes) -> str:
    """One field as plain text: no markup however often escaped, no control characters; 「无」 is "".

    Lines stay lines; tabs and runs of blanks become one blank.
    """
    if not isinstance(value, str):
        value = str(value) if isinstance(value, int) else ""
    text = _unescaped(value)
    if text != value:
        notes.add("html", "原文含有网页标记，已去除")
    lines = (" ".join(_printable(line).split()) for line in text.splitlines())
    kept = "\n".join(line for line in lines if line)
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\r\n" for c in value):
        notes.add("control", "原文含有制表符等控制字符，已去除")
    return "" if kept.casefold() in EMPTY else kept


def plain_list(value: object, notes: Notes) -> list[str]:
    """A list of texts, whether the feed wrote a list or 「无」; empty and repeated ones left out."""
    parts: Sequence[object] = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(filter(None, (plain(part, notes) for part in parts))))


def limit(text: str, notes: Notes, *, what: str) -> Limit | None:
    """A time limit such as ``20(工作日)``, ``30个自然日`` or 当场; None for none or unreadable."""
    if not text:
        return None
    if found := _LIMIT.fullmatch(text):
        natural = found[2] in {"自然日", "日", "天"}
        return Limit(days=int(found[1]), unit="natural_day" if natural else "working_day")
    if _SPOT.search(text):
        return Limit(days=0)
    notes.add("limit-unreadable", f"{what}原文为“{text}”，无法换算为天数")
    return None


def phones(text: str, notes: Notes) -> str:
    """The numbers in *text*, joined by 、; prose around them goes into a note."""
    found = list(dict.fromkeys(_dialled(match) for match in _PHONE.findall(text)))
    if not text or not found:
        return text
    rest = re.sub(r"[\s、，,;；/。.]", "", _PHONE.sub("", text))
    if rest:
        notes.add("phone-prose", "电话栏混有说明文字，已只留号码")
    return "、".join(found)


def code(text: str, notes: Notes) -> str:
    """A code in capitals and digits, half width, without blanks and hyphens."""
    bare = re.sub(r"[\s\-—_.]", "", unicodedata.normalize("NFKC", text)).upper()
    if bare != text:
        notes.add("code-form", f"编码原文为“{text}”，已规范写法")
    return bare


def sentences(text: str) -> list[str]:
    """The conditions in a text: one a line."""
    return [line for line in text.splitlines() if line]


def _unescaped(text: str) -> str:
    for _ in range(5):  # some feeds escape what is already escaped
        opened = html.unescape(text)
        if opened == text:
            break
        text = opened
    return _TAG.sub("", _BREAK.sub("\n", _SCRIPT.sub("", text))).replace("\xa0", " ")


def _printable(text: str) -> str:
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)


def _dialled(number: str) -> str:
    half = re.sub(r"[–—－]", "-", number)
    half = re.sub(r"[(（](\d+)[)）][-\s]?", r"\1-", half)
    return re.sub(r"^(0\d{2,3})\s", r"\1-", half).strip()
