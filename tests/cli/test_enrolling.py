"""``client add`` shows a key once; ``client revoke`` ends it."""

import pytest

from servicehall.identity import clients
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cli.conftest import Run

CODE, TARGET = "DEMO/GOV/PORTAL", "/api"


def test_a_system_is_enrolled_and_revoked(
    run: Run, opened: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("client", "add", CODE, "省级门户", "11990101000000019X") == 0
    key = capsys.readouterr().out.strip()
    with opened.work(SYSTEM) as work:
        headers = clients.signed(key, CODE, TARGET, "u", work.now())
        assert clients.authenticated(work, TARGET, headers)
    assert run("client", "add", CODE, "省级门户", "11990101000000019X") == 2
    assert "已经有这个系统代码" in capsys.readouterr().err
    assert run("client", "revoke", CODE) == 0
    with opened.work(SYSTEM) as work:
        assert clients.authenticated(work, TARGET, headers) is None
