"""What came from elsewhere is its holder's, and nobody else finds it."""

import pytest

from servicehall.aggregating import gathered as library
from servicehall.aggregating.models import Trust
from servicehall.applying import checklist
from servicehall.catalogue import items
from servicehall.kernel.errors import NotFound
from servicehall.licenses.schema import LicenseTypes
from tests.aggregating import feed


def test_the_holder_finds_it_and_another_does_not(gathered):
    stage, row = gathered
    with stage.work("wang") as work:
        (held,) = library.mine(work)
        assert held.number == row["ZZBH"]
        assert library.own(work, held.id).holder_name == row["CZZT"]
        assert [one.id for one in library.of_holder(work, row["CZZTDM"].lower())] == [held.id]
        with pytest.raises(NotFound):
            library.own(work, held.id + 1)
        with pytest.raises(NotFound):
            library.scan(work, held)
    with stage.work("chen") as work:
        assert library.mine(work) == []
        with pytest.raises(NotFound):
            library.own(work, held.id)


SHOW = "1199010100000022X84990122002000"  # asks for the performance license of the organizer


@pytest.mark.parametrize(
    ("trust", "changes", "standing"),
    [
        (Trust.D, {}, "ask"),
        (Trust.C, {}, "ask"),
        (Trust.B, {"ZZZT": "暂扣"}, "ask"),
        (Trust.B, {}, "held"),
    ],
)
def test_what_an_issuers_system_told_spares_the_paper(
    stage, bring, tmp_path, trust, changes, standing
):
    firm = stage.firm()
    with stage.work("li", firm) as work:
        kind = work.use(LicenseTypes)["performance-license"]
    (tmp_path / "1.pdf").write_bytes(feed.PDF)
    report = bring(feed.row(kind, CZZTDM=firm, ZZBH="77", WJ="1.pdf", **changes), trust=trust)
    assert not report.refused
    with stage.work("li", firm) as work:
        lines = checklist.lines(work, items.open_entry(work, SHOW).current.item)
        found = {line.material.exempt.name: line.standing for line in lines if line.material.exempt}
        assert found["performance-license"] == standing
        held = library.held(work, firm, kind.slug)
        assert (held is not None) == (standing == "held")
        assert library.name(library.of_holder(work, firm)[0]).startswith("gathered:")
