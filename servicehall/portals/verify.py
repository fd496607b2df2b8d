"""The verifying portal (证照验真): a code, a QR code or a file; one of eight results in words."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import policy
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.licenses import enlisting, library
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals import carried
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import ANYONE, admit, guessed, work
from servicehall.portals.pages import form_errors
from servicehall.verifying import codecheck, presenting, verification

SCANNING = {**carried.CAMERA, "read": N_("已经读到二维码，正在核验")}
portal = admit(Blueprint("verify", __name__, url_prefix="/verify"), ANYONE)


@portal.get("/")
def form() -> str:
    return _page({}, code="")


@portal.post("/")
@guessed
def check() -> ResponseReturnValue:
    """Verify what was typed or dropped; signed in as a department, for a reason on record."""
    sent, code = request.files.get("file"), request.form.get("code", "")
    try:
        if sent is not None and sent.filename:
            return _verdict(verification.by_file(work, sent.read()), code="")
        code = codecheck.plain(code) or code
        if not code.strip():
            raise Invalid(N_("请输入核验码，或选择一个文件"), field="code")
        return _verdict(verification.by_code(work, code), code=code)
    except Invalid as error:
        return _page(form_errors(error), code=code), 422
    except NotFound:
        return _unknown(code)


@portal.get("/offline.html")
def offline() -> Response:
    """One file that verifies without a network: to be saved and taken along."""
    return carried.page()


@portal.get("/<code>")
@guessed
def by_code(code: str) -> ResponseReturnValue:
    """Where the QR code on a license leads."""
    try:
        return _verdict(verification.by_code(work, code), code=code)
    except NotFound:
        return _unknown(code)


@portal.get("/<code>/proof.json")
@guessed
def proof(code: str) -> Response:
    """That this license stands in the public log, as a file to be carried with it."""
    told = enlisting.proof(work, library.by_code(work, code))
    return attachment(told.model_dump_json().encode(), "application/json", "proof.json")


def _unknown(code: str) -> ResponseReturnValue:
    words = gettext("没有找到这个编码的证照，请核对每一位；编码印在证照二维码下方")
    return _page({"code": [words]}, code=code), 404


def _verdict(verdict: Any, *, code: str) -> str:
    presenting.noted(work, verdict, reason=request.form.get("reason", "")[:100])
    logged = _logged(verdict)
    work.commit()
    return render_template(
        "verify/verdict.html",
        verdict=verdict,
        code=code,
        logged=logged,
        kinds=work.use(LicenseTypes),
    )


def _logged(verdict: Any) -> tuple[str, datetime] | None:
    """Where the proof of the log is, and since when the license is in it; for whoever holds the file
    or its code: what is held up to a scanner for minutes must not lead to the code."""
    how = verdict.showing
    if not verdict.genuine or verdict.summary is None or (how and how.kind != "copy"):
        return None
    license = library.by_identifier(work, verdict.summary.identifier)
    since = enlisting.since(work, license)
    return (license.code, since) if since else None


def _page(errors: dict[str, list[str]], *, code: str) -> str:
    department = policy.may(work.actor, "license.verify_as_department")
    return render_template(
        "verify/form.html", errors=errors, code=code, department=department, scanning=SCANNING
    )
