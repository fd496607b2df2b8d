"""A department issues and changes licenses from the command line; it is its people's act on record."""

import json
from functools import partial
from pathlib import Path

import pytest

from servicehall.cli import licensing, witnessing
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import library, orderfile
from tests.cli.conftest import Run

BY = ("--by", "reviewer-health")
WHY = (*BY, "--reason", "查实", "--law", "护士条例")
ISSUE = ("--type", "nurse-certificate", "--batch", "2026", *BY)


def number(n: int) -> str:
    from servicehall.kernel.codes import citizen_check

    plain = f"99010119900307{n:03}"
    return plain + citizen_check(plain)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Three nurses to be licensed."""
    lines = []
    for n in range(501, 504):
        faces = {
            "name": f"李四{n}", "sex": "女", "birth_date": "1990-03-07", "number": number(n),
            "institution": "示范医院", "authority": "示范区卫生健康局",
        }  # fmt: skip
        line = {"key": str(n), "kind": "person", "code": number(n), "name": f"李四{n}"}
        lines.append(json.dumps({**line, "faces": faces}, ensure_ascii=False))
    path = tmp_path / "orders.jsonl"
    path.write_text("\n".join(lines), "utf8")
    return path


@pytest.fixture
def code(run: Run, orders: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The verification code of the first of them."""
    assert run("license", "issue", orders, *ISSUE) == 0
    told = capsys.readouterr()
    assert told.out == "issued: 3, were there before: 0\n"
    assert told.err == "3/3\n"
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        return library.by_key(work, "batch:2026/501").code


def test_a_batch_is_issued_once(
    run: Run, orders: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("license", "issue", orders, *ISSUE) == 0
    assert capsys.readouterr().out == "issued: 0, were there before: 3\n"
    assert run("license", "patrol") == 0
    assert capsys.readouterr().out == "patrol: 3 licenses, 0 faulty\n"
    assert run("license", "show", code) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["result"], told["state"], told["license"]["version"]) == ("valid", "valid", 1)
    assert "李四501" not in json.dumps(told, ensure_ascii=False)
    assert run("worker", "--once") == 0
    assert run("fsck") == 0


def test_how_far_it_has_come_is_told(
    run: Run, orders: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_by_two = partial(orderfile.chunks, size=2)
    monkeypatch.setattr(orderfile, "chunks", two_by_two)
    assert run("license", "issue", orders, *ISSUE) == 0
    assert capsys.readouterr().err == "2/3\n3/3\n"


def test_a_wrong_line_is_named_and_nothing_is_issued(
    run: Run, orders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders.write_text(orders.read_text("utf8") + '\n{"key": "4"}', "utf8")
    assert run("license", "issue", orders, *ISSUE) == 2
    assert "第 4 行" in capsys.readouterr().err
    assert run("license", "issue", orders, *ISSUE[:1], "no-such", *ISSUE[2:]) == 2
    assert "no-such" in capsys.readouterr().err


def test_it_is_taken_away_given_back_reissued_and_revoked(
    run: Run, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for act, state in (("suspend", "suspended"), ("resume", "valid")):
        assert run("license", act, code, *WHY) == 0
        assert capsys.readouterr().out.endswith(f": {state}\n")
    assert run("license", "reissue", code, *WHY, "--face", "institution=示范二院") == 0
    new = capsys.readouterr().out
    assert new.endswith(": version 2\n")
    assert run("license", "revoke", code, *WHY) == 2  # the old one has ended
    capsys.readouterr()
    assert run("license", "revoke", new.partition(":")[0], *WHY) == 0
    assert capsys.readouterr().out.endswith(": revoked\n")
    assert run("license", "cancel", "0" * 12, *WHY) == 2


def test_nobody_acts_for_a_department_without_being_of_it(
    run: Run, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for login in ("wang", "nobody"):
        assert run("license", "revoke", code, "--by", login, *WHY[2:]) == 2
        assert login in capsys.readouterr().err
    assert run("license", "revoke", code, "--by", "clerk", *WHY[2:]) == 2
    with pytest.raises(Invalid), licensing.acting("wang"):
        pass


def test_after_a_theft_every_license_is_signed_anew(
    run: Run, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Declared, then signed anew, then nothing is left; services and the future are refused."""
    assert run("keys", "compromised", "AUDIT", "--since", "2026-03-01T08:00") == 2
    assert "keys rotate" in capsys.readouterr().err
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        bureau = library.by_code(work, code).issuer
    assert run("keys", "compromised", bureau, "--since", "2999-01-01") == 2
    assert "失密时间不能晚于现在" in capsys.readouterr().err
    assert run("keys", "compromised", bureau, "--since", "yesterday") == 2
    assert "--since 的时间写法不对：yesterday" in capsys.readouterr().err
    assert run("license", "resign", "--issuer", bureau[:-1] + "?") == 2
    assert "没有这个机构" in capsys.readouterr().err
    assert run("keys", "compromised", bureau, "--since", "2026-03-01T08:00") == 0
    said = capsys.readouterr().out
    assert "since 2026-03-01T08:00:00+08:00" in said
    assert f"license resign --issuer {bureau}" in said
    assert run("license", "show", code) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "unknown_issuer"
    assert run("license", "resign", "--issuer", bureau) == 0
    made = int(capsys.readouterr().out.removeprefix("signed anew: "))
    assert made >= 3
    assert run("license", "resign", "--issuer", bureau) == 0
    assert capsys.readouterr().out == "signed anew: 0\n"
    assert run("license", "show", code) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "valid"
