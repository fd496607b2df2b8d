"""Case numbers: shape, check character, no gap and no double, also when everybody submits at once."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from servicehall.cases import numbering
from servicehall.kernel import codes
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall

REGION = "990101000000"


def take(hall: Hall, channel: str = numbering.ONLINE) -> str:
    with hall.work(SYSTEM) as work:
        number = numbering.next_number(work, REGION, channel)
        work.record("number.taken", number)
        work.commit()
        return number


def test_region_day_channel_serial_check(hall: Hall) -> None:
    first, second = take(hall), take(hall)
    assert first[:15] == "990101" + "20260302" + numbering.ONLINE
    assert int(second[15:22]) == int(first[15:22]) + 1
    assert len(first) == 23
    assert codes.is_check37(first)
    assert take(hall, numbering.COUNTER)[14:22] == "80000001"


def test_a_number_not_committed_is_given_again(hall: Hall) -> None:
    with hall.work(SYSTEM) as work:
        lost = numbering.next_number(work, REGION)
    assert take(hall) == lost


def test_everybody_at_once(hall: Hall) -> None:
    before = int(take(hall)[15:22])
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(hall), range(40)))
    assert sorted(int(n[15:22]) for n in taken) == list(range(before + 1, before + 41))


@given(st.integers(0, 9_999_999), st.integers(0, 21), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(serial: int, place: int, other: str) -> None:
    body = f"990101202603021{serial:07d}"
    number = body + codes.check37(body)
    wrong = number[:place] + other + number[place + 1 :]
    assert codes.is_check37(wrong) is (wrong == number)


def test_query_codes_have_no_look_alikes() -> None:
    made = {numbering.query_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == 8 and not set(code) & set("01ILO") for code in made)
