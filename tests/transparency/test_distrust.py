"""A stolen key is put on a list, once, with the earliest moment anybody named; it is public."""

from datetime import timedelta

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.signing import jws
from servicehall.signing.signer import Issuer
from servicehall.transparency import distrust

ISSUER = Issuer("11990100000001011X", "示范市农业农村局")


@pytest.fixture
def certificate(signer):
    return signer.pen(ISSUER).chain[0]


def test_the_earliest_moment_counts(work, certificate, clock):
    now = clock.now()
    assert distrust.declare(work, [certificate], ISSUER.code, since=now) == 1
    earlier = now - timedelta(days=1)
    assert distrust.declare(work, [certificate], ISSUER.code, since=earlier) == 0
    assert distrust.declare(work, [certificate], ISSUER.code, since=now) == 0
    assert distrust.listed(work) == {distrust.fingerprint(certificate): earlier}
    (told,) = distrust.told(work)
    assert told["since"] == int(earlier.timestamp())


def test_a_theft_is_never_in_the_future(work, certificate, clock):
    with pytest.raises(Invalid) as refused:
        distrust.declare(work, [certificate], ISSUER.code, since=clock.now() + timedelta(minutes=1))
    assert refused.value.field == "since"


def test_only_what_is_listed_is_refused(work, signer, certificate, clock):
    text = jws.seal(signer, ISSUER, b"{}", typ="license+jwt", now=clock.now())
    envelope = jws.opened(text, typ="license+jwt")
    assert not distrust.refused(work, "any", text, envelope)
    assert distrust.since(envelope, {"00": clock.now()}) is None
    distrust.declare(work, [certificate], ISSUER.code, since=clock.now())
    assert distrust.since(envelope, distrust.listed(work)) == clock.now()
    assert distrust.refused(work, "any", text, envelope)  # it is in no log
