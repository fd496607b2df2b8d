"""The zone groups items by the widest scope, and by how it is done elsewhere."""

from servicehall.guiding import crossing
from tests.cases.halls import FOOD, FUND, ID_CARD, NURSE, Scene


def test_every_item_stands_once_under_its_widest_scope(stage: Scene) -> None:
    with stage.work("wang") as work:
        zone = dict(crossing.zone(work))
        codes = {scope: [one.code for one in entries] for scope, entries in zone.items()}
    assert tuple(zone) == crossing.SCOPES
    assert FUND in codes["nation"]
    assert NURSE in codes["province"]
    assert FOOD in codes["city"]
    listed = [code for each in codes.values() for code in each]
    assert len(listed) == len(set(listed))


def test_a_mode_narrows_it(stage: Scene) -> None:
    with stage.work("wang") as work:
        proxy = [one.code for _, entries in crossing.zone(work, mode="proxy") for one in entries]
        online = [one for _, entries in crossing.zone(work, mode="online") for one in entries]
    assert ID_CARD in proxy
    assert {crossing.mode_of(one) for one in online} == {"online"}
