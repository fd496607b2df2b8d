"""A real browser before a real server; every page that is seen is checked by axe."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from servicehall import factory
from servicehall.city import seeding
from servicehall.cli.journey import serving
from servicehall.kernel.clock import SystemClock
from tests.conftest import Prepared, on_server, settings_for

# The shell is the same engine without a window: a fifth less work.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((p for name in PROGRAMS if (p := shutil.which(name))), None)
PATIENCE = 120_000  # milliseconds
STICKING_OUT = """Math.max(...[document.documentElement, document.querySelector("main")].map(
  (one) => one.scrollWidth - one.clientWidth))"""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passed is not written down: half the time
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as driver:  # its loop must end before tests that fork
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield opened
        opened.close()


@pytest.fixture
def address(prepared: Prepared, tmp_path: Path) -> Iterator[str]:
    """A prepared hall on a port of its own, with today's clock."""
    shutil.copytree(prepared.folder, tmp_path / "data")
    own = f"hall_browser_{os.getpid()}"
    on_server(f"CREATE DATABASE {own} TEMPLATE {prepared.database}")
    hall = factory.open_hall(settings_for(tmp_path / "data", own), SystemClock())
    with serving(hall) as base:
        yield base
    hall.close()
    on_server(f"DROP DATABASE {own} WITH (FORCE)")


Seen = Callable[[Page, str], None]


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Iterator[Seen]:
    """``seen(page, name)``: axe finds nothing, nothing sticks out sideways; all said at the end.

    With ``HALL_SCREENSHOTS`` set to a folder, a picture of each page is left there.
    """
    faults: list[str] = []
    pictures = os.environ.get("HALL_SCREENSHOTS")

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state("load")
        for one in Axe().run(page, options=RULES).response["violations"]:
            faults.append(f"{name}: {one['id']}: {one['nodes'][0]['html'][:120]}")
        wide = page.evaluate(STICKING_OUT)
        if wide > 0:
            faults.append(f"{name}: {wide} px stick out sideways")
        if pictures:
            Path(pictures).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(pictures) / f"{name}.png", full_page=True)

    yield look
    assert not faults, "\n".join(faults)


def context(browser: Browser, address: str, width: int) -> BrowserContext:
    """A browser of one person, whose console must stay silent. It waits however busy the computer is."""
    made = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    made.set_default_timeout(PATIENCE)
    return made


def sign_in(page: Page, login: str) -> None:
    page.goto("/signin")
    signed_in(page, login)


def signed_in(page: Page, login: str) -> None:
    """Fill the form that is open."""
    page.get_by_label("用户名").fill(login)
    page.get_by_label("密码", exact=True).fill(seeding.PASSWORD)
    page.locator("main form[method=post] button:not([type=button])").click()
    page.wait_for_url(lambda url: "/signin" not in url)
