"""The process that reads files: limited, and it answers in JSON."""

import json
import subprocess
import sys

from servicehall.kernel.settings import HOME
from servicehall.licenses.examiner import answer
from tests.licenses.conftest import order


def test_tells_pdf_from_picture(hall):
    license = hall.issue(order())
    assert answer(hall.store.get(license.pdf_key))["pdf"]["jws"] == license.jws
    assert answer(b"\x89PNG\r\n\x1a\n") == {"codes": []}


def test_its_limits_hold():
    program = (
        "import resource, sys\n"
        "from servicehall.licenses import examiner\n"
        "examiner.answer = lambda content: {'limits': [resource.getrlimit(k)[0] for k in"
        " (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)]}\n"
        "examiner.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HOME, input=b"", capture_output=True, check=True
    )
    assert json.loads(done.stdout) == {"limits": [5, 1 << 30, 0]}
