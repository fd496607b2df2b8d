"""Lent (用证授权): departments ask to see my licenses, I answer; and what was issued to me elsewhere."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.aggregating import gathered
from servicehall.catalogue import items
from servicehall.identity import directory
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.lending import agreeing
from servicehall.licenses import wallet
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals import naming
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import work

pages = Blueprint("lent", __name__, url_prefix="/mine/licenses")
TRUSTS = {
    "A": N_("A 级：签发机关签名，已验证"), "B": N_("B 级：业务系统的电子记录"),
    "C": N_("C 级：按纸质底册补录"), "D": N_("D 级：历史证照扫描件"),
}  # fmt: skip
MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ofd": "application/ofd",
}


@pages.get("")
def index() -> str:
    """我的证照: issued here, issued elsewhere, and who asks to see them."""
    asked = agreeing.mine(work)
    return render_template(
        "citizen/licenses.html", licenses=wallet.mine(work), elsewhere=gathered.mine(work),
        asked=asked, items={one.item: _item(one.item) for one in asked},
        states=agreeing.STATES, types=work.use(LicenseTypes),
        departments={d.code: d.name for d in directory.departments(work)}, trusts=TRUSTS,
    )  # fmt: skip


@pages.post("/asked/<key>")
def answer(key: str) -> ResponseReturnValue:
    """yes, no, or withdraw."""
    agreeing.own(work, key)
    match request.form.get("answer"):
        case "yes":
            given = agreeing.answer(work, key, agreed=True)
            told = gettext("已同意，%(day)s前有效，随时可以撤回", day=given.until.isoformat())
        case "no":
            agreeing.answer(work, key, agreed=False)
            told = gettext("已答复不同意，对方看不到您的证照")
        case "withdraw":
            agreeing.withdraw(work, key)
            told = gettext("已撤回，对方从现在起看不到您的证照")
        case _:
            raise Invalid(N_("请选择同意或者不同意"), field="answer")
    work.commit()
    flash(told)
    return redirect(url_for(".index"))


@pages.get("/elsewhere/<int:number>")
def elsewhere(number: int) -> str:
    """One license that was issued elsewhere, as its source told it."""
    found = gathered.own(work, number)
    return render_template(
        "citizen/elsewhere.html", license=found, kind=work.use(LicenseTypes)[found.type],
        trusts=TRUSTS,
    )  # fmt: skip


@pages.get("/elsewhere/<int:number>/scan")
def scan(number: int) -> ResponseReturnValue:
    """The file that came with it."""
    found = gathered.own(work, number)
    content = gathered.scan(work, found)
    ending = str(found.file_key).rsplit(".", 1)[-1]
    name = work.use(LicenseTypes)[found.type].name
    return attachment(content, MEDIA[ending], f"{name}.{ending}")


def _item(code: str) -> str:
    """What an item is called; its code where this hall does not list it."""
    try:
        return naming.named(items.known(work, code))
    except NotFound:
        return code
