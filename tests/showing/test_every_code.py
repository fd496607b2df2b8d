"""Every QR code that the hall draws, as it is seen on a screen or on paper, is read by zbarimg."""

import subprocess

import pytest

from servicehall.credentials import provisioning
from servicehall.licenses import library
from servicehall.printing import qr
from servicehall.showing import copies, offlinecode, showcode
from tests.browser.conftest import browser
from tests.licenses.conftest import license_type, order, tool

__all__ = ["browser"]


def scanned(picture):
    done = subprocess.run(
        ["zbarimg", "--raw", "-q", "-"], input=picture, capture_output=True, check=True
    )
    return set(done.stdout.decode().splitlines())


def printed(pdf):
    done = subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "-"],
        input=pdf, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


def on_screen(browser, markup):
    """A picture of *markup* as wide as a phone."""
    page = browser.new_page(viewport={"width": 390, "height": 500}, device_scale_factor=3)
    page.set_content(f"<body>{markup}</body>")
    picture = page.screenshot()
    page.close()
    return picture


def offered(holder, license):
    return provisioning.link(provisioning.offer(holder, license))


def address(holder, license):
    return f"http://hall.example/verify/{license.code}"


@tool("zbarimg")
@tool("pdftoppm")
@pytest.mark.parametrize("layout", ["certificate", "form", "card", "letter"])
def test_codes_on_paper(hall, holder, layout):
    """A copy shows both its own code and that of the license under it."""
    usual = license_type()
    template = usual.template.model_copy(update={"layout": layout, "page": "a4-portrait"})
    license = hall.issue(order(type=usual.model_copy(update={"template": template})))
    held = library.by_code(holder, license.code)
    copy = copies.make(holder, held, purpose="办理开户", receiver="示范银行", days=30)
    assert scanned(printed(copies.pdf(holder, copy))) == {
        f"http://hall.example/verify/{code}" for code in (license.code, copy.code)
    }


@tool("zbarimg")
@pytest.mark.browser
def test_codes_on_the_screen(holder, license, request):
    """Everything is made before the browser's loop runs in this thread."""
    said = {
        "show code": (showcode.text(holder, license, "check"), "q"),
        "offline code": (offlinecode.text(holder, license), "l"),
        "offer to a wallet": (offered(holder, license), "l"),
        "page of a license": (f"http://hall.example/verify/{license.code}", "m"),
    }
    browser = request.getfixturevalue("browser")
    for name, (text, error) in said.items():
        assert scanned(on_screen(browser, qr.svg(text, error=error))) == {text}, name
