"""A registry that does not answer stops nobody."""

import socket
from collections.abc import Iterator

import pytest

from servicehall import factory
from servicehall.cases import prefill
from servicehall.city import seeding
from servicehall.wiring import Hall
from tests.conftest import settings_for
from tests.crash.clients import ITEM
from tests.crash.test_faults import clean, submitted
from tests.journeys.stage import Stage


@pytest.fixture
def severed(hall: Hall) -> Iterator[Hall]:
    """The same hall, whose registries are behind a port where nobody listens."""
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    url = f"http://hall:secret@127.0.0.1:{port}"
    settings = settings_for(hall.settings.folder, hall.database.engine.url.database or "")
    chosen = type(settings)(
        data=settings.data, database_url=settings.database_url, registry_url=url
    )
    opened = factory.open_hall(chosen, hall.clock)
    yield opened
    opened.close()


def test_without_registries_everything_can_be_said_by_hand(severed: Hall) -> None:
    """Open Forms #3349, DN #7766: never an empty locked field, never a form that cannot be sent."""
    app, stage = factory.create_app(hall=severed), Stage(severed)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/signin", data={"login": "wang", "secret": seeding.PASSWORD})
    begun = client.post(f"/items/{ITEM}/begin", data={"agree": "yes"})
    assert begun.status_code == 302
    key = begun.headers["Location"].split("/")[-2]
    page = client.get(f"/cases/{key}/preview").text
    with stage.work("wang") as work:
        names = [fact.name for fact in prefill.facts(stage.case(work, key))]
    assert names
    assert all(f'name="{name}"' in page for name in names)
    said = {name: stage.truth("wang", name) for name in names}
    wrong = client.post(f"/cases/{key}/preview", data={**said, names[0]: "长" * 600})
    assert wrong.status_code == 422
    assert "长" * 600 in wrong.text  # nothing typed is lost
    assert client.post(f"/cases/{key}/preview", data=said).status_code == 302
    stage.fill("wang", key)
    assert submitted(client, key) == 302
    with stage.work("clerk") as work:
        facts = prefill.facts(stage.case(work, key))
        assert {fact.status for fact in facts} == {"declared"}
        assert {f.name: f.value or "无" for f in facts} == said
    stage.accepted(key)
    clean(severed)
