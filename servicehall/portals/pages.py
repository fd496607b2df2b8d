"""Pages (页面): what every page shares: refusals, words, looks, and the headers that guard it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from servicehall.identity import attending
from servicehall.kernel import errors, masking
from servicehall.kernel.clock import local, local_date
from servicehall.kernel.declarations import Fault, Misdeclared
from servicehall.kernel.words import N_, Words
from servicehall.portals import chronicle, naming, places, sessions
from servicehall.portals.guard import safe_next

STATUS: dict[type[errors.HallError], int] = {
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.StorageFull: 507,
    errors.Unavailable: 503,
}
TITLES = {
    400: N_("请求不完整"),
    401: N_("请先登录"),
    403: N_("没有权限"),
    404: N_("没有找到"),
    405: N_("不能这样操作"),
    409: N_("内容已经变化"),
    413: N_("文件太大"),
    422: N_("请更正后再提交"),
    429: N_("操作太频繁"),
    500: N_("系统出错了"),
    503: N_("系统暂时繁忙"),
    507: N_("存储空间已满"),
}
MESSAGES = {
    400: N_("浏览器发来的内容不完整，请返回上一页重试"),
    403: N_("您的账户不能查看这个页面"),
    404: N_("没有找到您要的内容，可能地址有误，或者它不属于您"),
    405: N_("这个地址不支持这样的操作"),
    413: N_("上传的文件超过 10 MB，请压缩或拆分后再上传；已经填写的内容没有丢失"),
    500: N_("出现了我们没有料到的问题，您的内容没有改动；请稍后再试或拨打服务热线"),
    503: N_("系统暂时没有应答，什么都没有改动，请稍后再试"),
}
NEXT_STEPS = {
    400: N_("返回上一页，刷新后再提交一次"),
    403: N_("换一个有权限的账户登录，或者请有权限的人办理"),
    404: N_("核对地址，或者从“我的空间”重新打开"),
    405: N_("返回上一页，用页面上的按钮操作"),
    409: N_("返回上一页并刷新，看到最新内容后再决定"),
    413: N_("压缩或拆分文件，或者带到窗口提交"),
    422: N_("返回上一页，按提示改正后再提交"),
    429: N_("等一会儿再试，或者到窗口办理"),
    500: N_("稍后再试；如果还不行，请告诉我们错误代号"),
    503: N_("稍等片刻再试一次，填写的内容不会丢失"),
    507: N_("稍后再试，或者到窗口办理"),
}
Place = tuple[str, str, str, dict[str, Any]]  # key, label, endpoint, arguments
NAVIGATION: tuple[Place, ...] = (
    ("home", N_("首页"), "citizen.browse.home", {}),
    ("person", N_("个人办事"), "citizen.browse.items", {"kind": "natural"}),
    ("organization", N_("法人办事"), "citizen.browse.items", {"kind": "legal"}),
    ("departments", N_("部门服务"), "citizen.browse.departments", {}),
    ("bundles", N_("一件事"), "citizen.lives.index", {}),
    ("progress", N_("办件查询"), "citizen.browse.progress", {}),
    ("verify", N_("证照验真"), "verify.form", {}),
    ("my", N_("我的空间"), "citizen.mine.space", {}),
)
DESKS = (
    ("clerk", N_("窗口工作台"), "window.handle.queue"),
    ("reviewer", N_("窗口工作台"), "window.handle.queue"),
    ("supervisor", N_("效能监督"), "console.figures.board"),
    ("auditor", N_("审计查阅"), "console.figures.audit"),
    ("steward", N_("数据管理"), "console.sharing.desk"),
    ("item_admin", N_("事项管理"), "console.listed.items"),
)


def register(app: Flask) -> None:
    """Give *app* the refusals, filters, context and headers of every page."""
    app.register_error_handler(errors.HallError, refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.after_request(_headers)
    app.context_processor(_context)
    filters: dict[str, Any] = {
        "mask": masking.mask, "day": _day, "moment": _moment, "yuan": _yuan, "said": said,
        "act_words": chronicle.act_words,
    }  # fmt: skip
    app.jinja_env.filters.update(filters)


def refused(error: errors.HallError) -> ResponseReturnValue:
    """The page (or problem JSON, RFC 9457) for a refusal; who tried what is on record first."""
    if "work" in g:
        g.work.keep_refusals()
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    words = (
        gettext(error.message, **error.params)
        if error.message
        else gettext(MESSAGES.get(status, ""))
    )
    retry: int = getattr(error, "retry_after", 0)
    return refusal(status, words, field=error.field, retry=retry)


def refusal(status: int, message: str, *, field: str = "", retry: int = 0) -> Response:
    """One template for every refusal: what happened, what to do next; JSON for programs."""
    title = gettext(TITLES.get(status, TITLES[400]))
    if request.path.startswith("/api/") or request.is_json or by_script():
        body = {"type": "about:blank", "title": title, "status": status, "detail": message}
        response = Response(app_json({**body, **({"field": field} if field else {})}), status)
        response.content_type = "application/problem+json"
    else:
        page = render_template(
            "refusal.html", status=status, title=title, message=message, retry_after=retry,
            next_step=gettext(NEXT_STEPS.get(status, NEXT_STEPS[400])),
        )  # fmt: skip
        response = Response(page, status)
    if retry:
        response.headers["Retry-After"] = str(retry)
    return response


def by_script() -> bool:
    """Whether the page's own script asks, which shows what it is told beside the form."""
    return request.accept_mimetypes.best == "application/json"


def app_json(body: dict[str, Any]) -> str:
    """*body* as JSON text with Chinese left readable."""
    import json

    return json.dumps(body, ensure_ascii=False)


def said(text: str, params: Mapping[str, Any] | None = None) -> str:
    """A sentence that a verb handed upward, in the visitor's language; its ``Words`` too."""
    told = {
        name: gettext(one) if isinstance(one, Words) and one else one
        for name, one in (params or {}).items()
    }
    translated: str = gettext(text, **told) if text else ""
    return translated


def form_errors(error: errors.Invalid) -> dict[str, list[str]]:
    """The errors of a form as templates show them: field → sentences; each fault of a file."""
    if isinstance(error, Misdeclared):
        return {error.field or "form": [_fault(fault) for fault in error.faults]}
    return {error.field or "form": [said(error.message, error.params)]}


def _fault(fault: Fault) -> str:
    place = f" {fault.field}:" if fault.field else ""
    return f"{fault.file}:{fault.line}:{place} {said(fault.message, fault.params)}"


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    """A form of a session that is over leads to a sign-in; any other stale form is refused."""
    if session.get("expired"):
        return redirect(url_for("signin.form", next=safe_next(request.referrer or "")))
    message = N_(
        "页面停留太久，安全校验已过期。请返回上一页刷新后重新提交，已自动保存的内容不会丢失"
    )
    return refusal(400, gettext(message))


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return refusal(code, gettext(MESSAGES.get(code, MESSAGES[400])))


def _headers(response: Response) -> Response:
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    return response


def _context() -> dict[str, Any]:
    if "work" not in g:
        return {}
    english = naming.english()
    return {
        "hall": {
            "name": gettext("示范市政务服务大厅"),
            "slogan": gettext("一网通办 · 数据多跑路 群众少跑腿"),
            "host": gettext("示范市人民政府办公室"),
            "hotline": "12345",
            "demo": current_app.extensions["hall"].settings.mode == "demo",
            "region": places.named(),
            "region_chosen": bool(places.way()),
            "region_url": url_for("citizen.regions.choose"),
        },
        "actor": _viewer(),
        "lang": "en" if english else "zh-CN",
        "english": english,
        "care": session.get("care", False),
        "today": g.work.today(),
        "nav": _navigation(),
        "csrf_token": generate_csrf,
        "session_expires": sessions.expires(g.work),
    }


def _viewer() -> dict[str, Any]:
    """The visitor as the header shows them."""
    dark = g.get("dark", False)
    who = sessions.VISITOR if dark else g.work.actor
    mandates = () if dark else sessions.mandates_of(g.work)
    acting = next(
        (m.organization.name for m in mandates if m.organization.code == who.organization), ""
    )
    return {
        "signed_in": bool(who.roles), "display_name": acting or who.name, "key": who.id,
        "roles": who.roles, "organization": who.organization, "mandates": mandates,
        "is_citizen": "citizen" in who.roles,
        "attending": None if dark else attending.at_the_counter(g.work),
    }  # fmt: skip


def _navigation() -> list[tuple[str, str, bool, str]]:
    return [
        (gettext(label), url, _is_here(url), key)
        for key, label, endpoint, arguments in _places()
        for url in [url_for(endpoint, **arguments)]
    ]


def _places() -> tuple[Place, ...]:
    """Where the visitor may go: staff have a desk (工作台) where others have a space of their own."""
    roles = g.work.actor.roles
    if not roles or "citizen" in roles:
        return NAVIGATION
    desks: list[Place] = [("desk", label, end, {}) for role, label, end in DESKS if role in roles]
    return (*NAVIGATION[:-1], *desks[:1])


def _is_here(url: str) -> bool:
    inside = url not in ("/", request.path) and "?" not in url and request.path.startswith(url)
    return inside or request.full_path.rstrip("?") == url


def _day(value: date | str | None) -> str:
    if value is None:
        return "—"
    try:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        day = local_date(day) if isinstance(day, datetime) else day
    except ValueError:
        return str(value)  # what autosave kept need not be a date yet
    if naming.english():
        return day.isoformat()
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(value: datetime | str | None) -> str:
    if value is None:
        return "—"
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{local(moment):%Y-%m-%d %H:%M}"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
