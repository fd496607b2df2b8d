"""The machines' portal (接口): other systems search the item list and verify licenses."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from servicehall.catalogue import search
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.licenses import presenting, verification
from servicehall.portals.guard import ANYONE, admit, guessed, whole_number, work

portal = admit(Blueprint("exchange", __name__, url_prefix="/api/v1"), ANYONE)
MOST = 50


@portal.get("/items")
def items() -> dict[str, Any]:
    """``?q=&after=``: {total, next, items: [{code, name, department, applicable, url}]}."""
    page = search.find(work, request.args.get("q", ""), limit=MOST, after=whole_number("after"))
    return {
        "total": page.total,
        "next": page.next,
        "items": [
            {
                "code": e.code, "name": e.name, "department": e.department_name,
                "type": e.type, "applicable": e.applicable, "url": f"/items/{e.code}",
            }
            for e in page.entries
        ],
    }  # fmt: skip


@portal.post("/licenses/verify")
@guessed
def verify() -> ResponseReturnValue:
    """A code (JSON or form ``code``) or a file (multipart ``file``, or a raw PDF body)."""
    if content := _file():
        return presenting.as_json(verification.by_file(work, content))
    code = _code()
    if not code:
        raise Invalid(N_("请给出 code 或 file"), field="code")
    try:
        return presenting.as_json(verification.by_code(work, code))
    except NotFound:
        return {"result": "not_found", "code": code}, 404


def _code() -> str:
    said = request.get_json(silent=True) if request.is_json else request.form
    return str(said.get("code", "")).strip() if isinstance(said, Mapping) else ""


def _file() -> bytes:
    if "file" in request.files:
        return bytes(request.files["file"].read())
    if request.content_type in ("application/pdf", "application/octet-stream"):
        return request.get_data()
    return b""
