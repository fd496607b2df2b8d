"""Entitling (免申即享): the hall finds who is entitled by a published rule, and asks only for a yes.

The registry says of whom the rule's yes-or-no fields all hold, and only their numbers; whoever has no
account here is forgotten at once. A yes becomes a case decided by rule, a no is remembered, once for
each person, item and period.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from servicehall.automating.models import Entitlement
from servicehall.cases.models import Case
from servicehall.cases.states import EDITABLE, OPEN, State
from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.notices import outbox
from servicehall.registries import grounds, lookups
from servicehall.registries.connector import EVERYBODY
from servicehall.registries.lookups import Wanted
from servicehall.registries.models import Ground
from servicehall.standard.schema import Item, Offer


def round_one(work: UnitOfWork, tried: set[int], *, name: str = "") -> bool:
    """Look for who is entitled to one item that was not looked at yet this month (or as *name*).

    The question is on record before it is asked, on a ground of its own kind: law and purpose.
    """
    for entry in _offering(work, name or f"{work.today():%Y-%m}"):
        if entry.id in tried:
            continue
        tried.add(entry.id)
        item = entry.current.item
        if item.offer is not None:
            _round(work, item, item.offer, _matter(item, name or f"{work.today():%Y-%m}"))
        return True
    return False


def mine(work: UnitOfWork) -> Sequence[Entitlement]:
    """What the actor is offered and did not answer yet."""
    query = select(Entitlement).filter_by(party=work.actor.party, state="offered")
    return work.session.scalars(query.order_by(Entitlement.id)).all()


def own(work: UnitOfWork, key: str) -> Entitlement:
    """The actor's own offer. Raises NotFound; somebody else's looks the same as none."""
    found = work.session.scalar(select(Entitlement).filter_by(key=key))
    if found is None or found.party != work.actor.party:
        raise NotFound
    return found


def wording(work: UnitOfWork, offer: Entitlement) -> Item:
    """The item offered, as it is worded now. Raises NotFound."""
    query = select(ItemEntry).filter_by(code=offer.item)
    found = work.session.scalar(query)
    if found is None:
        raise NotFound
    return found.current.item


def decline(work: UnitOfWork, offer: Entitlement) -> None:
    """No, thank you (不申领): remembered, so that nobody asks again in this period."""
    _answer(work, offer, "declined")


def accept(work: UnitOfWork, offer: Entitlement, case: Case) -> None:
    """Yes (申领): *case* was begun for it; what the hall knows of the person itself is filled in."""
    _answer(work, offer, "accepted")
    phone = directory.person(work, work.actor.person).phone
    asked = [q for part in case.item.sections for q in part.questions if q.kind == "phone"]
    case.answers = {**case.answers, **{q.code: phone for q in asked if phone}}


def _answer(work: UnitOfWork, offer: Entitlement, state: str) -> None:
    work.hold(offer)
    if offer.state != "offered":
        raise Conflict(N_("您已经答复过了"))
    offer.state, offer.answered_at = state, work.now()
    work.record(f"offer.{state}", offer.key, person=offer.party, item=offer.item)


def _offering(work: UnitOfWork, name: str) -> Iterator[ItemEntry]:
    """The items that offer something and were not looked at as *name* yet."""
    query = select(ItemEntry).join(ItemEntry.current).where(
        ItemEntry.applicable, ItemEntry.state == "in_use",
        ItemRevision.body["offer"]["dataset"].as_string().is_not(None),
    )  # fmt: skip
    for entry in work.session.scalars(query.order_by(ItemEntry.code)):
        known = select(Ground.id).filter_by(matter=f"offer:{entry.code}:{name}")
        if work.session.scalar(known) is None:
            yield entry


def _matter(item: Item, name: str) -> str:
    return f"offer:{item.code}:{name}"


def _round(work: UnitOfWork, item: Item, offer: Offer, matter: str) -> None:
    fields = ("number", *offer.fields)
    told = f"{offer.purpose}；{offer.basis.law} {offer.basis.article}"
    ground = grounds.open_by_law(
        work, matter, item=item.code, needs={offer.dataset: list(fields)}, words=told
    )
    work.session.flush()
    calls = lookups.plan(work, ground, [Wanted(offer.dataset, fields, offer.purpose, EVERYBODY)])
    work.commit()
    answers = lookups.ask(work, calls)
    lookups.answered(work, calls, answers)
    made = 0
    for call, answer in zip(calls, answers, strict=True):
        call.response_hash = ""  # nothing of the list is kept, not even proof of who stood in it
        made += sum(_offer(work, item, offer, one["number"]) for one in answer.records)
    grounds.close(work, matter)
    work.record("item.offered", item.code, offers=made)


def _offer(work: UnitOfWork, item: Item, offer: Offer, number: str) -> bool:
    """One notice to whoever has an account and neither has it, asks for it, nor answered before."""
    somebody = directory.person_by_number(work, number)
    if somebody is None or not directory.has_account(work, somebody):
        return False
    party = f"person:{somebody.key}"
    period = str(work.today().year) if offer.period == "yearly" else "once"
    known = select(Entitlement.id).filter_by(party=party, item=item.code, period=period)
    if work.session.scalar(known) is not None or _has_it(work, item, party, number):
        return False
    made = Entitlement(
        key=directory.new_key(), party=party, item=item.code, period=period, state="offered",
        offered_at=work.now(), answered_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record("offer.made", made.key, person=party, item=item.code)
    outbox.post(
        work, party, made.key,
        N_("您符合“%(item)s”的条件，不用申请，到“我的空间”点“同意领取”就能办好"), item=item.name,
    )  # fmt: skip
    return True


def _has_it(work: UnitOfWork, item: Item, party: str, number: str) -> bool:
    slug = item.result.license_type if item.result else ""
    if slug and library.held(work, number, slug):
        return True
    busy = OPEN | EDITABLE | {State.GRANTED}
    query = select(Case.id).where(
        Case.party == party, Case.item_code == item.code, Case.state.in_(busy)
    )
    return work.session.scalar(query.limit(1)) is not None
