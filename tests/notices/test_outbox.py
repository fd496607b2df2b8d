"""The outbox: kept with the act it tells of, carried once, a party reads only its own."""

from dataclasses import replace

from servicehall.kernel.errors import Unavailable
from servicehall.kernel.work import SYSTEM
from servicehall.notices import outbox
from servicehall.notices.notifier import Notifier
from tests.cases.halls import ID_CARD, Scene


class Channel:
    """Remembers what it carried; some parties cannot be reached."""

    def __init__(self, unreachable: str = "") -> None:
        self.unreachable, self.carried = unreachable, list[tuple[str, str]]()

    def send(self, key: str, party: str, text: str) -> None:
        if party == self.unreachable:
            raise Unavailable("no answer")
        self.carried.append((key, text))


def over(stage: Scene, channel: Channel) -> Scene:
    return Scene(replace(stage.hall, adapters={**stage.hall.adapters, Notifier: channel}))


def carry(stage: Scene, channel: Channel, most: int = 100) -> int:
    with over(stage, channel).hall.work(SYSTEM) as work:
        carried = outbox.carry(work, most)
        if work.unfinished:
            work.commit()
        return carried


def post(stage: Scene, party: str, text: str = "%(item)s 有进展", **params: str) -> None:
    with stage.hall.work(SYSTEM) as work:
        outbox.post(work, party, "m", text, **(params or {"item": "示范"}))
        work.record("test.posted", "m")
        work.commit()


def test_each_notice_is_carried_once_with_its_words(stage: Scene) -> None:
    channel = Channel()
    post(stage, "person:a", item="护士 100%")
    assert carry(stage, channel) == 1
    assert carry(stage, channel) == 0
    ((key, text),) = channel.carried
    assert (key.startswith("notice-"), text) == (True, "护士 100% 有进展")


def test_one_who_cannot_be_reached_holds_up_nobody(stage: Scene) -> None:
    channel = Channel(unreachable="person:far")
    post(stage, "person:far")
    post(stage, "person:near")
    assert [carry(stage, channel, most=1) for _ in range(2)] == [0, 1]
    assert carry(stage, Channel()) == 1  # tried again when the line is back


def test_a_party_reads_its_own(stage: Scene) -> None:
    stage.applied("wang", ID_CARD)
    with stage.work("chen") as work:
        assert (outbox.unread(work), list(outbox.inbox(work))) == (0, [])
    with stage.work("wang") as work:
        assert outbox.unread(work) == len(outbox.inbox(work)) > 0
        outbox.read(work)
        work.commit()
        assert outbox.unread(work) == 0


def test_what_is_rolled_back_tells_nobody(stage: Scene) -> None:
    with stage.hall.work(SYSTEM) as work:
        outbox.post(work, "person:b", "m", "不会发出")
    assert carry(stage, Channel()) in (0, 1)
    with stage.hall.work(SYSTEM) as work:
        assert outbox.carry(work) == 0
