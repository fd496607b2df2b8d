"""The machines' portal (接口): other systems search the item list and verify licenses."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from servicehall.finding import areas, misses, search
from servicehall.finding.asking import LEVELS, Asked
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.portals.guard import ANYONE, admit, guessed, same_site, work
from servicehall.verifying import presenting, verification

portal = admit(Blueprint("exchange", __name__, url_prefix="/api/v1"), ANYONE)
MOST = 50
FILTERS = ("region", "kind", "object", "theme", "department", "level", "applicable")


@portal.get("/items")
def items() -> dict[str, Any]:
    """``?q=&region=&kind=&object=&theme=&department=&level=&applicable=&after=``, all optional.

    {total, more, next, way, counts, items}: ``next`` is the ``after`` of the following page (null
    at the end), ``way`` how the words were found, ``counts`` what each filter would leave; ``more``
    says that numbers are lower bounds. 422 names the parameter that cannot be.
    """
    asked = _asked()
    after = request.args.get("after") or None
    page = search.find(work, request.args.get("q", ""), asked=asked, limit=MOST, after=after)
    counts = page.counts([region.code for region in areas.below(work, asked.region or "")])
    return {
        "total": counts.total,
        "more": counts.more,
        "next": page.next,
        "way": page.way,
        "counts": {
            **{name: dict(values) for name, values in counts.by.items()},
            "region": dict(counts.regions),
            "department": {code: number for code, _, number in counts.departments},
        },
        "items": [_item(entry) for entry in page.entries],
    }


def _item(entry: Any) -> dict[str, Any]:
    told = search.stopped(entry)
    return {
        "code": entry.code, "name": entry.name, "name_en": entry.name_en, "type": entry.type,
        "department": entry.department_name, "department_code": entry.department,
        "region": entry.region, "level": entry.level, "state": entry.state,
        "applicable": bool(entry.applicable) and told is None,
        "suspended": None if told is None else {n: told.get(n, "") for n in ("ends_on", "reason")},
        "themes": entry.themes.strip(",").split(",") if entry.themes else [],
        "objects": entry.objects.strip(",").split(",") if entry.objects else [],
        "url": f"/items/{entry.code}",
    }  # fmt: skip


def _asked() -> Asked:
    """The filters in the address. Raises Invalid for each that cannot be."""
    given = {name: request.args.get(name) or None for name in FILTERS}
    if given["kind"] not in (None, "natural", "legal"):
        raise Invalid(N_("kind 只能是 natural 或 legal"), field="kind")
    if given["applicable"] not in (None, "true", "false"):
        raise Invalid(N_("applicable 只能是 true 或 false"), field="applicable")
    if given["level"] is not None and given["level"] not in map(str, LEVELS):
        raise Invalid(N_("没有这个行使层级"), field="level")
    level = given.pop("level")
    applicable = given.pop("applicable")
    return Asked(
        **given, level=int(level) if level else None,  # type: ignore[arg-type]
        applicable=None if applicable is None else applicable == "true",
    )  # fmt: skip


@portal.post("/searches/missed")
def missed() -> ResponseReturnValue:
    """``q``: words that found nothing, counted by day without anything of who sought them.

    A page's own script is answered with 204, a form without scripts is led back to the list.
    """
    same_site()
    words = request.form.get("q", "")
    if misses.note(work, words):
        work.commit()
    if request.accept_mimetypes.best == "application/json":
        return "", 204
    return redirect(url_for("citizen.browse.items", q=words, told=1), 303)


@portal.post("/licenses/verify")
@guessed
def verify() -> ResponseReturnValue:
    """A code (JSON or form ``code``) or a file (multipart ``file``, or a raw PDF body)."""
    if content := _file():
        return _verdict(verification.by_file(work, content))
    code = _code()
    if not code:
        raise Invalid(N_("请给出 code 或 file"), field="code")
    try:
        return _verdict(verification.by_code(work, code))
    except NotFound:
        return {"result": "not_found", "code": code}, 404


def _verdict(verdict: Any) -> ResponseReturnValue:
    """The answer; that the license was shown is on record first."""
    presenting.noted(work, verdict)
    work.commit()
    return presenting.as_json(verdict)


def _code() -> str:
    said = request.get_json(silent=True) if request.is_json else request.form
    return str(said.get("code", "")).strip() if isinstance(said, Mapping) else ""


def _file() -> bytes:
    if "file" in request.files:
        return bytes(request.files["file"].read())
    if request.content_type in ("application/pdf", "application/octet-stream"):
        return request.get_data()
    return b""
