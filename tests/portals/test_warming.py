"""Warming: what visitors ask for most is made before they ask, once an edition, and counted by nobody."""

from flask import Flask

from servicehall import factory
from servicehall.catalogue import publishing
from servicehall.kernel.work import SYSTEM
from servicehall.portals.warming import Warmer
from servicehall.wiring import Hall
from tests.cases.halls import NURSE
from tests.portals.test_metering import counted
from tests.portals.test_shelf import rendered


def made(hall: Hall) -> tuple[Flask, Warmer]:
    app = factory.create_app(hall=hall)
    return app, Warmer(app)


def touched(hall: Hall, state: str = "in_use") -> None:
    with hall.work(SYSTEM) as work:
        publishing.mark(work, NURSE, state=state, reason="test")  # type: ignore[arg-type]
        work.commit()


def test_visitors_find_their_pages_made(hall: Hall) -> None:
    app, warmer = made(hall)
    assert warmer.round() > 40
    with rendered(app) as seen:
        for url in ("/", "/items", "/items?kind=legal", f"/items/{NURSE}", "/crossing", "/bundles"):
            assert app.test_client().get(url).status_code == 200
    assert seen == []


def test_an_edition_is_made_once_and_a_new_one_again(hall: Hall) -> None:
    _, warmer = made(hall)
    first = warmer.round()
    assert warmer.round() == 0
    touched(hall)
    assert warmer.round() == first


def test_it_rests_as_long_as_a_page_took_and_gives_way_to_a_newer_edition(hall: Hall) -> None:
    _, warmer = made(hall)
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            touched(hall)

    assert warmer.round(rest) == 3
    assert all(seconds > 0 for seconds in rests)
    assert warmer.round() > 40


def test_nobody_asked_so_nobody_is_counted(hall: Hall) -> None:
    _, warmer = made(hall)
    before = counted("citizen.browse.guide", "GET", 200)
    warmer.round()
    assert counted("citizen.browse.guide", "GET", 200) == before


def test_its_thread_makes_them_too_and_stops(hall: Hall) -> None:
    app, warmer = made(hall)
    warmer.follow()
    try:
        while not app.extensions["shelf"].holds("/"):
            pass
    finally:
        warmer.stop()
    touched(hall)
    app.test_client().get("/privacy")  # the shelf notices
    assert not app.extensions["shelf"].holds("/")
