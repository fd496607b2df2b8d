"""The open log (公开日志): signed roots and proofs between them, where licenses stand, the root to believe."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.licenses import archival, statuslist
from servicehall.licenses.statuslist import StatusLists
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import ANYONE, admit, work
from servicehall.transparency import evidence, treeheads
from servicehall.transparency.checkpoints import LICENSES, Checkpoint, Checkpoints, parsed

portal = admit(Blueprint("openlog", __name__), ANYONE)
MOST, SHOWN = 100, 10


@portal.get("/log")
def log() -> str:
    """What the log promises, its last signed roots, and how to check them without the hall."""
    kept = work.use(Checkpoints)
    try:
        last = kept.last()
    except NotFound:
        return render_template("openlog/log.html", last=None, recent=[])
    recent = kept.some(max(0, last.head.length - SHOWN * MOST), most=MOST)[-SHOWN:]
    return render_template("openlog/log.html", last=last, recent=recent[::-1])


@portal.get("/log/root.pem")
def root() -> Response:
    """The root certificates that proofs are held to."""
    return attachment(evidence.roots(work), "application/x-pem-file", "root.pem")


@portal.get("/log/root.crl")
def revocations() -> Response:
    """The revocation list (RFC 5280) of the root that signs now, DER, good for a week."""
    return attachment(archival.revocations(work), "application/pkix-crl", "root.crl")


@portal.get(f"/status/{statuslist.LIST}")
def status() -> Response:
    """Where every license stands (Token Status List), for anybody, also pages elsewhere."""
    answer = Response(work.use(StatusLists).token(work), content_type="application/statuslist+jwt")
    answer.headers["Cache-Control"] = f"public, max-age={int(statuslist.FRESH.total_seconds())}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@portal.get("/log/checkpoint")
def licenses() -> dict[str, Any]:
    """{log, size, root, at, checkpoint, timestamp}: the last signed root of the license log.

    ``timestamp`` is an RFC 3161 token over the SHA-256 of the root. The record of who did what is
    the other log; its roots are at ``/api/v1/log/checkpoint``. Size 0 before the first batch.
    """
    try:
        last = treeheads.last(work)
    except NotFound:
        return {"log": LICENSES, "size": 0}
    told = parsed(last.checkpoint.encode(), LICENSES)
    return {"log": LICENSES, **_shown(told), "timestamp": last.token}


@portal.get("/log/consistency")
def licenses_grown() -> dict[str, Any]:
    """``?first=&second=``, sizes of roots that ``/log/checkpoint`` gave out: {first, second, path}."""
    first, second = _size("first"), _size("second")
    path = treeheads.consistency(work, first, second)
    return {"first": first, "second": second, "path": path}


@portal.get("/api/v1/log/checkpoint")
def checkpoint() -> dict[str, Any]:
    """{size, root, at, checkpoint}: the last signed root; ``checkpoint`` is the JWS itself."""
    return _shown(work.use(Checkpoints).last())


@portal.get("/api/v1/log/checkpoints")
def checkpoints() -> dict[str, Any]:
    """``?after=`` {checkpoints, next}: up to 100 in order; ``next`` is the ``after`` that follows."""
    found = work.use(Checkpoints).some(_size("after", 0), most=MOST)
    following = found[-1].head.length if len(found) == MOST else None
    return {"checkpoints": [_shown(one) for one in found], "next": following}


@portal.get("/api/v1/log/consistency")
def consistency() -> Response:
    """``?first=&second=``, sizes of checkpoints: the file that proves the second begins with the first.

    404 where there is no checkpoint of a size, 422 that names the parameter.
    """
    first, second = _size("first"), _size("second")
    told = evidence.consistency(work, first, second).model_dump_json()
    return Response(told, content_type="application/json")


def _size(name: str, default: int | None = None) -> int:
    text = request.args.get(name, "" if default is None else str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        raise Invalid(N_("参数 %(name)s 不正确"), field=name, name=name)
    return int(text)


def _shown(one: Checkpoint) -> dict[str, Any]:
    return {
        "size": one.head.length, "root": one.head.hash, "at": one.at.isoformat(),
        "checkpoint": one.jws,
    }  # fmt: skip
