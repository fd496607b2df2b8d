"""Terms: written down and read back the same; what cannot be is refused."""

import pytest

from servicehall.sharing import terms
from servicehall.sharing.datasets import DATASETS


@pytest.mark.parametrize("code", DATASETS)
def test_a_resource_is_read_back_as_it_was_written(code):
    assert terms.of_body(terms.to_body(DATASETS[code])) == DATASETS[code]


@pytest.mark.parametrize("change", [
    {"share": "maybe"}, {"opening": "half"}, {"cycle": "hourly"}, {"way": "fax"}, {"number": "9"},
])  # fmt: skip
def test_terms_that_are_none_are_refused(change):
    with pytest.raises(ValueError, match=r"population\.person"):
        terms.of_body(terms.to_body(DATASETS["population.person"]) | change)


def test_every_word_of_a_resource_is_known():
    for dataset in DATASETS.values():
        assert set(dataset.about) <= set(terms.ABOUT)
        assert dataset.about
        assert dataset.kind in terms.KINDS
