"""Favourites are a person's own: kept once, dropped and taken back, and what changed is said."""

import pytest

from servicehall.catalogue import items, publishing
from servicehall.guiding import favourites
from servicehall.kernel.errors import Conflict, Forbidden, NotFound
from servicehall.kernel.work import SYSTEM
from servicehall.standard.bundles import Bundles
from tests.cases.halls import FOOD, ID_CARD, NURSE, Scene


def test_kept_once_dropped_and_taken_back(stage: Scene) -> None:
    with stage.work("wang") as work:
        bundle = next(iter(work.use(Bundles)))
        for _ in range(2):
            favourites.keep(work, "item", NURSE)
            favourites.keep(work, "bundle", bundle)
            work.commit()
        assert favourites.codes(work, "item") == {NURSE}
        first, second = favourites.mine(work)
        assert (first.bundle and first.bundle.slug, second.entry and second.entry.code) == (
            bundle, NURSE,
        )  # fmt: skip
        assert not first.updated
        assert not second.updated
        for _ in range(2):
            favourites.drop(work, "item", NURSE)
            work.commit() if work.unfinished else None
        assert favourites.codes(work, "item") == frozenset()
        favourites.keep(work, "item", NURSE)


def test_nobody_sees_anothers(stage: Scene) -> None:
    with stage.work("wang") as work:
        favourites.keep(work, "item", FOOD)
    with stage.work("chen") as work:
        assert favourites.mine(work) == []
        favourites.drop(work, "item", FOOD)
        assert not work.unfinished
    with stage.work("wang") as work:
        assert FOOD in favourites.codes(work, "item")


def test_who_is_no_person_keeps_nothing(stage: Scene) -> None:
    with stage.work("clerk") as work:
        assert favourites.codes(work, "item") == frozenset()
        for verb in (favourites.keep, favourites.drop):
            with pytest.raises(Forbidden):
                verb(work, "item", NURSE)
        with pytest.raises(Forbidden):
            favourites.mine(work)


def test_what_does_not_exist_is_not_kept(stage: Scene) -> None:
    with stage.work("wang") as work:
        for kind in ("item", "bundle"):
            with pytest.raises(NotFound):
                favourites.keep(work, kind, "moon")  # type: ignore[arg-type]


def test_a_new_wording_is_said_until_it_is_read(stage: Scene) -> None:
    with stage.work("wang") as work:
        favourites.keep(work, "item", ID_CARD)
    with stage.hall.work(SYSTEM) as work:
        item = items.current(work, ID_CARD).item
        publishing.publish(work, [item.model_copy(update={"summary": "改了一句话。"})])
        work.commit()
    with stage.work("wang") as work:
        assert [one.updated for one in favourites.mine(work) if one.row.code == ID_CARD] == [True]
        favourites.seen(work, ID_CARD)
        work.commit()
        assert not any(one.updated for one in favourites.mine(work))
        favourites.seen(work, ID_CARD)
        assert not work.unfinished


def test_there_is_an_end_to_it(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(favourites, "MOST", 1)
    with stage.work("li") as work:
        favourites.keep(work, "item", NURSE)
        with pytest.raises(Conflict):
            favourites.keep(work, "item", FOOD)
