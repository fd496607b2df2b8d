"""One hall for a whole module of tests, on a clock that the module moves; see tests/conftest.py."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall import factory
from servicehall.applying import intake
from servicehall.identity import accounts, directory, mandates
from servicehall.wiring import Hall
from tests.builders import StillClock
from tests.conftest import Prepared, on_server, settings_for
from tests.journeys.stage import Stage

NURSE = "119901010000002388499012300200001"
ID_CARD = "11990101000000094N499070900100002"
ALLOWANCE = "1199010100000011574990511003000"
FUND = "12990101000000676R399206700200001"
FOOD = "11990101000000318U499013100100001"
LABOR = "1199010100000014XL499011400800001"
VENUE = "1199010100000022X8499012200600001"
_number = count(1)
SignIn = Callable[[str], FlaskClient]


class Scene(Stage):
    """A stage whose clock may be moved, and is put back."""

    @property
    def clock(self) -> StillClock:
        clock = self.hall.clock
        assert isinstance(clock, StillClock)
        return clock

    @contextmanager
    def later(self, **span: float) -> Iterator[None]:
        """For a while it is so much later."""
        moment = self.clock.moment
        self.clock.forward(**span)
        try:
            yield
        finally:
            self.clock.moment = moment

    def firm(self, login: str = "li") -> str:
        """The credit code of the organization that *login* acts for."""
        with self.work(login) as work:
            person = directory.person(work, work.actor.person)
            return mandates.of(work, person)[0].organization.code

    def ready(self, login: str, item: str, organization: str = "") -> str:
        """A draft with everything in it that submission asks for."""
        key = self.begin(login, item, organization)
        self.fill(login, key, organization)
        return key

    def granted_nurse(self) -> str:
        """The key of wang's case, from consent to her license."""
        key = self.applied("wang", NURSE)
        self.accepted(key)
        self.agreed("reviewer-health", key)
        self.granted("reviewer-health", key)
        return key

    def withdrawn(self, login: str, key: str, organization: str = "") -> None:
        with self.work(login, organization) as work:
            intake.withdraw(work, self.case(work, key))


@pytest.fixture(scope="module")
def hall(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A prepared hall that the tests of one module share."""
    folder = tmp_path_factory.mktemp("hall") / "data"
    name = f"hall_module_{os.getpid()}_{next(_number)}"
    shutil.copytree(prepared.folder, folder)
    on_server(f"CREATE DATABASE {name} TEMPLATE {prepared.database}")
    opened = factory.open_hall(settings_for(folder, name), StillClock())
    yield opened
    opened.close()
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def stage(hall: Hall) -> Scene:
    return Scene(hall)


@pytest.fixture(scope="module")
def app(hall: Hall) -> Flask:
    made = factory.create_app(hall=hall)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture(scope="module")
def sign_in(app: Flask, stage: Scene) -> SignIn:
    """A browser in which a demo account is signed in, as portals.sessions begins it.

    Passwords are slow on purpose; tests/portals/test_signin.py walks through the form itself.
    """

    def browser(login: str) -> FlaskClient:
        client, now = app.test_client(), int(stage.clock.moment.timestamp())
        with stage.work("auditor") as work:
            account = accounts.by_login(work, login)
            assert account is not None
            who = f"{account.key}:{account.session_version}"
        with client.session_transaction() as session:
            session.update(_user_id=who, _fresh=True, nonce="test", began=now, seen=now)
        return client

    return browser
