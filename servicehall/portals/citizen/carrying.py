"""Carrying (出示和带走): a license of one's own shown for minutes, offline, in a wallet, as a copy."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.credentials import provisioning
from servicehall.kernel.errors import Invalid
from servicehall.licenses import archival, wallet
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.printing import ofd, qr
from servicehall.showing import copies, ofdface, offlinecode, showcode

pages = Blueprint("carrying", __name__, url_prefix="/mine/licenses")
REFRESH = 60  # seconds, far less than a code lasts


@pages.get("/<code>/show")
def choose(code: str) -> str:
    """For which purpose is it shown?"""
    return _choose(_own(code), {})


@pages.post("/<code>/show")
def show(code: str) -> ResponseReturnValue:
    """From now on the code is shown (亮证), for one purpose on record."""
    found, purpose = wallet.own(work, code), request.form.get("purpose", "")
    try:
        showcode.shown(work, found, purpose)
    except Invalid as error:
        return _choose(found, form_errors(error)), 422
    work.commit()
    return redirect(url_for(".shown", code=code, purpose=purpose), 303)


@pages.get("/<code>/show/<purpose>")
def shown(code: str, purpose: str) -> Response:
    """The code of this minute; the page renews it by itself, without scripts too."""
    found = _own(code)
    drawn = qr.svg(showcode.text(work, found, purpose), error="q", scale=8)
    page = render_template(
        "citizen/show_code.html", license=found, record=found.record, qr=drawn, refresh=REFRESH,
        purpose=showcode.PURPOSES[purpose], minutes=int(showcode.LASTS.total_seconds()) // 60,
        looks=wallet.looks(work, found, most=3),
    )  # fmt: skip
    return Response(page, headers={"Refresh": str(REFRESH), "Cache-Control": "no-store"})


@pages.get("/<code>/license.ofd")
def ofd_file(code: str) -> Response:
    """The license as an OFD file, sealed by its department (GB/T 33190, GB/T 38540)."""
    found = _own(code)
    name = f"{found.record.type.name}-{found.code}.ofd"
    return attachment(ofdface.made(work, found), ofd.KIND, name)


@pages.post("/<code>/archive")
def archive(code: str) -> Response:
    """The PDF for archiving (归档版): it proves itself for decades; made once, then the same file."""
    made = archival.own(work, code)
    work.commit()
    return attachment(made, "application/pdf", f"archive-{code}.pdf")


@pages.get("/<code>/offline")
def offline(code: str) -> str:
    """A code to print or to keep on the phone, proven without a network."""
    found = _own(code)
    drawn = qr.svg(offlinecode.text(work, found), error="l")
    return render_template(
        "citizen/offline_code.html", license=found, record=found.record, qr=drawn,
        until=work.now() + offlinecode.LASTS,
    )  # fmt: skip


@pages.post("/<code>/wallet")
def wallet_offer(code: str) -> str:
    """A license for the holder's own wallet (OpenID4VCI): the code is shown this once."""
    found = wallet.own(work, code)
    link = provisioning.link(provisioning.offer(work, found))
    work.commit()
    return render_template(
        "citizen/wallet_offer.html", license=found, record=found.record, link=link,
        qr=qr.svg(link, error="l"), minutes=int(provisioning.LASTS.total_seconds()) // 60,
    )  # fmt: skip


@pages.get("/<code>/copies")
def copied(code: str) -> str:
    """Copies for one purpose and one receiver (加注件): those there are, and the form for another."""
    return _copies(_own(code), {})


@pages.post("/<code>/copies")
def copy(code: str) -> ResponseReturnValue:
    found, given = wallet.own(work, code), request.form
    try:
        copies.make(
            work, found, purpose=given.get("purpose", ""), receiver=given.get("receiver", ""),
            days=given.get("days", 0, int),
        )  # fmt: skip
    except Invalid as error:
        return _copies(found, form_errors(error)), 422
    work.commit()
    flash(gettext("加注件已做好，在下面下载"))
    return redirect(url_for(".copied", code=code), 303)


@pages.get("/<code>/copies/<copy>.pdf")
def copy_pdf(code: str, copy: str) -> Response:
    """One copy, as the file to hand over."""
    made = copies.own(work, _own(code), copy)
    name = f"{made.license.record.type.name}-{gettext('加注件')}-{made.code}.pdf"
    return attachment(copies.pdf(work, made), "application/pdf", name)


@pages.get("/<code>/copies/<copy>.ofd")
def copy_ofd(code: str, copy: str) -> Response:
    """One copy, as an OFD file sealed by its department."""
    made = copies.own(work, _own(code), copy)
    name = f"{made.license.record.type.name}-{gettext('加注件')}-{made.code}.ofd"
    return attachment(copies.ofd(work, made), ofd.KIND, name)


def _own(code: str) -> Any:
    """The holder's own license; whoever looks for an organization is on its record."""
    found = wallet.own(work, code)
    wallet.seen_by_agent(work, found)
    work.commit()
    return found


def _choose(found: Any, errors: dict[str, list[str]]) -> str:
    return render_template(
        "citizen/show.html", license=found, record=found.record, errors=errors,
        purposes=showcode.PURPOSES,
    )  # fmt: skip


def _copies(found: Any, errors: dict[str, list[str]]) -> str:
    return render_template(
        "citizen/copies.html", license=found, record=found.record, errors=errors,
        copies=copies.of(work, found), given=request.form, most=copies.MOST_DAYS,
    )  # fmt: skip
