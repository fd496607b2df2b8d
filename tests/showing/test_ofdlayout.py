"""What the layout names is where the face puts it."""

from servicehall.showing import ofdface, ofdlayout
from tests.showing.test_ofdface import files


def test_the_names_are_those_in_a_package(holder, license):
    found = files(ofdface.made(holder, license))
    assert found[ofdlayout.ATTACHED].decode() == license.jws
    assert f'"/{ofdlayout.SIGNATURE}"' in found[ofdlayout.LIST].decode()
    assert ofdlayout.VALUE in found[ofdlayout.SIGNATURE].decode()
    assert found[ofdlayout.VALUE]
