"""Joining (会签): what the opinions of several departments come to, by the rule the item declares."""

from typing import Literal

from servicehall.cases.models import Case, Review

Outcome = Literal["open", "agreed", "refused"]


def outcome(case: Case) -> Outcome:
    """What the opinions come to so far; ``open`` while one that matters is still awaited."""
    rule = case.item.joining
    said = [review.agrees for review in case.reviews if review.waived_at is None]
    yes, no = said.count(True), said.count(False)
    awaited = len(said) - yes - no
    if rule.rule == "quorum":
        needed = min(rule.quorum, len(case.reviews))
        if yes >= needed:
            return "agreed"
        return "open" if yes + awaited >= needed else "refused"
    if no and (rule.rule == "first_refusal" or not awaited):
        return "refused"
    return "open" if awaited else "agreed"


def awaited(case: Case) -> list[Review]:
    """The reviews whose opinion is still needed."""
    return [r for r in case.reviews if r.agrees is None and r.waived_at is None]
