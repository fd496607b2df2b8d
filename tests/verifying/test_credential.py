"""What a wallet shows: key binding always, nothing unsigned, for us, now, once; then one of eight."""

from datetime import timedelta

import pytest

from servicehall.credentials import binding, provisioning
from servicehall.licenses import library
from servicehall.licenses.models import License
from servicehall.signing import jws
from servicehall.verifying import credential as checking
from servicehall.verifying.verdicts import Result
from tests.credentials.conftest import credential, wallet
from tests.credentials.wallet import Wallet
from tests.licenses.conftest import issuer_of, order

__all__ = ["credential", "wallet"]


@pytest.fixture
def ask(hall):
    """Shows to the hall what *show* makes of a fresh number."""

    def asked(show):
        with hall.work() as work:
            told = checking.by_presentation(work, show(checking.challenge(work), work.now()))
            work.rollback()
            return told

    return asked


def test_grown_up_without_the_birth_date(ask, credential, wallet):
    verdict, claims = ask(lambda n, at: wallet.shows(credential, {"age_over_18"}, n, at))
    assert (verdict.result, verdict.genuine) == (Result.VALID, True)
    assert claims["age_over_18"] is True
    assert claims.keys() == {"iss", "vct", "iat", "exp", "issuing_authority", "age_over_18"}
    assert verdict.summary.holder.startswith("欧")


def test_what_does_not_hold(ask, credential, wallet, hall):
    names = {"age_over_18"}
    issued, *rest = credential.rstrip("~").split("~")
    _, one, *_ = rest
    for show in (
        lambda n, at: credential,  # not bound to anybody
        lambda n, at: Wallet().shows(credential, names, n, at),  # by somebody else
        lambda n, at: wallet.shows(credential, names, "guessed", at),
        lambda n, at: wallet.shows(credential, names, n, at, aud="http://other.example"),
        lambda n, at: wallet.shows(credential, names, n, at - binding.LASTS * 2),
        lambda n, at: wallet.shows(credential, names, n, at, sd_hash="x"),
        lambda n, at: wallet.shows(credential, set(), n, at).replace("~", f"~{one}~", 1),
        lambda n, at: wallet.shows(f"{issued}~WyJzIiwiYWdlX292ZXJfMTgiLHRydWVd~", names, n, at),
        lambda n, at: "",
    ):
        verdict, claims = ask(show)
        assert (verdict.result, claims) == (Result.ALTERED, {})
        assert not verdict.genuine


def test_a_number_is_good_for_one_presentation(hall, credential, wallet):
    with hall.work() as work:
        nonce = checking.challenge(work)
        shown = wallet.shows(credential, set(), nonce, work.now())
        assert checking.by_presentation(work, shown)[0].result is Result.VALID
        assert checking.by_presentation(work, shown)[0].result is Result.ALTERED


def test_where_the_license_stands(hall, ask, credential, wallet, license):
    def shown(nonce, at):
        return wallet.shows(credential, set(), nonce, at)

    with hall.work() as work:
        library.suspend(work, library.by_code(work, license.code), reason="检查", law="示范法")
        work.commit()
    assert ask(shown)[0].result is Result.SUSPENDED
    with hall.work() as work:
        library.resume(work, library.by_code(work, license.code), reason="改正", law="示范法")
        work.commit()
    hall.clock.moment += provisioning.CREDENTIAL_LIFE + timedelta(days=1)
    told = ask(shown)[0]
    assert (told.result, told.genuine) == (Result.EXPIRED, True)
    assert "重新领取" in told.reasons[1]


def test_a_license_the_library_has_lost_and_one_of_another_department(
    hall, ask, credential, wallet
):
    def shown(nonce, at):
        return wallet.shows(credential, set(), nonce, at)

    with hall.work() as work:
        row = work.session.query(License).one()
        place, row.status_index = row.status_index, 1 if row.status_index != 1 else 2
        work.record("test.moved", "")
        work.commit()
    assert ask(shown)[0].result is Result.STATUS_STALE
    other = hall.issue(order("C-2", type=order().type.model_copy(update={"single": False})))
    with hall.work() as work:
        row = work.session.get(License, other.id)
        row.status_index, row.type = place, "another"
        work.record("test.moved", "")
        work.commit()
    assert ask(shown)[0].result is Result.UNKNOWN_ISSUER


def test_a_jws_of_ours_that_is_no_credential(hall, ask, wallet, license):
    def shown(nonce, at):
        with hall.work() as work:
            made = jws.seal(
                hall.signer, issuer_of(license), b'{"iss":"x"}',
                typ="dc+sd-jwt", now=work.now(),
            )  # fmt: skip
        return wallet.shows(made + "~", set(), nonce, at)

    assert ask(shown)[0].result is Result.ALTERED
