"""The data tracker (数据使用查询接口): who used my data, in the shape of Estonia's Andmejälgija 2.0.

``findUsage``, ``usagePeriod`` and ``heartbeat`` of the published specification (e-gov/AJ, MIT,
dumonitor-openapi-v2; ours is ``static/openapi/data-usage.yaml``): a portal of the citizen's may
show this hall's looks beside others'.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from servicehall.identity import clients, directory
from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.words import N_
from servicehall.oversight import usage
from servicehall.oversight.usage import Period, Usage
from servicehall.portals.guard import ANYONE, admit, work
from servicehall.portals.pages import refusal, said

portal = admit(Blueprint("tracker", __name__, url_prefix="/api/v1/data-usage"), ANYONE)
MOST, SYSTEM = 1000, "servicehall"


@portal.get("/findUsage")
def find_usage() -> ResponseReturnValue:
    """``?userCode=&periodStart=&periodEnd=&offset=&limit=`` with the header ``X-Road-UserId``.

    {totalUsages, usages: [{logtime, action, receiverCode, receiverName, receiverSystem}]}, newest
    first. Whoever asks is signed in, or is a system that signs its request (``identity.clients``):
    about themselves, or about the organization they act for. 401, 403, 400 that names the parameter.
    """
    asker, about = request.headers.get(clients.USER, ""), request.args.get("userCode", "")
    if not (system := _system()) and not work.actor.person:
        return refusal(401, said(N_("请先登录，或者用接入系统的密钥签名")))
    if not all(code and code.isprintable() and len(code) < 65 for code in (asker, about)):
        return refusal(400, said(N_("请给出 X-Road-UserId 和 userCode")), field="userCode")
    numbers = {"offset": (0, 2**31 - 1, 0), "limit": (1, MOST, MOST)}
    try:
        skip, most = (_number(name, *bounds) for name, bounds in numbers.items())
        period = Period(_moment("periodStart"), _moment("periodEnd"))
    except ValueError as error:
        return refusal(
            400, said(N_("参数 %(name)s 不正确"), {"name": str(error)}), field=str(error)
        )
    if system is None:
        _may_ask(asker, about)
    elif not _stands_in(system, asker, about):
        return {"totalUsages": 0, "usages": []}
    found = usage.find(work, most=most, skip=skip, period=period)
    total = usage.count(work, period=period)
    work.commit()
    return {"totalUsages": total, "usages": [_shown(u) for u in found]}


@portal.get("/usagePeriod")
def usage_period() -> dict[str, str]:
    """{periodStart}: since when looks are kept; they are kept until now."""
    return {"periodStart": _iso(usage.began(work))}


@portal.get("/heartbeat")
def heartbeat() -> dict[str, str]:
    """{status, message}: whether looks can be asked for."""
    usage.began(work)  # asks the database
    return {"status": "OK", "message": "API is ready"}


def _system() -> clients.Client | None:
    """The system that signed this request. A signature that does not hold is no sign-in (401)."""
    target = f"{request.path}?{request.query_string.decode('ascii', 'replace')}"
    return clients.authenticated(work, target, cast("Mapping[str, str]", request.headers))


def _stands_in(system: clients.Client, asker: str, about: str) -> bool:
    """The system acts for the person from here on, and that is on record; False for a stranger."""
    try:
        acting = clients.on_behalf(work, system, asker, about)
    except NotFound:
        work.refuse("usage.denied", system.code, person=directory.party_of(work, about))
        raise Forbidden(N_("只能查询自己的数据，或您正在代表的单位的数据")) from None
    if acting is None:
        return False
    work.actor = acting
    work.record("usage.asked", system.code, person=acting.party)
    return True


def _may_ask(asker: str, about: str) -> None:
    """The header names the person signed in, the parameter them or whom they act for."""
    person = directory.person(work, work.actor.person).number
    if asker != person or about != (work.actor.organization or person):
        work.refuse("usage.denied", "", person=directory.party_of(work, about))
        raise Forbidden(N_("只能查询自己的数据，或您正在代表的单位的数据"))


def _number(name: str, least: int, most: int, default: int) -> int:
    """The number *name*. Raises ValueError with the name where it is none, or out of bounds."""
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 11 and least <= int(text) <= most):
        raise ValueError(name)
    return int(text)


def _moment(name: str) -> datetime | None:
    """The moment *name* (RFC 3339, in UTC where it says no zone). Raises ValueError with the name."""
    text = request.args.get(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that was not quoted
        if text[10:11].upper() == "T":
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError(name)


def _shown(one: Usage) -> dict[str, Any]:
    reason = f"：{one.reason}" if one.reason else ""
    return {
        "logtime": _iso(one.at), "action": f"{one.act}{reason}", "receiverCode": one.code,
        "receiverName": one.department, "receiverSystem": SYSTEM,
    }  # fmt: skip


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
