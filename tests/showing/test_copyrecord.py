"""The record of a copy holds that of its license; both by the same department."""

import json
from datetime import date

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.showing import copies, copyrecord
from servicehall.showing.copyrecord import CopyRecord
from servicehall.signing import jws
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer
from tests.licenses.conftest import issuer_of


@pytest.fixture
def made(holder, license):
    return copies.make(holder, license, purpose="办理开户", receiver="示范银行", days=30)


def test_the_short_names_of_the_standard(hall, license, made):
    payload = json.loads(jws.opened(made.jws, typ=copyrecord.TYP).payload)
    assert payload["JZJZZSY"] == "办理开户"
    assert payload["JZJYXQJZSJ"] == "2026-03-31"
    assert payload["JZJZZZ"] == "持证主体"
    copy, record = copyrecord.verified(made.jws, hall.signer.anchors())
    assert (copy.receiver, copy.last_day) == ("示范银行", date(2026, 3, 31))
    assert record.identifier == license.identifier
    assert copyrecord.is_copy(made.jws)
    assert not copyrecord.is_copy(license.jws)


def test_another_department_cannot_copy(hall, license, made):
    copy, _ = copyrecord.verified(made.jws, hall.signer.anchors())
    now = hall.clock.now()
    forged = copyrecord.sign(hall.signer, copy, Issuer("X", "别的部门"), now=now)
    with pytest.raises(UnknownIssuer):
        copyrecord.verified(forged, hall.signer.anchors())
    bent = copy.model_copy(update={"license": license.jws[:-3] + "AAA"})
    with pytest.raises(Invalid):
        copyrecord.verified(
            copyrecord.sign(hall.signer, bent, issuer_of(license), now=now), hall.signer.anchors()
        )
    for payload in (b"{}", copy.canonical() + b" "):
        text = jws.seal(hall.signer, issuer_of(license), payload, typ=copyrecord.TYP, now=now)
        with pytest.raises(Invalid):
            copyrecord.verified(text, hall.signer.anchors())


def test_the_record_reads_back(made, hall):
    copy, _ = copyrecord.verified(made.jws, hall.signer.anchors())
    assert CopyRecord.model_validate_json(copy.canonical()) == copy
