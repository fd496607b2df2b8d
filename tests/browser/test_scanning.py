"""The camera of the page that verifies, before a video of a QR code; without one the other ways stay."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, expect, sync_playwright

from servicehall.cli.journey import serving
from servicehall.licenses import wallet
from servicehall.wiring import Hall
from tests.browser.conftest import CHROMIUM, QUIET, Seen, context
from tests.cases.halls import Scene

pytestmark = pytest.mark.browser
WIDE, HIGH, MODULE = 640, 480, 8


@pytest.fixture
def license(hall: Hall) -> str:
    """The verification code of a license that was issued."""
    with ThreadPoolExecutor(1) as beside:  # the browser's loop runs in this thread
        return beside.submit(issued, hall).result()


def issued(hall: Hall) -> str:
    stage = Scene(hall)
    stage.granted_nurse()
    stage.headed()
    with stage.work("wang") as work:
        return wallet.mine(work)[0].code


def video(file: Path, text: str) -> Path:
    """A film of the QR code of *text*: ten still pictures in shades of grey (YUV4MPEG2)."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    left, top = (WIDE - len(rows) * MODULE) // 2, (HIGH - len(rows) * MODULE) // 2
    picture = bytearray(b"\xeb" * (WIDE * HIGH))
    for row, bits in enumerate(rows):
        line = b"".join((b"\x10" if dark else b"\xeb") * MODULE for dark in bits)
        for y in range(MODULE):
            start = (top + row * MODULE + y) * WIDE + left
            picture[start : start + len(line)] = line
    frame = b"FRAME\n" + bytes(picture) + b"\x80" * (WIDE * HIGH // 2)
    file.write_bytes(f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)
    return file


def photo(folder: Path, license: str) -> Path:
    made = folder / "photo.png"
    segno.make(f"https://elsewhere.example/verify/{license}").save(str(made), scale=6)
    return made


@pytest.fixture
def filming(tmp_path: Path, license: str) -> Iterator[Browser]:
    """A browser whose camera shows the code of the license."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    film = video(tmp_path / "code.y4m", f"https://elsewhere.example/verify/{license}")
    camera = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
              f"--use-file-for-fake-video-capture={film}")  # fmt: skip
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *camera])
        yield opened
        opened.close()


def test_a_code_before_the_camera(filming: Browser, hall: Hall, license: str, seen: Seen) -> None:
    with serving(hall) as address:
        page = context(filming, address, 390).new_page()
        page.goto("/verify/")
        seen(page, "verify-camera")
        page.get_by_role("button", name="用摄像头扫码").click()
        expect(page.locator("h1")).to_have_text("有效")
        page.context.close()


def test_without_a_camera_the_other_ways_stay(
    browser: Browser, hall: Hall, license: str, seen: Seen, tmp_path: Path
) -> None:
    with serving(hall) as address:
        page = context(browser, address, 1280).new_page()
        page.goto("/verify/")
        page.get_by_role("button", name="用摄像头扫码").click()
        expect(page.locator("[data-scan]")).to_contain_text("请粘贴编码，或选择文件")
        seen(page, "verify-no-camera")
        page.locator("#code").fill(license)
        page.get_by_role("button", name="开始核验").click()
        expect(page.locator("h1")).to_have_text("有效")
        expect(page.get_by_text("公开日志里的存证")).to_be_visible()
        seen(page, "verdict")
        page.goto("/verify/")
        page.locator("input[type=file]").set_input_files(photo(tmp_path, license))
        page.get_by_role("button", name="开始核验").click()
        expect(page.locator("h1")).to_have_text("有效")
        page.context.close()
