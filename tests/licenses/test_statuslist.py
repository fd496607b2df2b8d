"""The status list: the standard's own examples, and what anybody finds in ours."""

import base64
import zlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.licenses import library, statuslist
from servicehall.licenses.statuslist import StatusLists, packed, status, unpacked
from servicehall.signing import jws
from servicehall.signing.signer import Issuer

# draft-ietf-oauth-status-list, section 4.1: one bit each (0xB9 0xA3), and its compressed form
ONE_BIT = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
ONE_BIT_LIST = "eNrbuRgAAhcBXQ"
TWO_BITS = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
TWO_BITS_LIST = "eNo76fITAAPfAgc"
# Appendix C.1 and C.2: test vectors of 2^20 places; every place that is not named is 0
AT = (0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345)
VECTORS = {
    1: ((1,) * 11,
        "eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQAAAAAAAAAAAAAAAAAAAIBylgQAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXG9IAAAAAAAAAPwsJAAAAAAAAAAAAAAAvhsSAAAAAAAAAAAA7KpLAAAAAAAAAAAA"
        "AAAAAAAAAJsLCQAAAAAAAAAAADjelAAAAAAAAAAAKjDMAQAAAACAZC8L2AEb"),
    2: ((1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3),
        "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AEB5WwIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAID0ugQAAAAAAAAAAAAAAAAAQG12SgAAAAAAAAAAAAAAAAAAAAAAAAAAAOCSIQEAAAAAAAAAAAAAAAAA"
        "AAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwJEuAQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAA"
        "AAAAAAAAAACoYUoAAAAAAAAAAAAAAEBqH81gAQw"),
}  # fmt: skip


def test_the_example_of_the_standard():
    places = dict(enumerate(ONE_BIT))
    assert packed(places, len(ONE_BIT), 1) == ONE_BIT_LIST
    assert [unpacked(ONE_BIT_LIST, n, size=16, bits=1) for n in range(16)] == ONE_BIT
    assert packed(dict(enumerate(TWO_BITS)), 12, 2) == TWO_BITS_LIST
    assert [unpacked(TWO_BITS_LIST, n, size=12, bits=2) for n in range(12)] == TWO_BITS


@pytest.mark.parametrize("bits", VECTORS)
def test_the_vectors_of_the_standard_bit_for_bit(bits):
    values, lst = VECTORS[bits]
    places = dict(zip(AT, values, strict=True))
    assert inflated(packed(places, 1 << 20, bits)) == inflated(lst)
    assert [unpacked(lst, at, size=1 << 20, bits=bits) for at in AT] == list(values)
    assert unpacked(lst, 1, size=1 << 20, bits=bits) == 0


def inflated(lst):
    """The bits themselves: how they are compressed is everybody's own affair."""
    return zlib.decompress(base64.urlsafe_b64decode(lst + "=" * (-len(lst) % 4)))


@given(st.dictionaries(st.integers(0, 999), st.integers(0, 3), max_size=50))
def test_what_is_packed_is_found_again(places):
    lst = packed(places, 1000, 2)
    for index in {0, 1, 998, 999, *places}:
        assert unpacked(lst, index, size=1000, bits=2) == places.get(index, 0)


@pytest.mark.parametrize("lst", ["", "?", "eNrb", "AAAA"])
def test_what_is_no_list_is_refused(lst):
    with pytest.raises(Invalid):
        unpacked(lst, 0, size=16, bits=1)


def test_a_list_larger_than_it_says_is_not_unpacked():
    with pytest.raises(Invalid):
        unpacked(packed({}, 1 << 20, 2), 0, size=16, bits=2)


def read(hall, work, token, license, **later):
    at = hall.clock.now() + timedelta(**later)
    place = license.record.status
    return status(token, place.index, of=place.uri, anchors=hall.signer.anchors(), at=at)


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (library.suspend, statuslist.SUSPENDED),
        (library.cancel, statuslist.INVALID),
        (library.revoke, statuslist.INVALID),
    ],
)
def test_anybody_finds_where_a_license_stands(hall, work, license, act, found):
    assert read(hall, work, statuslist.signed(work), license) == statuslist.VALID
    held = library.by_key(work, "C-1")
    act(work, held, reason="原因", law="行政许可法 第六十九条")
    work.commit()
    assert read(hall, work, statuslist.signed(work), license) == found


def test_a_list_is_relied_on_for_five_minutes(hall, work, license):
    token = statuslist.signed(work)
    assert read(hall, work, token, license, minutes=5) == statuslist.VALID
    with pytest.raises(Invalid, match="过期"):
        read(hall, work, token, license, minutes=5, seconds=1)


def test_nobody_else_signs_it_and_no_other_list_is_taken_for_it(hall, work, license):
    token = statuslist.signed(work)
    payload = jws.opened(token, typ=statuslist.TYP, most=statuslist.LARGEST).payload
    forged = jws.seal(
        hall.signer, Issuer("OTHER", "别人"), payload, typ=statuslist.TYP, now=hall.clock.now()
    )
    with pytest.raises(Invalid, match="不是本大厅"):
        read(hall, work, forged, license)
    with pytest.raises(Invalid, match="另一份"):
        status(token, 0, of="http://elsewhere/status/1", anchors=hall.signer.anchors(),
               at=hall.clock.now())  # fmt: skip


def test_it_is_signed_anew_once_a_minute(hall, work, license):
    lists = StatusLists()
    first = lists.token(work)
    library.revoke(work, library.by_key(work, "C-1"), reason="原因", law="行政许可法 第六十九条")
    work.commit()
    assert lists.token(work) == first
    hall.clock.moment += timedelta(seconds=61)
    second = lists.token(work)
    assert read(hall, work, second, license) == statuslist.INVALID
