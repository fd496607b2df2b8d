"""States (办件状态): the whole life of a case in one table (STANDARDS 2.1)."""

from enum import StrEnum

from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_


class State(StrEnum):
    """Where a case stands; the value is what the database keeps."""

    DRAFT = "draft"
    WAITING = "waiting"
    SUBMITTED = "submitted"
    CORRECTION = "correction"
    RETURNED = "returned"
    NOT_NEEDED = "not_needed"
    REFUSED_ACCEPTANCE = "refused_acceptance"
    UNCORRECTED = "uncorrected"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    GRANTED = "granted"
    MADE = "made"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVOKED = "revoked"


NAMES = {
    State.DRAFT: N_("草稿"),
    State.WAITING: N_("等前一个事项办成"),
    State.SUBMITTED: N_("已提交，待受理"),
    State.CORRECTION: N_("待补正"),
    State.RETURNED: N_("已退件（不属本机关职权）"),
    State.NOT_NEEDED: N_("依法不需要办理"),
    State.REFUSED_ACCEPTANCE: N_("不予受理"),
    State.UNCORRECTED: N_("逾期未补正，已办结"),
    State.ACCEPTED: N_("已受理，办理中"),
    State.SUSPENDED: N_("特别程序中（计时暂停）"),
    State.GRANTED: N_("准予，制证中"),
    State.MADE: N_("准予，待送达"),
    State.REFUSED: N_("不予许可"),
    State.CLOSED: N_("已办结"),
    State.WITHDRAWN: N_("已撤回"),
    State.LAPSED: N_("前置事项未办成，不再办理"),
    State.REVOKED: N_("已撤销"),
}

NEXT: dict[tuple[State, str], State] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.DRAFT, "withdraw"): State.WITHDRAWN,
    (State.DRAFT, "wait"): State.WAITING,
    (State.DRAFT, "lapse"): State.LAPSED,
    (State.WAITING, "submit"): State.SUBMITTED,
    (State.WAITING, "reopen"): State.DRAFT,
    (State.WAITING, "withdraw"): State.WITHDRAWN,
    (State.WAITING, "lapse"): State.LAPSED,
    (State.SUBMITTED, "ask_correction"): State.CORRECTION,
    (State.SUBMITTED, "accept"): State.ACCEPTED,
    (State.SUBMITTED, "refuse_acceptance"): State.REFUSED_ACCEPTANCE,
    (State.SUBMITTED, "declare_not_needed"): State.NOT_NEEDED,
    (State.SUBMITTED, "return"): State.RETURNED,
    (State.SUBMITTED, "withdraw"): State.WITHDRAWN,
    (State.CORRECTION, "submit"): State.SUBMITTED,
    (State.CORRECTION, "end_uncorrected"): State.UNCORRECTED,
    (State.CORRECTION, "withdraw"): State.WITHDRAWN,
    (State.ACCEPTED, "suspend"): State.SUSPENDED,
    (State.ACCEPTED, "extend"): State.ACCEPTED,
    (State.ACCEPTED, "grant"): State.GRANTED,
    (State.ACCEPTED, "grant_by_silence"): State.GRANTED,
    (State.ACCEPTED, "refuse"): State.REFUSED,
    (State.ACCEPTED, "withdraw"): State.WITHDRAWN,
    (State.SUSPENDED, "resume"): State.ACCEPTED,
    (State.SUSPENDED, "grant_by_silence"): State.GRANTED,
    (State.SUSPENDED, "withdraw"): State.WITHDRAWN,
    (State.GRANTED, "make"): State.MADE,
    (State.MADE, "deliver"): State.CLOSED,
    (State.CLOSED, "revoke"): State.REVOKED,
}

EDITABLE = frozenset({State.DRAFT, State.CORRECTION})
OPEN = frozenset({State.SUBMITTED, State.CORRECTION, State.ACCEPTED, State.SUSPENDED})
DECIDED = frozenset({State.GRANTED, State.MADE})  # granted, the result not delivered yet
ENDED = frozenset(State) - {State.DRAFT, State.WAITING} - DECIDED - OPEN


def after(state: State, act: str) -> State:
    """The state that *act* leads to. Raises Conflict where the life of a case has no such step."""
    try:
        return NEXT[state, act]
    except KeyError:
        raise Conflict(N_("这件事的状态已经改变，不能再做这一步，请刷新页面")) from None
