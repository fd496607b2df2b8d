"""Clients (接入系统): other systems that ask in a person's name, each with a key of its own.

A request is signed as questions to registries are: HMAC-SHA-256 over who asks, what, for whom, when.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from sqlalchemy import select

from servicehall.identity import directory, mandates
from servicehall.identity.models import Client as Client
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import Actor, UnitOfWork

SKEW = timedelta(minutes=5)
CLIENT, USER, TIME, SIGNATURE = "X-Road-Client", "X-Road-UserId", "X-Request-Time", "X-Signature"
_CODE = re.compile(r"[A-Z0-9][A-Z0-9/_-]{2,63}")


def enroll(
    work: UnitOfWork, code: str, name: str, department: str, *, public_key: bytes = b""
) -> str:
    """Let the system *code* of *department* ask; its key (hex), told this once.

    One that gives a *public_key* (PEM, EC P-256) proves itself by signing when it asks for a token.
    Raises Invalid, Conflict, NotFound for a department that is none.
    """
    if not _CODE.fullmatch(code):
        raise Invalid(N_("系统代码由 3 到 64 个大写字母、数字、/、_、- 组成"), field="code")
    if _by_code(work, code):
        raise Conflict(N_("已经有这个系统代码"), field="code")
    key = secrets.token_hex(32)
    owner = directory.department(work, department).code
    made = Client(code=code, name=name, department=owner, secret=key, since=work.now())
    made.public_key = _public(public_key) if public_key else ""
    work.session.add(made)
    work.record("client.enrolled", code, department=owner)
    return key


def revoke(work: UnitOfWork, code: str) -> None:
    """The system may ask no more, from its next request on. Raises NotFound, Conflict."""
    found = _by_code(work, code)
    if found is None:
        raise NotFound(N_("没有这个系统代码"))
    if found.revoked_at:
        raise Conflict(N_("这个系统已经停用"))
    found.revoked_at = work.now()
    work.record("client.revoked", code)


def signed(key: str, client: str, target: str, user: str, at: datetime) -> dict[str, str]:
    """The headers of a GET for *target* (path and query, as sent) that *client* asks for *user*."""
    time = at.isoformat(timespec="seconds")
    signature = _signature(key, client, target, user, time)
    return {CLIENT: client, USER: user, TIME: time, SIGNATURE: signature}


def authenticated(work: UnitOfWork, target: str, headers: Mapping[str, str]) -> Client | None:
    """The system whose signature holds over this GET, made within five minutes; else None."""
    client, user = headers.get(CLIENT, ""), headers.get(USER, "")
    time, given = headers.get(TIME, ""), headers.get(SIGNATURE, "")
    found = _by_code(work, client)
    if found is None or found.revoked_at or not _is_now(time, work.now()):
        return None
    expected = _signature(found.secret, client, target, user, time)
    return (
        found if hmac.compare_digest(expected, given.encode("ascii", "replace").decode()) else None
    )


def on_behalf(work: UnitOfWork, client: Client, user: str, about: str) -> Actor | None:
    """The system as it acts for the person *user*, about them or an organization that gave them a
    mandate. None where the hall knows no such person. Raises NotFound where there is no mandate."""
    person = directory.person_by_number(work, user)
    if person is None:
        return None
    organization = "" if about == user else about
    if organization and not mandates.in_force(work, person, organization):
        raise NotFound
    return Actor(
        f"client:{client.code}", client.name, frozenset({"client"}), department=client.department,
        person=person.key, organization=organization,
    )  # fmt: skip


def names(work: UnitOfWork, keys: Collection[str]) -> dict[str, str]:
    """The names of the systems among these actors."""
    codes = [key.removeprefix("client:") for key in keys if key.startswith("client:")]
    query = select(Client.code, Client.name).where(Client.code.in_(codes))
    rows = work.session.execute(query).all() if codes else []
    return {f"client:{code}": name for code, name in rows}


def known(work: UnitOfWork, code: str) -> Client | None:
    """The system with this code, unless it was revoked."""
    found = _by_code(work, code)
    return None if found is None or found.revoked_at else found


def _public(pem: bytes) -> str:
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise Invalid(N_("公钥应为 PEM 格式的 P-256 公钥"), field="key")
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _by_code(work: UnitOfWork, code: str) -> Client | None:
    return work.session.scalar(select(Client).where(Client.code == code))


def _signature(key: str, client: str, target: str, user: str, time: str) -> str:
    text = "\n".join((client, "GET", target, user, time))
    return hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).hexdigest()


def _is_now(time: str, now: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return False
    return moment.tzinfo is not None and abs(now - moment) <= SKEW
