"""A license goes into a wallet once, for the key the wallet holds, while it is in force."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from servicehall.credentials import disclosing, nonces, provisioning
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.licenses import library
from servicehall.signing import foreign, jws
from tests.credentials.conftest import HOLDER, fetched
from tests.licenses.conftest import license_type


def code_of(offered):
    return json.loads(offered)["grants"][provisioning.GRANT]["pre-authorized_code"]


def test_the_credential_is_signed_by_the_department_for_the_wallets_key(hall, license, wallet):
    credential = fetched(hall, license, wallet)
    shown = disclosing.apart(credential)
    assert shown.binding == ""
    envelope = jws.opened(shown.issued, typ="dc+sd-jwt")
    assert envelope.verify(hall.signer.anchors()).issuer.code == license.issuer
    payload = foreign.fields(envelope.payload)
    assert payload["cnf"] == {"jwk": wallet.jwk}
    assert payload["vct"] == "http://hall.example/credentials/fishing-permit"
    assert payload["status"]["status_list"]["idx"] == license.status_index
    assert "欧阳" not in envelope.payload.decode()
    assert license.holder_code not in envelope.payload.decode()
    told = disclosing.revealed(payload, shown.disclosures)
    assert told["identifier"] == license.identifier
    with hall.work() as work:
        acts = work.session.scalars(
            select(AuditEntry.act).where(AuditEntry.act.like("cred%")).order_by(AuditEntry.id)
        )
        assert list(acts) == ["credential.offered", "credential.redeemed", "credential.issued"]


def test_a_code_is_redeemed_once_within_its_minutes(hall, license):
    with hall.work(HOLDER) as work:
        code = code_of(provisioning.offer(work, license))
        token, seconds = provisioning.redeem(work, code)
        assert seconds == 300
        late = code_of(provisioning.offer(work, license))
        for bad in (code, token, ""):
            with pytest.raises(NotFound):
                provisioning.redeem(work, bad)
        hall.clock.moment += provisioning.LASTS + timedelta(seconds=1)
        with pytest.raises(NotFound):
            provisioning.redeem(work, late)
        with pytest.raises(NotFound):
            provisioning.holding(work, token)


def test_a_token_fetches_one_credential_of_its_type(hall, license, wallet):
    with hall.work(HOLDER) as work:
        token, _ = provisioning.redeem(work, code_of(provisioning.offer(work, license)))
        held = provisioning.holding(work, token)
        nonce = nonces.fresh(work, provisioning.PROOF)
        with pytest.raises(Invalid):
            provisioning.issue(work, held, "another-permit", wallet.proof(nonce, work.now()))
        with pytest.raises(Invalid):
            provisioning.issue(work, held, license.type, wallet.proof("forged", work.now()))
        provisioning.issue(work, held, license.type, wallet.proof(nonce, work.now()))
        with pytest.raises(NotFound):
            provisioning.holding(work, token)


def test_only_ones_own_and_only_in_force(hall, license, wallet):
    with (
        hall.work(Actor("a2", "李", frozenset({"citizen"}), person="p2")) as work,
        pytest.raises(NotFound),
    ):
        provisioning.offer(work, license)
    with hall.work(HOLDER) as work:
        token, _ = provisioning.redeem(work, code_of(provisioning.offer(work, license)))
        work.commit()
    with hall.work() as work:
        library.suspend(work, library.by_code(work, license.code), reason="检查", law="示范法")
        work.commit()
    with hall.work(HOLDER) as work:
        held = provisioning.holding(work, token)
        proof = wallet.proof(nonces.fresh(work, provisioning.PROOF), work.now())
        with pytest.raises(Conflict):
            provisioning.issue(work, held, license.type, proof)
        with pytest.raises(Conflict):
            provisioning.offer(work, library.by_code(work, license.code))


def test_the_offer_is_an_address_and_the_type_is_described(hall):
    assert (
        provisioning.link('{"a":1}')
        == "openid-credential-offer://?credential_offer=%7B%22a%22%3A1%7D"
    )
    with hall.work() as work:
        told = provisioning.configuration(work, license_type(name_en="Permit"))
    assert told["format"] == "dc+sd-jwt"
    assert [one["locale"] for one in told["credential_metadata"]["display"]] == ["zh-CN", "en"]
