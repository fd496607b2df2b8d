"""Sign in and out (登录), switch for whom one acts, and how one reads (关怀版, English)."""

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import accounts, mandates
from servicehall.kernel.errors import Forbidden, Invalid, TooMany
from servicehall.kernel.words import LANGUAGES, N_
from servicehall.portals import places, sessions
from servicehall.portals.forms import SignInForm
from servicehall.portals.guard import ANYONE, admit, guessed, safe_next, work
from servicehall.portals.pages import said

portal = admit(Blueprint("signin", __name__), ANYONE)

_DESKS = (
    ("clerk", "window.handle.queue"),
    ("reviewer", "window.handle.queue"),
    ("supervisor", "console.figures.board"),
    ("auditor", "console.figures.audit"),
    ("item_admin", "console.listed.items"),
    ("verifier", "verify.form"),
)


@portal.get("/signin")
def form() -> ResponseReturnValue:
    return render_template(
        "signin/form.html", form=SignInForm(formdata=None), expired=session.pop("expired", False),
        next=safe_next(request.args.get("next", "/")),
    )  # fmt: skip


@portal.post("/signin")
@guessed
def sign_in() -> ResponseReturnValue:
    sent = SignInForm()
    try:
        account = _account(sent)
    except (Invalid, TooMany) as error:
        work.commit()  # the failure counts
        field = sent.login if getattr(error, "field", "") == "login" else sent.secret
        field.errors = [said(error.message, error.params)]
        page = render_template(
            "signin/form.html", form=sent, next=safe_next(request.form.get("next", "/"))
        )
        return page, 429 if isinstance(error, TooMany) else 422
    work.commit()
    sessions.begin(account, work.now())
    session["care"] = account.care or session.get("care", False)
    return redirect(_desk(account.roles, safe_next(request.form.get("next", "/"))))


@portal.post("/signout")
def sign_out() -> ResponseReturnValue:
    if who := sessions.account():
        accounts.sign_out(work, who)
        work.commit()
    sessions.end()
    flash(gettext("您已安全退出"))
    return redirect(url_for("citizen.browse.home"))


@portal.post("/prefer")
def prefer() -> ResponseReturnValue:
    """Language, care mode and region. Who has no session yet has none to misuse: no token is asked for."""
    if session and current_app.config.get("WTF_CSRF_ENABLED", True):
        current_app.extensions["csrf"].protect()
    if request.form.get("lang") in LANGUAGES:
        session["lang"] = request.form["lang"]
    if request.form.get("care") in ("0", "1"):
        session["care"] = request.form["care"] == "1"
        if who := sessions.account():
            accounts.prefer_care(work, who, session["care"])
            work.commit()
    answer = make_response(redirect(safe_next(request.form.get("next", "/"))))
    if "region" in request.form:
        places.choose(answer, request.form["region"])
    return answer


@portal.post("/switch")
def switch() -> ResponseReturnValue:
    """Act for an organization, or for oneself again."""
    who, organization = sessions.account(), request.form.get("organization", "")
    if who is None or who.person is None:
        raise Forbidden(N_("请先登录"))
    if organization and not mandates.in_force(work, who.person, organization):
        raise Forbidden(N_("您没有这家单位的有效授权"))
    sessions.act_for(organization)
    return redirect(safe_next(request.form.get("next", "/")))


def _account(sent: SignInForm) -> accounts.Account:
    login, secret = (sent.login.data or "").strip(), sent.secret.data or ""
    if not login:
        raise Invalid(N_("请填写用户名"), field="login")
    if not secret:
        raise Invalid(N_("请填写密码"), field="secret")
    return accounts.sign_in(work, login, secret)


def _desk(roles: str, target: str) -> str:
    if target != "/":
        return target
    for role, endpoint in _DESKS:
        if role in roles.split():
            return url_for(endpoint)
    return url_for("citizen.mine.space")
