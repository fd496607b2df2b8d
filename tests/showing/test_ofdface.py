"""The OFD face: metadata by its short names, the record attached, the seal seen by another reader."""

import base64
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from servicehall.kernel.errors import Conflict
from servicehall.licenses import issuing
from servicehall.licenses.schema import Template
from servicehall.showing import ofdface, ofdlayout
from servicehall.verifying.verdicts import Result
from servicehall.verifying.verification import by_code
from tests import judges
from tests.browser.conftest import browser
from tests.licenses.conftest import license_type, order, tool
from tests.showing.test_every_code import scanned

__all__ = ["browser"]
READER = Path("node_modules") / "ofd.js" / "lib" / "ofd.umd.min.js"
READ = """async (content) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const given = new File([bytes], "license.ofd");
  const [found] = await new Promise((success, fail) => ofd.parseOfdDocument({ ofd: given, success, fail }));
  const place = document.getElementById("page");
  ofd.renderOfd(800, found).forEach((page) => place.append(page));
  const seals = [...document.getElementsByName("seal_img_div")].map((one) => ({
    signed: JSON.parse(one.dataset.signedInfo).VerifyRet,
    version: JSON.parse(one.dataset.sesSignature).realVersion,
    name: JSON.parse(one.dataset.sesSignature).toSign.eseal.esealInfo.property.name,
  }));
  const digests = [...window.toBeChecked.values()].map((one) => [one.length, ofd.digestCheck(one)]);
  return { seals, digests, text: place.textContent };
}"""


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_the_file_says_of_itself(holder, license):
    found = files(ofdface.made(holder, license))
    entry = found["OFD.xml"].decode()
    told = dict(re.findall(r'<ofd:CustomData Name="(\w+)">([^<]*)<', entry))
    assert told["ZZMC"] == "渔业捕捞许可证"
    assert told["ZZBS"] == license.identifier
    assert told["CZZT"] == "欧阳𬱖婳祎"
    assert (told["CZZTDMLX"], told["CZZTDMLXDM"]) == ("公民身份号码", "111")
    assert told["ZZYXQJZRQ"] == "2031-02-28"
    assert told["KZ_VESSEL"] == "示渔 0001 号"
    assert found["Doc_0/Attachs/license.json"].decode() == license.jws
    listed = re.findall(r'FileRef="/([^"]+)"', found[ofdlayout.SIGNATURE].decode())
    assert set(listed) == found.keys() - {ofdlayout.SIGNATURE, ofdlayout.VALUE}
    assert "OFD.xml" in listed


def test_each_character_beyond_the_bmp_is_an_object_of_its_own(holder, license):
    page = files(ofdface.made(holder, license))["Doc_0/Pages/Page_0/Content.xml"].decode()
    texts = re.findall(r"<ofd:TextCode [^>]*>([^<]*)</ofd:TextCode>", page)
    assert "𬱖" in texts
    assert not any(len(one) > 1 and any(ord(c) > 0xFFFF for c in one) for one in texts)
    assert {"欧阳", "婳祎"} <= set(texts)


def test_what_was_only_planned_is_no_file(hall, holder):
    with hall.work() as office:
        planned = issuing.plan(office, order("C-9"))
        with pytest.raises(Conflict):
            ofdface.made(office, planned)


def sheet(hall, holder, layout):
    """A license of this layout and its OFD."""
    kind = license_type(template=Template(layout=layout), single=False)
    with ThreadPoolExecutor(1) as beside:  # the browser's loop may run in this thread
        license = beside.submit(hall.issue, order(f"C-{layout}", type=kind)).result()
    return license, ofdface.made(holder, license)


def drawn(browser, content):
    """What the other reader says of *content*, and a picture of the page as it draws it.

    One pixel for one of the page's: a code read so is read from every sharper screen.
    """
    page = browser.new_page(viewport={"width": 900, "height": 1200}, device_scale_factor=1)
    page.set_content('<div id="page"></div>')
    page.add_script_tag(path=judges.FOLDER / READER)
    told = page.evaluate(READ, base64.b64encode(content).decode())
    picture = page.screenshot()
    page.close()
    return told, picture


@pytest.mark.browser
def test_another_reader_shows_it_and_finds_the_seal(hall, holder, request):
    """Two layouts: the other reader takes twenty seconds for a third."""
    sheets = [sheet(hall, holder, layout) for layout in ("card", "letter")]
    judges.node_modules()
    browser = request.getfixturevalue("browser")
    for _, content in sheets:
        told, _ = drawn(browser, content)
        assert told["seals"] == [
            {"signed": True, "version": 4, "name": "示范市农业农村局电子证照专用章"}
        ]
        assert told["digests"] == [[10, True]]
        for words in ("渔业捕捞许可证", "欧阳𬱖婳祎", "2026年3月1日至2031年2月28日"):
            assert words in told["text"]


@tool("zbarimg")
@pytest.mark.browser
def test_the_code_on_the_page_that_another_reader_draws_is_read(hall, holder, request):
    """A letter has no guilloche, so that it is drawn in five seconds; its one code is all there is."""
    license, content = sheet(hall, holder, "letter")
    judges.node_modules()
    _, picture = drawn(request.getfixturevalue("browser"), content)
    (text,) = scanned(picture)
    assert text == f"http://hall.example/verify/{license.code}"
    verdict = by_code(holder, text.rpartition("/")[2])
    assert verdict.result is Result.VALID
    assert verdict.summary.identifier == license.identifier
