"""Judges that are not ours: npm packages, installed once by the lock beside this file."""

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent


def node_modules() -> Path:
    """The packages of the lock, installed if they are not; skips loudly where npm is missing."""
    for name in ("node", "npm"):
        if shutil.which(name) is None:
            pytest.skip(f"no {name} on this machine (Debian: apt install nodejs npm)")
    modules = FOLDER / "node_modules"
    with (FOLDER / ".installing").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two suites may run side by side
        done = modules / ".installed"
        wanted = (FOLDER / "package-lock.json").read_bytes()
        if not done.exists() or done.read_bytes() != wanted:
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=FOLDER, check=True, capture_output=True)
            done.write_bytes(wanted)
    return modules


def asked(script: str, said: dict[str, Any]) -> Any:
    """What the judge *script* answers to *said*; its complaint where it ends badly."""
    node_modules()
    done = subprocess.run(
        ["node", str(FOLDER / script)], input=json.dumps(said), text=True, capture_output=True,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
