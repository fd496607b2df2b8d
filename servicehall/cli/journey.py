"""The journey (全流程演示): the main job through the real HTTP routes, each step with its time."""

import argparse
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from PIL import Image
from werkzeug.serving import WSGIRequestHandler, make_server

from servicehall import factory
from servicehall.city import seeding
from servicehall.cli import opening
from servicehall.cli.visitor import Page, Visitor
from servicehall.kernel.settings import Settings
from servicehall.wiring import Hall

T = TypeVar("T")
QUERY = "护士"


class Broken(Exception):
    """A step did not end as it must; the text says which and how."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """The steps are the log."""


def run(_: argparse.Namespace) -> int:
    """``journey``: from a search word to a verified license; 0 only if it verifies."""
    settings = Settings.load()
    place = settings.folder / "journey"
    shutil.rmtree(place / "hall", ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    hall = factory.open_hall(
        replace(settings, data=str(place / "hall"), database_url="", storage_url="", signer_url="")
    )
    opening.prepare(hall)
    try:
        with serving(hall) as base:
            walk(base, place)
    except Broken as error:
        print(f"  中断：{error}")
        return 1
    finally:
        hall.close()
    return 0


@contextmanager
def serving(hall: Hall) -> Iterator[str]:
    """The hall on a free port of this machine; the address."""
    server = make_server(
        "127.0.0.1", 0, factory.create_app(hall=hall), threaded=True, request_handler=_Quiet
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def walk(base: str, place: Path) -> Path:
    """Every step, citizen then clerk then reviewer then verifier; the path of the license."""
    citizen, clerk, reviewer, department = (Visitor(base) for _ in range(4))
    code = _step("搜索“护士”", lambda: _found(citizen))
    _step("办事指南：看免提交材料", lambda: _holds(citizen.get(f"/items/{code}"), "免提交"))
    _step("登录（示范账户 wang）", lambda: _ok(citizen.sign_in("wang", seeding.PASSWORD)))
    _step("告知与授权", lambda: _ok(citizen.get(f"/items/{code}/apply")))
    key = _step(
        "同意，查询共享数据", lambda: _case(citizen.post(f"/items/{code}/begin", agree="yes"))
    )
    _step("核对数据来源", lambda: _ok(citizen.post(f"/cases/{key}/preview")))
    _step("填写其余问题", lambda: _answer(citizen, key))
    _step("上传体检报告", lambda: _upload(citizen, key))
    number = _step("核对并提交，取得回执", lambda: _submit(citizen, key))
    print(f"    办件编号 {number}")
    _step("窗口受理，开始计时", lambda: _act(clerk, "clerk", key, "accept"))
    _step(
        "审查人员看数据来源，同意",
        lambda: _act(reviewer, "reviewer-health", key, "opinion", agrees="yes"),
    )
    _step("决定准予，签发电子证照", lambda: _act(reviewer, "", key, "grant"))
    license = _step("我的证照：下载 PDF", lambda: _license(citizen, place))
    _step("部门核验：编码", lambda: _verified(department, code=_code(citizen)))
    _step("部门核验：文件", lambda: _verified(department, file=license))
    print(f"    {license}")
    return license


def picture() -> bytes:
    """A small picture that stands for the scanned report (示例图片)."""
    made = BytesIO()
    Image.new("RGB", (320, 200), "#e8f0f8").save(made, "PNG")
    return made.getvalue()


def _step(words: str, act: Callable[[], T]) -> T:
    start = time.perf_counter()
    result = act()
    print(f"  {words:　<18} {(time.perf_counter() - start) * 1000:7.0f} ms", flush=True)
    return result


def _ok(page: Page) -> Page:
    if page.status != 200:
        raise Broken(f"{page.url} answered {page.status}")
    return page


def _holds(page: Page, words: str) -> Page:
    if words not in _ok(page).text:
        raise Broken(f"{page.url} does not say {words}")
    return page


def _found(citizen: Visitor) -> str:
    page = _ok(citizen.get(f"/items?q={QUERY}"))
    found = re.search(r'href="/items/([0-9A-Z]{31,33})"[^>]*>\s*护士执业注册', page.text)
    if found is None:
        raise Broken(f"nothing found for {QUERY}")
    return found.group(1)


def _case(page: Page) -> str:
    found = re.fullmatch(r"/cases/([\w-]{22})/preview", _ok(page).url)
    if found is None:
        raise Broken(f"the case did not open: {page.url}")
    return found.group(1)


def _answer(citizen: Visitor, key: str) -> Page:
    citizen.get(f"/cases/{key}/sections/practice")
    page = citizen.post(
        f"/cases/{key}/sections/practice",
        institution="示范区人民医院", phone="19900000001", delivery="electronic",
    )  # fmt: skip
    return _holds(page, "体检")


def _upload(citizen: Visitor, key: str) -> Page:
    citizen.get(f"/cases/{key}/materials/health_report")
    files = {"file": ("体检报告.png", picture())}
    return _ok(citizen.post(f"/cases/{key}/materials/health_report", files=files))


def _submit(citizen: Visitor, key: str) -> str:
    page = _ok(citizen.get(f"/cases/{key}/check"))
    receipt = citizen.post(
        f"/cases/{key}/submit", declare="yes", submit_key=page.hidden("submit_key")
    )
    found = re.search(r"\b990101\d{8}1\d{7}[0-9A-Z]\b", _ok(receipt).text)
    if found is None:
        raise Broken("the receipt has no case number")
    return found.group()


def _act(staff: Visitor, login: str, key: str, act: str, **fields: str) -> Page:
    if login:
        _ok(staff.sign_in(login, seeding.PASSWORD))
    page = _ok(staff.get(f"/window/cases/{key}"))
    return _ok(
        staff.post(f"/window/cases/{key}/{act}", None, version=page.hidden("version"), **fields)
    )


def _code(citizen: Visitor) -> str:
    found = re.search(r'href="/mine/licenses/([0-9A-Z]{12})"', citizen.get("/mine/licenses").text)
    if found is None:
        raise Broken("there is no license in 我的证照")
    return found.group(1)


def _license(citizen: Visitor, place: Path) -> Path:
    page = _ok(citizen.get(f"/mine/licenses/{_code(citizen)}.pdf"))
    path = place / "license.pdf"
    path.write_bytes(page.body)
    return path


def _verified(department: Visitor, *, code: str = "", file: Path | None = None) -> None:
    files = {"file": (file.name, file.read_bytes())} if file else None
    page = _ok(department.post("/api/v1/licenses/verify", files=files, code=code))
    result = json.loads(page.body)["result"]
    if result != "valid":
        raise Broken(f"the license is {result}")
