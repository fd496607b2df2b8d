"""A device that is absent, locked, or does not take the PIN: said once, clearly, and never forced."""

import hashlib

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.kernel.errors import Unavailable
from servicehall.signing import certificates
from servicehall.signing.cryptoki import Token
from tests.signing.conftest import SECRET
from tests.signing.token import MODULE, PIN, device, needed

__all__ = ["device"]
pytestmark = [pytest.mark.tool, needed]


@pytest.fixture
def opened(device, tmp_path):
    """Opens a token; all are left in the end."""
    held = []

    def made(label="hall", pin=PIN, module=MODULE):
        refused = tmp_path / "keys" / "pin-refused"
        held.append(Token(module, label, pin, refused=refused, secret=SECRET))
        return held[-1]

    yield made
    for one in held:
        one.close()


def test_a_key_is_made_in_the_token_and_signs_raw(opened):
    token = opened()
    number, public = token.generate()
    signature = token.sign(number, hashlib.sha256(b"content").digest())
    assert len(signature) == 64
    assert certificates.holds(public, signature, b"content")
    kept = token._keys[number]
    assert kept[pkcs11.Attribute.SENSITIVE]
    assert not kept[pkcs11.Attribute.EXTRACTABLE]
    with pytest.raises(pkcs11.AttributeSensitive):
        _ = kept[pkcs11.Attribute.VALUE]


def test_a_root_of_the_operators_own_is_taken_in(opened):
    key = ec.generate_private_key(ec.SECP256R1())
    token = opened()
    signature = token.sign(token.take_in(key), hashlib.sha256(b"content").digest())
    assert certificates.holds(key.public_key(), signature, b"content")


def test_a_key_of_another_token_is_asked_for_by_name(opened):
    number, _ = opened("spare").generate()
    with pytest.raises(Unavailable, match="不在密码设备 hall 里"):
        opened().sign(number, bytes(32))


def test_a_session_that_broke_off_is_opened_anew_by_the_next_act(opened):
    token = opened()
    number, public = token.generate()
    token._session.close()  # as a device that was pulled out and put back
    with pytest.raises(Unavailable, match="没有应答，什么都没有签发"):
        token.sign(number, bytes(32))
    digest = hashlib.sha256(b"content").digest()
    assert certificates.holds(public, token.sign(number, digest), b"content")


def test_an_absent_token_or_module_is_said_with_what_to_do(opened, tmp_path):
    with pytest.raises(Unavailable, match=r"名为 gone 的密码设备.*token"):
        opened("gone")
    with pytest.raises(Unavailable, match=r"nowhere\.so.*module-path"):
        opened(module=str(tmp_path / "nowhere.so"))


def test_a_pin_that_was_refused_is_never_tried_again(opened, tmp_path):
    for _ in range(3):  # however often the service starts again
        with pytest.raises(Unavailable, match="不会再用它尝试"):
            opened("strict", pin="wrong-one")
    noted = (tmp_path / "keys" / "pin-refused").read_text()
    assert len(noted) == 64
    assert "wrong-one" not in noted
    token = opened("strict")  # the right one is taken, and the note is gone
    assert (tmp_path / "keys" / "pin-refused").read_text() == ""
    token._session.set_pin(PIN, "wrong-one")
    token.close()
    (tmp_path / "keys" / "pin-refused").write_text(noted)
    with pytest.raises(Unavailable, match=r"请删除 .*pin-refused"):  # though it would open now
        opened("strict", pin="wrong-one")
    (tmp_path / "keys" / "pin-refused").unlink()
    opened("strict", pin="wrong-one")._session.set_pin("wrong-one", PIN)


class Device:
    """A device that counts how often it is opened, with these flags up."""

    def __init__(self, flags):
        self.flags, self.tries = flags, 0

    def get_token(self, **_):
        return self

    def open(self, **_):
        self.tries += 1
        raise pkcs11.PinLocked


@pytest.mark.parametrize(
    ("flags", "tries"),
    [(pkcs11.TokenFlag.USER_PIN_LOCKED, 0), (pkcs11.TokenFlag.USER_PIN_FINAL_TRY, 0),
     (pkcs11.TokenFlag(0), 1)],
)  # fmt: skip
def test_the_last_try_is_left_to_the_operator(opened, flags, tries):
    token = opened()
    token._session.close()
    library, token._library, token._session = token._library, Device(flags), None
    with pytest.raises(Unavailable, match="已锁定，或只剩最后一次"):
        token.sign(b"any", bytes(32))
    assert token._library.tries == tries
    token._library = library
