"""Sending (送达方式): how the applicant wants the result: what the form's own question says."""

from servicehall.cases.editing import readable
from servicehall.cases.later import Delivery
from servicehall.cases.models import Case
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

ONLINE = "electronic"
QUESTION = "delivery"  # of this code is the question that asks for it, where an item asks


def way(case: Case) -> str:
    """electronic, window or post: what the applicant chose, as far as the item offers it."""
    said = str(case.answers.get(QUESTION) or ONLINE)
    return said if said in case.item.delivery else ONLINE


def choose(case: Case, address: str) -> None:
    """Keep the way, and where to post the result to. Raises Invalid without a whole address.

    Of a bundle, which asks for no address, the result waits at the window instead.
    """
    how, place = way(case), readable(address)
    if how == "post" and case.bundle:
        how = "window"
    if how == "post" and not 6 <= len(place) <= 200:
        raise Invalid(N_("请填写完整的邮寄地址（6 到 200 个字）"), field="address")
    case.delivery = case.delivery or fresh()
    case.delivery.how, case.delivery.address = how, place if how == "post" else None


def fresh() -> Delivery:
    """A delivery online, of which nothing has happened yet."""
    return Delivery(
        how=ONLINE, address=None, due_on=None, made_at=None, delivered_at=None, taken_by=None,
        proof=None, late_at=None,
    )  # fmt: skip
