"""The registry service (共享库服务): a department's side of the exchange protocol, over HTTP."""

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from servicehall.city import holdings
from servicehall.kernel.clock import Clock
from servicehall.registries import protocol
from servicehall.registries.protocol import Malformed

portal = Blueprint("registry", __name__)


@portal.post("/r1/<dataset>")
def answer(dataset: str) -> ResponseReturnValue:
    """Answer one signed question with the fields it names; 401 unsigned, 403 without a purpose."""
    clock: Clock = current_app.extensions["clock"]
    keys: Mapping[str, bytes] = current_app.extensions["requesters"]
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
    records = [
        {field: record[field] for field in asked.fields if field in record}
        for record in holdings.records(asked.dataset, asked.subject)
    ]
    signed = protocol.response(
        asked, records, request_hash=protocol.Signed("", body, {}).hash, key=key, at=clock.now()
    )
    return Response(signed.body, content_type="application/json", headers=signed.headers)
