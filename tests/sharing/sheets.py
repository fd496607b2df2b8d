"""Sheets that departments upload: a good one as CSV or xlsx, and what is told beside it."""

import io
from typing import Any

from openpyxl import Workbook

ROWS = [
    ["信息项名称", "字段代码", "数据类型", "长度", "值域", "说明"],
    ["姓名", "name", "字符型", 50, "", "养犬人姓名"],
    ["身份证号", "sfzh", "C", 18, "", ""],
    ["性别", "xb", "字符", 1, "男、女", ""],
    ["登记日期", "djrq", "日期", "", "", ""],
]  # fmt: skip
SHEET = "\n".join(",".join(map(str, row)) for row in ROWS).encode()


def workbook(rows: list[list[Any]] = ROWS, **sheets: list[list[Any]]) -> bytes:
    """*rows* as an xlsx file, with more sheets if given."""
    book = Workbook()
    page = book.active
    page.title = "信息项"
    for row in rows:
        page.append(row)
    for title, more in sheets.items():
        page = book.create_sheet(title)
        for row in more:
            page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def told_of(code: str, serial: int, **change: Any) -> dict[str, Any]:
    """What a steward says of a resource beside its sheet."""
    return {
        "code": code, "number": f"308001/{serial:06}", "name": "养犬登记信息", "library": "养犬登记库",
        "summary": "养犬人的基本信息", "share": "conditional", "condition": "办理事项时经本人同意",
        "basis": "", "opening": "none", "cycle": "monthly", "about": ["person"], **change,
    }  # fmt: skip
