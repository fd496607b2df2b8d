"""Account (账户): messages, who has looked at my data, and all of it to take away."""

import io
import zipfile

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from servicehall.notices import outbox
from servicehall.oversight import portable, usage
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import whole_number, work

pages = Blueprint("account", __name__, url_prefix="/mine")


@pages.get("/messages")
def messages() -> str:
    return render_template("citizen/messages.html", notices=outbox.inbox(work))


@pages.post("/messages/read")
def read() -> ResponseReturnValue:
    outbox.read(work)
    work.commit()
    return redirect(url_for(".messages"))


@pages.get("/usage")
def looked() -> str:
    """Who looked at my data (谁看过我的数据): every look, its reason and its place on the record."""
    page = max(1, whole_number("page"))
    return render_template(
        "citizen/usage.html", page=page, total=usage.count(work), size=usage.PAGE,
        usages=usage.find(work, most=usage.PAGE, skip=(page - 1) * usage.PAGE),
    )  # fmt: skip


@pages.get("/usage/<int:number>/proof")
def proof(number: int) -> Response:
    """The proof that one look stands in the public log (存证), to check without the hall."""
    told = usage.proof(work, number).model_dump_json(indent=1)
    return attachment(told.encode(), "application/json", f"proof-{number}.json")


@pages.post("/export")
def export() -> ResponseReturnValue:
    """Everything the hall holds about whoever asks (取回我的数据), as one archive."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in portable.files(work):
            archive.writestr(name, content)
    work.commit()
    return attachment(kept.getvalue(), "application/zip", f"my-data-{work.today()}.zip")
