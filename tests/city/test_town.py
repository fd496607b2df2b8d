"""The city is large enough, and always the same."""

import subprocess
import sys

from servicehall.city import town as towns
from servicehall.city.town import town

SCRIPT = """
import hashlib
from servicehall.city import holdings
from servicehall.city.town import town
city = town()
digest = hashlib.sha256()
for subject in (*city.people, *city.companies):
    for dataset in ("population.person", "licenses.held", "social.insurance", "credit.record"):
        digest.update(repr(holdings.records(dataset, subject)).encode())
print(digest.hexdigest())
"""


def test_it_is_large_enough():
    city = town()
    assert len(city.people) >= 2000
    assert len(city.companies) >= 300
    assert sum(p.age >= 80 for p in city.people.values()) >= 30
    assert sum(city.insured.values()) > 800


def test_it_is_built_once():
    assert town() is town()


def test_another_process_builds_the_very_same_city():
    told = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_topics_draw_apart_from_each_other():
    assert towns.chance("a").random() == towns.chance("a").random()
    assert towns.chance("a").random() != towns.chance("b").random()
