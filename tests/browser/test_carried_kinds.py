"""Every kind of thing that the offline page reads, from a file, without a network: genuine, and one byte changed."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from servicehall import factory
from servicehall.cli.journey import serving
from servicehall.kernel.clock import SystemClock
from servicehall.licenses import enlisting, wallet
from servicehall.showing import copies, ofdface, offlinecode
from servicehall.wiring import Hall
from tests.browser.conftest import Seen
from tests.browser.test_taken_along import issued
from tests.conftest import Prepared, on_server, settings_for
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def kinds(
    browser: Browser, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A folder with the page, and one license in every form there is, with the proof of the log."""
    folder = tmp_path_factory.mktemp("kinds")
    shutil.copytree(prepared.folder, folder / "data")
    own = f"hall_kinds_{os.getpid()}"
    on_server(f"CREATE DATABASE {own} TEMPLATE {prepared.database}")
    hall = factory.open_hall(settings_for(folder / "data", own), SystemClock())
    with ThreadPoolExecutor(1) as beside:  # the browser's loop runs in this thread
        beside.submit(formed, hall, folder).result()
    with serving(hall) as base:
        online = browser.new_context(base_url=base)
        saved = online.request.get("/verify/offline.html").text()
        (folder / "offline.html").write_text(saved, "utf8")
        online.close()
    yield folder
    hall.close()
    on_server(f"DROP DATABASE {own} WITH (FORCE)")


def formed(hall: Hall, folder: Path) -> None:
    issued(hall, folder)
    Stage(hall).headed()
    with Stage(hall).work("wang") as work:
        held = wallet.mine(work)[0]
        proof = enlisting.proof(work, held)
        (folder / "proof.json").write_text(proof.model_dump_json())
        (folder / "license.ofd").write_bytes(ofdface.made(work, held))
        copy = copies.make(work, held, purpose="办理入学", receiver="示范第一小学", days=30)
        work.commit()
        (folder / "copy.jws").write_text(copy.jws)
        (folder / "copy.pdf").write_bytes(copies.pdf(work, copy))
        code = offlinecode.text(work, held)
        (folder / "code.txt").write_text(code)
        segno.make(code, error="l").save(str(folder / "code.png"), scale=5)
        segno.make(f"https://hall.example/verify/{held.code}").save(
            str(folder / "address.png"), scale=5
        )


@pytest.fixture
def page(browser: Browser, kinds: Path) -> Iterator[Page]:
    """The page, opened from a file in a browser without a network; its console stays silent."""
    stick = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    opened, heard = stick.new_page(), list[str]()
    opened.on("console", lambda message: heard.append(message.text))
    opened.on("pageerror", lambda error: heard.append(str(error)))
    opened.goto((kinds / "offline.html").as_uri())
    opened.locator("body[data-ready]").wait_for()
    yield opened
    assert heard == []
    stick.close()


def result(page: Page, file: Path, expected: str, *words: str, beside: Path | None = None) -> None:
    page.locator("#file").set_input_files([file, beside] if beside else file)
    said(page, expected, *words)


def said(page: Page, expected: str, *words: str) -> None:
    shown = page.locator("#result")
    expect(shown).to_have_attribute("data-result", expected)
    for one in words:
        expect(shown).to_contain_text(one)


def altered(file: Path, at: int) -> Path:
    """*file* with one byte changed."""
    content = bytearray(file.read_bytes())
    content[at] = ord("A") if content[at] != ord("A") else ord("B")
    changed = file.with_name(f"altered-{file.name}")
    changed.write_bytes(content)
    return changed


def test_a_copy_for_one_purpose(page: Page, kinds: Path) -> None:
    for name in ("copy.jws", "copy.pdf"):
        result(page, kinds / name, "valid", "办理入学", "示范第一小学", "这是加注件")
    copy = kinds / "copy.jws"
    result(page, altered(copy, copy.read_bytes().index(b".") + 40), "altered", "改动过")


def test_an_ofd_file_whose_seal_is_not_looked_at(page: Page, kinds: Path, seen: Seen) -> None:
    file = kinds / "license.ofd"
    result(page, file, "valid", "没有核对 OFD 的印章", "住房公积金")
    seen(page, "offline-ofd")
    with zipfile.ZipFile(file) as package:
        record = package.getinfo("Doc_0/Attachs/license.json")
    start = record.header_offset + 30 + len(record.filename)
    result(page, altered(file, start + record.compress_size // 2), "altered")
    cut = kinds / "cut.ofd"
    cut.write_bytes(file.read_bytes()[:3000])
    result(page, cut, "altered", "OFD 文件已损坏")


def test_an_offline_code_typed_or_photographed(page: Page, kinds: Path) -> None:
    code = (kinds / "code.txt").read_text()
    page.locator("#text").fill(code)
    page.locator("#check").click()
    said(page, "valid", "离线码有效期至")
    page.locator("#text").fill(code[:60] + ("A" if code[60] != "A" else "B") + code[61:])
    page.locator("#check").click()
    said(page, "altered", "改动过")
    result(page, kinds / "code.png", "valid", "离线码有效期至")
    result(page, kinds / "address.png", "unknown_issuer", "联网核验的网址")


def test_the_proof_of_the_log(page: Page, kinds: Path, seen: Seen) -> None:
    record, proof = kinds / "license.jws", kinds / "proof.json"
    result(page, record, "valid", "不能排除签名密钥被盗用")
    result(page, proof, "valid", "公开的证照日志里有它")  # held to what was checked before it
    result(page, record, "valid", "公开的证照日志里有它", beside=proof)
    seen(page, "offline-proof")
    result(page, kinds / "license.ofd", "valid", "公开的证照日志里有它", beside=proof)
    changed = altered(proof, proof.read_bytes().index(b'"salt":"') + 9)
    result(page, record, "altered", "存证文件与这份证照不符", beside=changed)


def test_without_a_camera_the_other_ways_stay(page: Page, kinds: Path) -> None:
    page.locator("#scan").click()
    expect(page.locator("#camera")).to_contain_text("请粘贴编码，或选择文件")
    result(page, kinds / "license.jws", "valid")
