"""The application factory: builds the Flask applications from settings, wiring and portals."""

import logging
import sys
import traceback
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import structlog
from babel import Locale
from flask import Flask, Response, g, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_translations
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from sqlalchemy.exc import SQLAlchemyError
from structlog.typing import EventDict
from werkzeug.middleware.proxy_fix import ProxyFix

from servicehall import wiring
from servicehall.catalogue import edition
from servicehall.city import offices
from servicehall.kernel.clock import Clock, SystemClock
from servicehall.kernel.database import refusal
from servicehall.kernel.errors import Unavailable
from servicehall.kernel.settings import Settings
from servicehall.kernel.vault import Vault
from servicehall.portals import (
    exchange,
    guard,
    lending,
    metering,
    naming,
    opendata,
    openlog,
    pages,
    probes,
    registry,
    sessions,
    shelf,
    signin,
    tracker,
    verify,
    wallets,
)
from servicehall.portals.citizen.desk import portal as citizen
from servicehall.portals.console.office import portal as console
from servicehall.portals.registry import Records
from servicehall.portals.window.counter import portal as window
from servicehall.registries import protocol
from servicehall.registries.remembering import Answered
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws
from servicehall.signing.signer import Issuer, Signer
from servicehall.waking.bell import Bell
from servicehall.wiring import Hall, Wsgi

PORTALS = (
    citizen, window, verify.portal, console, exchange.portal, lending.portal, tracker.portal,
    openlog.portal, opendata.portal, signin.portal, probes.portal, wallets.portal,
)  # fmt: skip
MOST_BODY = 12 * 1024 * 1024
log = structlog.get_logger()


def open_hall(settings: Settings | None = None, clock: Clock | None = None) -> Hall:
    """The hall with the embedded registry service plugged in, for applications and commands."""
    _log_plainly()
    clock = clock or SystemClock()
    return wiring.open_hall(
        settings or Settings.load(), clock,
        registry_service=lambda key, records, signer: create_registry(
            {wiring.REQUESTER: key}, clock, records, signer
        ),
    )  # fmt: skip


def create_app(settings: Settings | None = None, hall: Hall | None = None) -> Flask:
    """The hall's web application."""
    hall = hall or open_hall(settings)
    home = Path(hall.settings.home)
    app = Flask(
        "servicehall", template_folder=str(home / "templates"), static_folder=str(home / "static")
    )
    app.extensions["hall"] = hall
    _configure(app, hall)
    _look(app)
    sessions.register(app)
    guarding = CSRFProtect(app)
    guarding.exempt(exchange.portal)
    guarding.exempt(wallets.portal)
    guarding.exempt(lending.portal)
    guarding.exempt(signin.prefer)  # asks for the token itself
    _speak(app, home)
    shelf.register(app, lambda: _edition(hall))
    if hall.settings.public_url:  # a proxy stands before the hall and tells who asks
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=0)  # type: ignore[method-assign]
    pages.register(app)
    naming.register(app)
    metering.register(app)
    _one_work_a_request(app, hall)
    _only_our_own_pages(app)
    for portal in PORTALS:
        app.register_blueprint(portal)
    return app


def create_registry(
    requesters: dict[str, bytes], clock: Clock, records: Records, signer: Signer
) -> Wsgi:
    """The registry service: an application of its own, asked over HTTP or in process.

    *requesters* are the keys of those who may ask, *records* what is held; the department that
    answers for a dataset signs with its key of *signer*.
    """
    names = {office.code: office.name for office in offices.offices()}

    def seal(dataset: str, answer: bytes) -> str:
        provider = DATASETS[dataset].provider
        issuer = Issuer(provider, names[provider])
        return jws.seal(signer, issuer, answer, typ=protocol.TYP, now=clock.now())

    app = Flask("servicehall.registry", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.extensions["desk"] = registry.Desk(
        requesters, clock, records, seal, Answered(clock.now())
    )  # fmt: skip
    app.register_blueprint(registry.portal)
    return app.wsgi_app


def _configure(app: Flask, hall: Hall) -> None:
    vault = Vault.open(hall.settings.folder / "keys")
    secure = hall.settings.address.startswith("https://")
    app.secret_key = vault.key("session")
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BODY,
        MAX_FORM_MEMORY_SIZE=MOST_BODY,
        SESSION_COOKIE_NAME="__Host-hall" if secure else "hall",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        BABEL_DEFAULT_LOCALE="zh_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]


def _look(app: Flask) -> None:
    packages = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(str(app.template_folder)),
            PrefixLoader({name: PackageLoader(name) for name in packages}),
        ]
    )
    WTFormsHelpers(app)


def _speak(app: Flask, home: Path) -> None:
    folder = str(home / "servicehall" / "translations")
    Babel(app, locale_selector=_language, default_translation_directories=folder)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().gettext(text),
        lambda one, more, number: _translations().ngettext(one, more, number),
        newstyle=True,
    )


def _translations() -> NullTranslations:
    """The catalogue of this request, looked up once: a page holds hundreds of sentences."""
    if "translations" not in g:
        g.translations = get_translations()
    held: NullTranslations = g.translations
    return held


def _language() -> Locale:
    """Chinese unless the visitor chose English."""
    return _locale(str(session.get("lang", "zh_CN")))


@cache
def _locale(name: str) -> Locale:
    """Parsed once: Babel looks for a file at every parsing."""
    return Locale.parse(name)


def _one_work_a_request(app: Flask, hall: Hall) -> None:
    def open_work() -> None:
        g.work = hall.work(sessions.VISITOR)
        g.work.actor = sessions.actor(g.work)

    app.before_request_funcs.setdefault(None, []).insert(0, open_work)
    app.after_request(_nothing_is_forgotten)
    app.teardown_request(_close_work)
    app.register_error_handler(Exception, _last_resort)


def _edition(hall: Hall) -> object:
    """What the pages that everyone sees alike are made from; None while the database is silent."""
    try:
        with hall.work(sessions.VISITOR) as work:
            return edition.number(work), work.today()
    except SQLAlchemyError:
        return None


def _only_our_own_pages(app: Flask) -> None:
    def check() -> None:
        programs = (exchange.portal.name, wallets.portal.name)
        if request.blueprint not in programs:  # programs have no session to misuse
            guard.same_site()

    app.before_request(check)


def _nothing_is_forgotten(response: Response) -> Response:
    if response.status_code < 400 and "work" in g and g.work.unfinished:
        raise RuntimeError(f"{request.endpoint} left its work uncommitted")
    if response.status_code < 400 and request.method not in ("GET", "HEAD") and "work" in g:
        g.work.use(Bell).ring()
    return response


def _close_work(error: BaseException | None) -> None:
    if work := g.pop("work", None):
        work.session.close()


def _last_resort(error: Exception) -> ResponseReturnValue:
    """What the database refused becomes a refusal of the hall; the rest is our own fault."""
    if "work" in g:
        g.work.rollback()
    if (known := refusal(error)) is not None:
        g.dark = isinstance(known, Unavailable)  # the page is shown without asking the database
        return pages.refused(known)
    log.exception("hall.failed", endpoint=request.endpoint)
    return pages.refusal(500, pages.said(pages.MESSAGES[500]))


def _where_it_failed(_: object, __: str, entry: EventDict) -> EventDict:
    """The kinds of the errors and the lines they passed; messages may hold what people typed."""
    if not entry.pop("exc_info", None):
        return entry
    error, told = sys.exc_info()[1], []
    while error is not None:
        steps = traceback.extract_tb(error.__traceback__)
        lines = [f"{Path(s.filename).name}:{s.lineno} {s.name}" for s in reversed(steps)]
        told.append(f"{type(error).__name__} at {' < '.join(lines)}")
        error = error.__cause__ or error.__context__
    entry["exception"] = " after ".join(told)
    return entry


def _log_plainly() -> None:
    """JSON lines on standard error, from INFO on; never the values of variables."""
    if structlog.is_configured():
        return
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _where_it_failed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
