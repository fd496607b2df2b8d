"""A SoftHSM2 with tokens of the tests' own: what a PKCS #11 device is to them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so")
MODULE = next((one for one in PLACES if Path(one).exists()), PLACES[0])
PIN = "24680-right"
LABELS = ("hall", "strict", "spare", "command")
needed = pytest.mark.skipif(
    shutil.which("softhsm2-util") is None and os.environ.get("HALL_REQUIRE_ALL") != "1",
    reason="softhsm2 is not installed",
)


@pytest.fixture(scope="session")
def device(tmp_path_factory):
    """Tokens with these labels; the library reads its configuration once in a process."""
    if before := os.environ.get("SOFTHSM2_CONF"):
        return before
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    for label in LABELS:
        subprocess.run(
            ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN,
             "--so-pin", "13579-officer"],
            check=True, capture_output=True,
        )  # fmt: skip
    return str(conf)


def url(label="hall", **more):
    """The signer's URL of the token *label* (RFC 7512)."""
    told = "&".join(f"{name.replace('_', '-')}={value}" for name, value in more.items())
    return f"pkcs11:token={label}?module-path={MODULE}" + (f"&{told}" if told else "")
