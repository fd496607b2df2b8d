"""The process that reads files: limited, and it answers in JSON."""

import subprocess
import sys

from servicehall.verifying.bounded import Examiners
from servicehall.verifying.examiner import answer
from tests.licenses.conftest import order


def test_tells_pdf_from_picture(hall):
    license = hall.issue(order())
    assert answer(hall.store.get(license.pdf_key))["pdf"]["jws"] == license.jws
    assert answer(b"\x89PNG\r\n\x1a\n") == {"codes": []}


def test_its_limits_hold():
    program = (
        "import resource\n"
        "from servicehall.verifying import examiner\n"
        "examiner.answer = lambda content: {'limits': [resource.getrlimit(k)[0] for k in"
        " (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)]}\n"
        "examiner.main()\n"
    )
    examiners = Examiners((sys.executable, "-c", program), 600.0)
    assert examiners.ask(b"") == {"limits": [5, 1 << 30, 0]}
    examiners.close()


def test_it_loads_nothing_that_draws_or_keeps():
    """Whoever verifies first waits for it to load: half a second, not three."""
    program = "import sys, servicehall.verifying.examiner; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert not {"sqlalchemy", "reportlab", "fontTools", "flask"} & {*loaded.stdout.decode().split()}


def test_it_ends_when_whoever_asks_is_gone():
    examiners = Examiners(seconds=600.0)
    examiners.ask(b"%PDF-1.7")
    process, door = examiners._waiting
    door.close()
    assert process.wait(timeout=60) == 0
