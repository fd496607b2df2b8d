"""Refusals: a sentence, its parameters, the field."""

import pytest

from servicehall.kernel import errors
from servicehall.kernel.errors import HallError, Invalid, StorageFull, TooMany, Unavailable


def test_a_refusal_carries_sentence_parameters_and_field_apart():
    refusal = Invalid("请在 %(left)s 秒后再试", field="secret", left=3)
    assert str(refusal) == "请在 3 秒后再试"
    assert refusal.message == "请在 %(left)s 秒后再试"
    assert (refusal.field, refusal.params) == ("secret", {"left": 3})


def test_a_percent_sign_without_parameters_is_only_a_sign():
    assert str(Invalid("超过 80%")) == "超过 80%"


def test_every_refusal_is_a_hall_error():
    kinds = [v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, Exception)]
    assert len(kinds) >= 8
    assert all(issubclass(kind, HallError) for kind in kinds)
    assert issubclass(StorageFull, Unavailable)


def test_waiting_times_are_in_seconds():
    assert TooMany("x", retry_after=60).retry_after == 60
    assert Unavailable("x").retry_after == 30
    with pytest.raises(TypeError):
        TooMany("x")
