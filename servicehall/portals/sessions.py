"""Sessions (会话): flask-login over a signed cookie that holds only who, which version, and when."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from servicehall.identity import accounts, attending, mandates
from servicehall.identity.accounts import Account
from servicehall.identity.mandates import Mandate
from servicehall.kernel.work import Actor, UnitOfWork

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
VISITOR = Actor("visitor", "访客")


class SignedIn(UserMixin):  # type: ignore[misc]
    """What flask-login keeps: the account's key and the version its sessions must have."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.key}:{self.account.session_version}"


def begin(account: Account, now: datetime) -> None:
    """A new session for *account*; whatever was in the old one is gone (会话固定防护)."""
    kept = {k: session[k] for k in ("lang", "care") if k in session}
    session.clear()
    session.update(kept)
    login_user(SignedIn(account))
    session["nonce"] = token_urlsafe(8)
    session["began"] = session["seen"] = int(now.timestamp())


def end() -> None:
    """Forget who is signed in."""
    kept = {k: session[k] for k in ("lang", "care") if k in session}
    logout_user()
    session.clear()
    session.update(kept)


def act_for(organization: str) -> None:
    """From now on act for *organization*; empty for oneself. Checked anew at every request."""
    session["org"] = organization


def attend(attendance: str) -> None:
    """From now on act for who stands at the counter; checked anew at every request."""
    session["counter"] = attendance


def leave() -> str:
    """Act for nobody at the counter any more; the attendance that was, "" if none."""
    return str(session.pop("counter", ""))


def account() -> Account | None:
    """The account of this browser, if it is signed in and the session is still good."""
    return current_user.account if current_user.is_authenticated else None


def actor(work: UnitOfWork) -> Actor:
    """Who this browser acts as; a session idle for 30 minutes or older than 12 hours is over."""
    who = account()
    if who is None:
        return VISITOR
    now = int(work.now().timestamp())
    if (
        now - session.get("seen", 0) > IDLE.seconds
        or now - session.get("began", 0) > LONGEST.seconds
    ):
        end()
        session["expired"] = True
        return VISITOR
    if now - session["seen"] > 60:  # a fresh cookie at most once a minute
        session["seen"] = now
    acting = accounts.actor(work, who, session.get("org", ""))
    return attending.acting(work, acting, session["counter"]) if "counter" in session else acting


def mandates_of(work: UnitOfWork) -> Sequence[Mandate]:
    """The organizations this browser's person may act for."""
    who = account()
    return mandates.of(work, who.person) if who and who.person else ()


def register(app: Flask) -> None:
    """Let flask-login load accounts through the unit of work of the request."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # a page may be shown while nobody answers
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(name: str) -> SignedIn | None:
        key, _, version = name.rpartition(":")
        found = accounts.by_key(g.work, key)
        if found is None or not found.active or str(found.session_version) != version:
            return None
        return SignedIn(found)


def expires(work: UnitOfWork) -> int:
    """Seconds until this session ends if nothing more is asked; 0 for visitors."""
    if "seen" not in session:
        return 0
    seen = datetime.fromtimestamp(session["seen"], UTC)
    return max(0, int((seen + IDLE - work.now()).total_seconds()))
