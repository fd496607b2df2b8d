"""The registry service (共享库服务): a department's side of the exchange protocol, over HTTP."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from servicehall.kernel.clock import Clock
from servicehall.registries import protocol
from servicehall.registries.protocol import Malformed, Request
from servicehall.sharing.datasets import DATASETS

portal = Blueprint("registry", __name__)

Records = Callable[[str, str], list[dict[str, str]]]  # of a dataset, about a subject


@portal.post("/r1/<dataset>")
def answer(dataset: str) -> ResponseReturnValue:
    """Answer one signed question with the fields it names and no others.

    401 where it is not properly signed or shaped, 403 where it names no purpose or asks for what
    is not shared.
    """
    clock: Clock = current_app.extensions["clock"]
    keys: Mapping[str, bytes] = current_app.extensions["requesters"]
    held: Records = current_app.extensions["records"]
    key = keys.get(request.headers.get("X-Requester", ""))
    if key is None:
        return {"error": "unknown requester"}, 401
    body = request.get_data()
    try:
        asked = protocol.read_request(
            request.path, body, dict(request.headers), key=key, now=clock.now()
        )
    except Malformed as error:
        return {"error": str(error)}, 401
    if not _is_shared(asked):
        return {"error": "no purpose, or not shared"}, 403
    records = [
        {field: record[field] for field in asked.fields if field in record}
        for record in held(asked.dataset, asked.subject)
    ]
    signed = protocol.response(
        asked, records, request_hash=protocol.digest(body), key=key, at=clock.now()
    )
    return Response(signed.body, content_type="application/json", headers=signed.headers)


def _is_shared(asked: Request) -> bool:
    """A purpose, a case and an actor are named, and the dataset has every field (716 号令 7 条)."""
    named = all(text.strip() for text in (asked.purpose, asked.case, asked.actor))
    offered = DATASETS.get(asked.dataset)
    return named and offered is not None and set(asked.fields) <= offered.fields.keys()
