"""What a copy says over its face: words across every part, a box with a code that is read."""

import re
import subprocess
from io import BytesIO

from PIL import Image

from servicehall.printing.pen import MM
from servicehall.showing import copies
from servicehall.verifying.qrcheck import read
from tests.licenses.conftest import tool
from tests.showing.test_ofdface import files


@tool("pdftoppm")
def test_both_codes_are_read_and_long_words_stay_in_their_box(holder, license):
    made = copies.make(holder, license, purpose="用" * 60, receiver="行" * 60, days=1)
    done = subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-"], input=copies.pdf(holder, made),
        capture_output=True, check=True,
    )  # fmt: skip
    assert set(read(done.stdout)) == {
        f"http://hall.example/verify/{code}" for code in (license.code, made.code)
    }
    picture = Image.open(BytesIO(done.stdout)).convert("RGB")
    red = [
        (x * 10 // picture.width, y * 4 // picture.height)
        for x in range(0, picture.width, 7) for y in range(0, picture.height, 7)
        if (p := picture.getpixel((x, y)))[0] > 200 and p[1] < p[0] - 25 and p[2] < p[0] - 25
    ]  # fmt: skip
    assert len(set(red)) > 25  # of forty fields


def test_words_across_the_sheet_stay_large_enough_to_be_read(holder, license):
    made = copies.make(holder, license, purpose="用" * 60, receiver="行" * 60, days=1)
    page = files(copies.ofd(holder, made))["Doc_0/Pages/Page_0/Content.xml"].decode()
    sizes = [float(one) / MM for one in re.findall(r'Size="([\d.]+)"', page)]
    assert min(sizes) > 6.4
