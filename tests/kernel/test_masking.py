"""One rule, so that no two outputs can be joined into the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.masking import mask


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("310101199003071234", "3****************4"),
        ("19900000001", "1*********1"),
        ("欧阳婳祎", "欧**祎"),
        ("王小明", "王*明"),
        ("王明", "王*"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_the_ends_stay_and_the_rest_does_not(plain, shown):
    assert mask(plain) == shown


@given(st.text(min_size=3, max_size=40), st.integers(1, 5))
def test_all_masked_outputs_together_show_two_characters_at_most(plain, times):
    outputs = [mask(plain) for _ in range(times)]
    outputs += [mask(output) for output in outputs]  # masked again by a second surface
    shown = {
        place for output in outputs for place, character in enumerate(output) if character != "*"
    }
    assert all(len(output) == len(plain) for output in outputs)
    assert shown <= {0, len(plain) - 1}
    assert all(output[1:-1] == "*" * (len(plain) - 2) for output in outputs)
