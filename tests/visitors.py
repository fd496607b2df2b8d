"""Who comes to the doors of the hall, and the kinds of rows that say who may come in."""

from dataclasses import dataclass, field

from servicehall.city.offices import window

WINDOW = window().code
NURSE = "119901010000002388499012300200001"
ALLOWANCE = "1199010100000011574990511003000"
VISITOR, OWNER, OTHER, AGENT = "visitor", "wang", "chen", "li"
CLERK, REVIEWER, FOREIGN = "clerk", "reviewer-health", "reviewer-market"
HEAD = "head-health"  # reviews too, and approves what others ask
REFORM = "reviewer-reform"
SUPERVISOR, ITEMS, VERIFIER, AUDITOR = "supervisor", "items", "verifier", "auditor"
PUBLISHER = "publisher"  # a second item administrator: the draft and the plan are not theirs
STEWARD, ASKER, STRANGER = "steward-police", "steward-market", "steward-civil"
EVERYONE = (
    VISITOR, OWNER, OTHER, AGENT, CLERK, REVIEWER, HEAD, FOREIGN, REFORM, SUPERVISOR, ITEMS, PUBLISHER,
    VERIFIER, AUDITOR, STEWARD, ASKER, STRANGER,
)  # fmt: skip
PEOPLE = frozenset({OWNER, OTHER, AGENT})
STAFF = frozenset({CLERK, REVIEWER, HEAD, FOREIGN, REFORM})
ANYONE = frozenset(EVERYONE)
MISSING = "AAAAAAAAAAAAAAAAAAAAAA"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """Who may use a door. ``mine``: who may when the thing is the owner's; empty: it has no owner."""

    roles: frozenset[str]
    mine: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)


OPEN = Row(ANYONE)
SET = Row(ANYONE, values={"code": "hall.items"})
ITEM = Row(ANYONE, values={"code": NURSE})
OWN = Row(PEOPLE, frozenset({OWNER}))
KEPT = Row(PEOPLE, values={"kind": "item", "code": NURSE})
LICENSE = Row(PEOPLE, frozenset({OWNER}))
LENT = Row(PEOPLE, frozenset({OWNER}), {"key": "LENT"})
ELSEWHERE = Row(PEOPLE, frozenset({OWNER}), {"number": "GATHERED"})
SYSTEMS = Row(frozenset(), values={"key": "X", "identifier": "X"})  # with a token, and no cookie
PAPER = Row(PEOPLE, frozenset({OWNER}), {"document": "DOCUMENT"})
DESK_PAPER = Row(STAFF, frozenset({CLERK, REVIEWER, HEAD}), {"document": "DOCUMENT"})
DESK = Row(STAFF, frozenset({CLERK, REVIEWER, HEAD}))
COUNTER = Row(STAFF, frozenset({CLERK}))
REVIEW = Row(STAFF, frozenset({REVIEWER, HEAD}))
APPROVE = Row(STAFF, frozenset({HEAD}))
VALUE = Row(PEOPLE, frozenset({OWNER}), {"name": "credit.record.trusted"})
LOOK = Row(PEOPLE, frozenset({OWNER}), {"number": "LOOK"})
ANSWERS = Row(STAFF, frozenset({REFORM}), {"key": "OBJECTION"})  # credit records are theirs
REVIEWERS = frozenset({REVIEWER, HEAD, FOREIGN, REFORM})
REEXAMINED = Row(REVIEWERS, frozenset({REVIEWER, HEAD}), {"key": "REVIEWED"})
WORDING = {"code": NURSE, "group": "basic"}
EDITOR = Row(frozenset({ITEMS, PUBLISHER}), values=WORDING)
AUTHOR = Row(frozenset({ITEMS}), values=WORDING)
SECOND = Row(frozenset({PUBLISHER}), values=WORDING)
STEWARDS = frozenset({STEWARD, ASKER, STRANGER})
REQUEST = Row(STEWARDS | {SUPERVISOR}, frozenset({STEWARD, ASKER, SUPERVISOR}), {"key": "REQUEST"})
ANSWER = Row(STEWARDS, frozenset({STEWARD}), {"key": "REQUEST"})
CONFLICT = Row(STEWARDS, frozenset({ASKER}), {"key": "CONFLICT"})
SHEET = Row(STEWARDS, frozenset({STEWARD}), {"code": "police.dogs"})
BUNDLE = Row(PEOPLE, values={"slug": "newborn"})
GROUP = Row(PEOPLE, frozenset({OWNER}), {"key": "GROUP", "code": "shared"})
JOINT_PAPER = Row(
    PEOPLE, frozenset({OWNER}), {"key": "PAPERS", "code": "4990709007000-birth_certificate"}
)
HANDED_IN = Row(STAFF, frozenset({CLERK, REVIEWER, HEAD}), {"key": "HANDED_IN"})
CARD = Row(STAFF, frozenset({REVIEWER, HEAD}), {"key": "CARD"})
RATING = Row(STAFF, frozenset({REVIEWER, HEAD}), {"key": "RATING"})
GIVEN = Row(STEWARDS, frozenset({STEWARD}), {"key": "GRANT"})
DISCARDED = Row(STEWARDS, frozenset({STEWARD}), {"code": "police.cats"})
PUBLISHED = Row(STEWARDS, frozenset({STEWARD}), {"code": "police.published"})
