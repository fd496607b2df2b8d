"""Wording (文字): dates, money and codes as a Chinese certificate writes them."""

from datetime import date, timedelta, timezone

from servicehall.licenses.record import FaceValue, Record
from servicehall.printing.dates import chinese_date, numeric_date

_BEIJING = timezone(timedelta(hours=8))


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
