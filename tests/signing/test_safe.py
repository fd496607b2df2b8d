"""One root and a key for each issuer; a rotation, and what was signed before it."""

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.signing import certificates
from servicehall.signing.crafts import P256, Sm2
from servicehall.signing.safe import Safe
from servicehall.signing.signer import Issuer


@pytest.fixture(params=[P256, Sm2])
def safe(request, keys, clock):
    return Safe(keys, b"words", request.param(), clock, root_name="根")


def test_a_rotation_makes_a_new_key_and_the_old_signature_stays_good(safe, issuer, clock):
    pair, root = safe.pair(issuer)
    made_at, signature = clock.now(), safe.craft.sign(pair.key, b"content")
    clock.pass_days(30)
    new = safe.renew(issuer)
    assert safe.pair(issuer)[0].certificate == new != pair.certificate
    assert safe.certificates(issuer) == [new, pair.certificate]
    old = certificates.trusted(pair.der, safe.roots(), at=made_at)
    assert old.holds(signature, b"content")
    assert root in safe.roots()


def test_a_rotation_by_another_process_is_seen_at_the_next_signature(safe, issuer, keys, clock):
    old = safe.pair(issuer)
    beside = Safe(keys, b"words", safe.craft, clock, root_name="根")
    new = beside.renew(issuer)
    assert safe.pair(issuer)[0].certificate == new != old[0].certificate


def test_no_certificate_is_made_by_looking(safe, issuer):
    assert safe.certificates(issuer) == []
    assert safe.roots() == ()
    assert len(safe.rooted()) == 1
    assert safe.roots() == safe.rooted()


def test_an_issuer_without_code_or_name_has_no_key(safe):
    for nobody in (Issuer("../up", "某局"), Issuer("", "某局"), Issuer("A1", "")):
        with pytest.raises(Invalid):
            safe.pair(nobody)
