"""One thing at once: whoever looks finds the whole way, the papers once, and the way into each item."""

from flask import Flask

from servicehall.standard.bundles import Bundles
from servicehall.wiring import Hall


def test_every_bundle_is_listed_on_the_home_page_and_on_its_own(app: Flask, hall: Hall) -> None:
    home, listed = app.test_client().get("/").text, app.test_client().get("/bundles").text
    for slug, bundle in hall.adapters[Bundles].items():
        assert bundle.name in home
        assert bundle.name in listed
        page = app.test_client().get(f"/bundles/{slug}")
        assert page.status_code == 200
        for member in bundle.members:
            assert f"/items/{member.item}" in page.text


def test_in_english_a_bundle_reads_english(app: Flask, hall: Hall) -> None:
    visitor = app.test_client()
    visitor.post("/prefer", data={"lang": "en"})
    slug, bundle = next(iter(hall.adapters[Bundles].items()))
    page = visitor.get(f"/bundles/{slug}").text
    assert bundle.name_en in page
    assert bundle.summary_en in page


def test_an_unknown_bundle_is_not_found(app: Flask) -> None:
    assert app.test_client().get("/bundles/moon").status_code == 404
