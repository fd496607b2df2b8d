"""What every IdentityProvider promises, kept by the hall's own accounts (adapters.local )."""

import pytest

from servicehall.identity import accounts
from servicehall.identity.adapters.local import LocalProvider
from tests import builders

SECRET = "Right-horse-2026"


@pytest.fixture(scope="module")
def hashed():
    return accounts.hashed(SECRET)


@pytest.fixture
def wang(work, hashed):
    return builders.account(work, "wang", secret=hashed)


@pytest.fixture(params=[LocalProvider])
def provider(request):
    return request.param()


def test_login_and_secret_prove_the_account(work, wang, provider):
    assert provider.authenticate(work, "wang", SECRET) is wang


@pytest.mark.usefixtures("wang")
@pytest.mark.parametrize(
    ("login", "secret"),
    [
        ("wang", "wrong"),
        ("wang", ""),
        ("wang", SECRET.lower()),
        ("wang", SECRET + " "),
        ("nobody", SECRET),
        ("", ""),
        ("nobody", "\0nobody"),
        ("WANG", SECRET),
        ("wang", "密" * 5000),
    ],
)
def test_nothing_else_proves_anything(work, provider, login, secret):
    assert provider.authenticate(work, login, secret) is None


def test_an_account_that_is_closed_is_not_proved(work, wang, provider):
    wang.active = False
    assert provider.authenticate(work, "wang", SECRET) is None


def test_an_account_without_a_usable_hash_is_not_proved(work, provider):
    builders.account(work, "broken", secret="plain text")
    assert provider.authenticate(work, "broken", "plain text") is None


def test_proving_changes_nothing(work, wang, provider):
    work.record("test.made", wang.key)
    work.commit()
    provider.authenticate(work, "wang", SECRET)
    provider.authenticate(work, "wang", "wrong")
    assert not work.unfinished
