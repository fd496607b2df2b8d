"""The offline page from a memory stick: no network, real files, the list brought up to date by hand."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from servicehall import factory
from servicehall.cli.journey import serving
from servicehall.kernel.clock import SystemClock
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import library, statuslist, wallet
from servicehall.licenses.record import TYP
from servicehall.signing import jws
from servicehall.transparency import distrust
from servicehall.wiring import Hall
from tests.browser.conftest import Seen
from tests.conftest import Prepared, on_server, settings_for
from tests.crash.clients import ITEM
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(prepared: Prepared, tmp_path: Path) -> Iterator[Hall]:
    shutil.copytree(prepared.folder, tmp_path / "data")
    own = f"hall_stick_{os.getpid()}"
    on_server(f"CREATE DATABASE {own} TEMPLATE {prepared.database}")
    opened = factory.open_hall(settings_for(tmp_path / "data", own), SystemClock())
    yield opened
    opened.close()
    on_server(f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture
def license(hall: Hall, tmp_path: Path) -> Path:
    """The PDF of a license of today; its record lies beside it."""
    with ThreadPoolExecutor(1) as beside:  # the browser's loop runs in this thread
        return beside.submit(issued, hall, tmp_path).result()


def issued(hall: Hall, tmp_path: Path) -> Path:
    stage = Stage(hall)
    key = stage.applied("wang", ITEM)
    stage.accepted(key)
    stage.agreed("reviewer-fund", key)
    stage.granted("reviewer-fund", key)
    with stage.work("wang") as work:
        held = wallet.mine(work)[0]
        (tmp_path / "license.pdf").write_bytes(library.pdf(work, held))
        (tmp_path / "license.jws").write_text(held.jws or "")
    return tmp_path / "license.pdf"


def result(page: Page, file: Path, expected: str) -> None:
    page.locator("#file").set_input_files(file)
    expect(page.locator("#result")).to_have_attribute("data-result", expected)


def test_from_a_memory_stick(
    browser: Browser, hall: Hall, license: Path, tmp_path: Path, seen: Seen
) -> None:
    with serving(hall) as base:
        online = browser.new_context(base_url=base)
        saved = tmp_path / "offline.html"
        saved.write_text(online.request.get("/verify/offline.html").text(), "utf8")
        online.close()
    stick = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page, said = stick.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(saved.as_uri())
    page.locator("body[data-ready]").wait_for()
    record = license.with_suffix(".jws")
    result(page, license, "valid")
    expect(page.locator("#result")).to_contain_text("住房公积金")
    seen(page, "offline-valid")
    head, body, signature = record.read_text().split(".")
    altered = tmp_path / "altered.jws"
    altered.write_text(f"{head}.{body[:-8]}AAAAAAAA.{signature}")
    result(page, altered, "altered")
    result(page, record, "valid")
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("hello")
    result(page, nothing, "unknown_issuer")
    with Stage(hall).work("reviewer-fund") as work:
        held = library.by_code(work, _code(hall))
        library.revoke(work, held, reason="材料虚假", law="行政许可法 第六十九条")
    with hall.work(Stage(hall).actor("auditor")) as work:
        newer = tmp_path / "status.jwt"
        newer.write_text(statuslist.signed(work))
    page.locator("#status").set_input_files(newer)
    expect(page.locator("#age")).not_to_be_empty()
    result(page, license, "revoked")
    result(page, nothing, "unknown_issuer")
    assert said == []
    stick.close()


def _code(hall: Hall) -> str:
    with Stage(hall).work("wang") as work:
        return wallet.mine(work)[0].code


def robbed(hall: Hall, record: str) -> None:
    """The key that signed *record* was stolen a day before."""
    envelope = jws.opened(record, typ=TYP)
    with hall.work(SYSTEM) as work:
        since = work.now() - timedelta(days=1)
        distrust.declare(work, [envelope.leaf], "thief", since=since)
        work.commit()


def test_a_stolen_key_is_known_on_the_stick(
    browser: Browser, hall: Hall, license: Path, tmp_path: Path
) -> None:
    record = license.with_suffix(".jws")
    with ThreadPoolExecutor(1) as beside:
        beside.submit(robbed, hall, record.read_text()).result()
    with serving(hall) as base:
        online = browser.new_context(base_url=base)
        saved = tmp_path / "offline.html"
        saved.write_text(online.request.get("/verify/offline.html").text(), "utf8")
        online.close()
    stick = browser.new_context(offline=True)
    page = stick.new_page()
    page.goto(saved.as_uri())
    page.locator("body[data-ready]").wait_for()
    result(page, record, "unknown_issuer")
    expect(page.locator("#result")).to_contain_text("失密")
    result(page, license, "unknown_issuer")
    stick.close()
