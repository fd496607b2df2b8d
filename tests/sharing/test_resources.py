"""The catalogue: declared resources come into force once for each wording."""

import pytest

from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.work import Actor
from servicehall.sharing import resources
from servicehall.sharing.datasets import CIVIL, DATASETS
from servicehall.sharing.models import Resource

STEWARD = Actor("s-1", "数据管理员", frozenset({"steward"}), department=CIVIL)


def test_each_wording_is_published_once(begin):
    with begin() as work:
        assert resources.declare(work) == len(DATASETS)
        work.commit()
    with begin() as work:
        assert resources.declare(work) == 0
        assert not work.unfinished
        found = resources.published(work)
        assert {one.code: one for one in found} == DATASETS
        assert [one.number for one in found] == sorted(one.number for one in found)


def test_what_a_steward_withdrew_stays_so_until_its_words_change(begin):
    with begin() as work:
        resources.declare(work)
        row = resources.one(work, "tax.taxpayer")
        row.state = "withdrawn"
        work.commit()
    with begin() as work:
        assert resources.declare(work) == 0
        with pytest.raises(NotFound):
            resources.one(work, "tax.taxpayer")
        work.session.query(Resource).filter_by(code="tax.taxpayer").one().digest = "older"
        assert resources.declare(work) == 1
        assert resources.one(work, "tax.taxpayer").dataset == DATASETS["tax.taxpayer"]


def test_a_steward_reads_those_of_the_own_department_and_loads_none(begin):
    with begin() as work:
        resources.declare(work)
        work.commit()
    with begin(STEWARD) as work:
        assert {r.code for r in resources.of_provider(work)} == {"civil.marriage", "civil.relief"}
        with pytest.raises(Forbidden):
            resources.declare(work)
