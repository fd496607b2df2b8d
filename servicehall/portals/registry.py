"""The registry service (共享库服务): a department's side of the exchange, over HTTP, in any dialect."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from servicehall.kernel.clock import Clock, local_date
from servicehall.registries import dialects, protocol, xroad
from servicehall.registries.connector import EVERYBODY
from servicehall.registries.protocol import Asked, Malformed, Refused, Request
from servicehall.registries.remembering import Answered, Repeated
from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS

portal = Blueprint("registry", __name__)

Records = Callable[[str, str], list[dict[str, str]]]  # of a dataset, about a subject
Seal = Callable[[str, bytes], str]  # signs for the department that answers for a dataset
JOSE = "application/jose"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who may ask (requester → key), what is held, who signs, and what was answered already."""

    requesters: Mapping[str, bytes]
    clock: Clock
    records: Records
    seal: Seal
    answered: Answered


@portal.post("/r1/<dataset>")
def own(dataset: str) -> ResponseReturnValue:
    """Answer one signed question with the fields it names and no others.

    401 where it is not properly signed or shaped, 403 where it names no purpose or asks for what
    is not shared, 409 where it was answered already.
    """
    try:
        asked = dialects.read_own(
            request.path, _headers(), request.get_data(), _desk().requesters, _now()
        )
        said = _answer(asked)
    except (Malformed, Refused, Repeated) as error:
        return {"error": str(error)}, _status(error)
    return Response(said, content_type=JOSE)


@portal.post(dialects.GATEWAY)
def national() -> ResponseReturnValue:
    """The same behind the national gateway's headers; its answers say code, message and data."""
    try:
        asked = dialects.read_national(_headers(), request.get_data(), _desk().requesters, _now())
        said = _answer(asked)
    except (Malformed, Refused, Repeated) as error:
        status = _status(error)
        return {"code": str(status), "message": str(error)}, status
    return {"code": "0", "message": "", "data": said}


@portal.post("/r1/<instance>/<kind>/<member>/<subsystem>/<code>")
def xroad_service(
    instance: str, kind: str, member: str, subsystem: str, code: str
) -> ResponseReturnValue:
    """The same as a provider behind its X-Road security server, which this stands for as well.

    What breaks the protocol is answered 400 with ``X-Road-Error`` (PR-REST 4.6, category 3).
    """
    service = xroad.encoded(instance, kind, member, subsystem, code)
    body, number = request.get_data(), str(uuid.uuid4())
    try:
        asked = xroad.read(service, _headers(), body, _desk().requesters, _now())
        marks = xroad.marks(service, _headers(), number, body)
    except Malformed as error:
        fault = "Client.BadRequest"
        told = {"type": fault, "message": str(error), "detail": number}
        return told, 400, {"X-Road-Error": fault}
    try:
        said = _answer(asked)
    except (Refused, Repeated) as error:
        return {"error": str(error)}, _status(error), marks
    return Response(said, content_type=JOSE, headers=marks)


def _answer(asked: Asked) -> str:
    """The signed answer. Raises Refused, Repeated."""
    desk, question, now = _desk(), asked.request, _now()
    if not _is_shared(question):
        raise Refused("no purpose, or not shared")
    desk.answered.once(asked.requester, question.call, at=asked.at, now=now)
    records = [
        predicates.told(question.dataset, record, question.fields, today=local_date(now))
        for record in desk.records(question.dataset, question.subject)
    ]
    if question.subject == EVERYBODY:
        records = [one for one in records if predicates.holds(question.dataset, one)]
    sent = protocol.digest(request.get_data())
    answer = protocol.response(question, records, request_hash=sent, at=now)
    return desk.seal(question.dataset, answer)


def _is_shared(asked: Request) -> bool:
    """Purpose, case, actor and party are named, the dataset has every field (716 号令 7 条)."""
    named = (asked.purpose, asked.case, asked.actor, asked.party)
    offered = DATASETS.get(asked.dataset)
    return (
        all(text.strip() for text in named)
        and offered is not None
        and set(asked.fields) <= offered.fields.keys()
        and (asked.subject != EVERYBODY or predicates.is_rule(offered, asked.fields))
    )


def _status(error: Exception) -> int:
    return {Refused: 403, Repeated: 409}.get(type(error), 401)


def _desk() -> Desk:
    desk: Desk = current_app.extensions["desk"]
    return desk


def _headers() -> Mapping[str, str]:
    """The headers of the question, whose names are found in any case."""
    return cast("Mapping[str, str]", request.headers)


def _now() -> datetime:
    return _desk().clock.now()
