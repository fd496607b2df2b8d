"""What a certificate made here says, read by a library that is not ours."""

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from servicehall.signing import certifying
from servicehall.signing.crafts import P256, Sm2
from servicehall.signing.signer import Issuer


@pytest.mark.parametrize("craft", [P256(), Sm2()])
def test_a_leaf_says_whose_it_is_and_what_it_is_for(craft, clock):
    root_key, key = craft.generate(), craft.generate()
    root = certifying.make_root(root_key, "示范根", now=clock.now())
    issuer = Issuer("11990100000001011X", "示范市" + "很长的名字" * 12)
    leaf = certifying.make_leaf(root, root_key, key, issuer, now=clock.now())

    def named(oid):
        return leaf.subject.get_attributes_for_oid(oid)[0].value

    assert named(NameOID.ORGANIZATION_NAME) == issuer.name
    assert named(NameOID.SERIAL_NUMBER) == issuer.code
    assert len(named(NameOID.COMMON_NAME).encode()) <= 64
    assert leaf.issuer == root.subject
    assert leaf.version is x509.Version.v3
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc == certifying.LEAF_LIFE
    found = leaf.extensions
    above = found.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    own = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    assert above.key_identifier == own.digest
    usage = found.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    stamps = certifying.make_leaf(
        root, root_key, key, Issuer("TSA", "时间戳", "timestamping"), now=clock.now()
    )
    assert stamps.extensions.get_extension_for_class(x509.ExtendedKeyUsage).critical
