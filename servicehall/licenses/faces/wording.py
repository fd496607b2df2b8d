"""Wording (文字): dates, money and codes as a Chinese certificate writes them."""

from datetime import date, timedelta, timezone

from servicehall.licenses.record import FaceValue, Record

_DIGITS = "〇一二三四五六七八九"
_BEIJING = timezone(timedelta(hours=8))


def numeric_date(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_date(day: date) -> str:
    """二〇二六年三月一日, as official papers are dated (GB/T 15835)."""
    year = "".join(_DIGITS[int(d)] for d in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def issue_date(record: Record) -> str:
    """The civil day of issue in the hall, in Chinese numerals."""
    return chinese_date(record.issued_at.astimezone(_BEIJING).date())


def validity(record: Record) -> str:
    """有效期: from and to, or 长期."""
    if record.valid_to is None:
        return f"{numeric_date(record.valid_from)}起长期有效"
    return f"{numeric_date(record.valid_from)}至{numeric_date(record.valid_to)}"


def shown(face: FaceValue) -> str:
    """The value of a face as it is printed: dates in Chinese, fen as yuan."""
    if face.kind == "date":
        return numeric_date(date.fromisoformat(face.value))
    if face.kind == "money":
        yuan, fen = divmod(int(face.value), 100)
        return f"人民币{yuan:,}.{fen:02}元"
    return face.value


def spaced_code(code: str) -> str:
    """A verification code in groups of four: ABCD-EFGH-JKMN."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def _number(value: int) -> str:
    """1 to 31 in Chinese."""
    tens, ones = divmod(value, 10)
    head = ("", "十", "二十", "三十")[tens]
    return head + (_DIGITS[ones] if ones or not head else "")
