"""Questions as the hall asks them, each with a call of its own."""

import itertools

from servicehall.city.town import town
from servicehall.registries.connector import Query
from servicehall.sharing.datasets import DATASETS

NUMBERS = itertools.count(1)


def query(dataset, /, *fields, subject="", call="", **changes):
    """A question; each has a call of its own, for a registry answers a call once."""
    given = {
        "call": call or f"call-{next(NUMBERS):04}", "dataset": dataset, "subject": subject or town().cast.wang.number,
        "fields": fields or tuple(DATASETS[dataset].fields), "purpose": "核对身份",
        "item": "990123009000", "case": "matter-1", "actor": "actor-1",
        "party": "person:person-1",
    }  # fmt: skip
    return Query(**{**given, **changes})
