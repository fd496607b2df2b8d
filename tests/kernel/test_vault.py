"""The vault: sealed for one column, by one key, and kept outside the database."""

import stat
import threading

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.vault import Vault

VAULT = Vault(b"k" * 32)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_opens(plain, column):
    sealed = VAULT.encrypt(column, plain)
    assert VAULT.decrypt(column, sealed) == plain
    assert len(sealed) == len(plain) + 29


@given(st.binary(min_size=1, max_size=50), st.data())
def test_any_changed_byte_is_refused(plain, data):
    sealed = bytearray(VAULT.encrypt("t.c", plain))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InvalidTag):
        VAULT.decrypt("t.c", bytes(sealed))


def test_a_moved_value_and_a_wrong_key_are_refused():
    sealed = VAULT.encrypt("person.number", b"x")
    with pytest.raises(InvalidTag):
        VAULT.decrypt("person.name", sealed)
    with pytest.raises(InvalidTag):
        Vault(b"w" * 32).decrypt("person.number", sealed)


def test_keys_are_one_for_each_purpose():
    keys = {VAULT.key(p) for p in ("field:a", "field:b", "index:a", "session")}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)
    assert VAULT.key("session") == Vault(b"k" * 32).key("session")


def test_an_index_is_keyed_by_master_and_column():
    index = VAULT.index("person.number", "110101199003071233")
    assert index == Vault(b"k" * 32).index("person.number", "110101199003071233")
    assert len(index) == 32
    assert index != VAULT.index("person.phone", "110101199003071233")
    assert index != Vault(b"w" * 32).index("person.number", "110101199003071233")


def test_the_master_key_is_made_once_and_for_its_owner_only(tmp_path):
    folder = tmp_path / "keys"
    first = Vault.open(folder)
    assert first.key("x") == Vault.open(folder).key("x")
    assert [p.name for p in folder.iterdir()] == ["master.key"]
    assert stat.S_IMODE((folder / "master.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_many_who_open_at_once_get_the_same_key(tmp_path):
    keys, start = [], threading.Barrier(8)

    def open_one():
        start.wait()
        keys.append(Vault.open(tmp_path / "keys").key("x"))

    threads = [threading.Thread(target=open_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_another_folder_has_another_key(tmp_path):
    assert Vault.open(tmp_path / "a").key("x") != Vault.open(tmp_path / "b").key("x")


def test_a_master_key_that_is_cut_short_is_refused(tmp_path):
    (tmp_path / "master.key").write_text("abcd")
    with pytest.raises(ValueError, match="32 bytes"):
        Vault.open(tmp_path)
