"""What the law says of one case: a small model beside the hall, which knows nothing of its code."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tests.lives.walker import last_day

ACCEPT = CORRECT = HEAR = [(5, "working_day")]
DELIVER = [(10, "working_day")]


@dataclass
class Desk:
    """One department's review."""

    login: str
    days: int
    defaults: bool
    agrees: bool | None = None
    waived: bool = False  # the others decided the matter first
    due: date | None = None


@dataclass
class Life:
    """One case as it must stand, with what must have been written and recorded."""

    promised: tuple[int, str]
    statutory: tuple[int, str]
    most: int  # working days of an extension
    desks: list[Desk]
    paper: bool  # the result is handed over at the window
    hearing: bool  # the special procedure is one
    first_refusal: bool  # by the item's rule one refusal ends the matter
    state: str = "draft"
    acts: Counter[str] = field(default_factory=Counter)
    received: date | None = None
    asked: date | None = None
    accepted: date | None = None
    decided: date | None = None
    stops: list[list[date | None]] = field(default_factory=list)  # first, last, planned
    extension: tuple[int, bool | None] | None = None
    hear_by: date | None = None
    told: bool = False
    open_revocation: bool = False
    stated: bool = False
    late: bool = False

    def pauses(self) -> list[tuple[date, date]]:
        return [(first, last or planned) for first, last, planned in self.stops]  # type: ignore[misc]

    def spans(self, limit: tuple[int, str]) -> list[tuple[int, str]]:
        more = self.extension
        return [limit, (more[0], "working_day")] if more and more[1] else [limit]

    def due(self) -> tuple[date | None, date | None]:
        """The promised and the statutory day."""
        if self.accepted is None:
            return None, None
        promised, statutory = (
            last_day(self.accepted, self.spans(limit), self.pauses())
            for limit in (self.promised, self.statutory)
        )
        return promised, statutory

    def count(self) -> None:
        """Every open department's day anew."""
        if self.accepted is None:
            return
        for desk in self.desks:
            if desk.agrees is None and not desk.waived:
                spans = [(desk.days, "working_day")]
                desk.due = last_day(self.accepted, spans, self.pauses())

    def accept_by(self) -> date | None:
        return last_day(self.received, ACCEPT) if self.received else None

    def correct_by(self) -> date | None:
        return last_day(self.asked, CORRECT) if self.asked else None

    def deliver_by(self) -> date | None:
        return last_day(self.decided, DELIVER) if self.decided else None

    # what may happen now, and what follows

    def may(self, act: str, today: date) -> bool:
        """Whether the law lets *act* happen now."""
        state = self.state
        if act.startswith("opine"):
            desk = self.desks[int(act[-1])]
            return state == "accepted" and desk.agrees is None and not desk.waived
        told = {
            "submit": state in ("draft", "correction"),
            "withdraw": state in ("draft", "submitted", "correction", "accepted", "suspended"),
            "ask_correction": state == "submitted" and self.asked is None,
            "suspend": state == "accepted" and (not self.hearing or _known(today)),
            "resume": state == "suspended",
            "ask_extension": state == "accepted" and self.extension is None,
            "approve": state == "accepted"
            and self.extension is not None
            and self.extension[1] is None,
            "grant": state == "accepted" and all(desk.agrees for desk in self.desks),
            "refuse": state == "accepted",
            "deliver": state == "made",
            "tell": state == "closed" and not self.told,
            "state": state == "closed" and self.open_revocation and not self.stated,
            "revoke": state == "closed" and self.open_revocation and self.heard(today),
            "drop": state == "closed" and self.open_revocation,
        }
        told["decline"] = told["approve"]
        return told.get(act, state == "submitted")

    def heard(self, today: date) -> bool:
        return self.stated or (self.hear_by is not None and self.hear_by < today)

    def did(self, act: str, today: date) -> None:
        """*act* happened: what follows from it."""
        self.acts[act.rstrip("0123456789")] += 1
        step = getattr(self, f"_{act}", None)
        if act.startswith("opine"):
            self.desks[int(act[-1])].agrees = act.startswith("opine_yes")
            ended = self.first_refusal and act.startswith("opine_no")
            for desk in self.desks:  # then nobody else is awaited
                desk.waived |= desk.agrees is None and ended
        elif step:
            step(today)
        else:
            self.state = AFTER[act]

    def _submit(self, today: date) -> None:
        self.state, self.received = "submitted", today

    def _ask_correction(self, today: date) -> None:
        self.state, self.asked = "correction", today

    def _accept(self, today: date) -> None:
        self.state, self.accepted = "accepted", today
        self.count()

    def _withdraw(self, today: date) -> None:
        self.state = "withdrawn"
        self._end_pause(today)
        self.count()  # the clock went on that day, not when it was meant to

    def _suspend(self, today: date) -> None:
        self.state = "suspended"
        self.count()

    def _resume(self, today: date) -> None:
        self.state = "accepted"
        self._end_pause(today)
        self.count()

    def _end_pause(self, today: date) -> None:
        for stop in self.stops:
            if stop[1] is None:
                stop[1] = today

    def _approve(self, today: date) -> None:
        assert self.extension
        self.extension = self.extension[0], True

    def _decline(self, today: date) -> None:
        assert self.extension
        self.extension = self.extension[0], False

    def _ask_extension(self, today: date) -> None:
        self.extension = self.most, None

    def _grant(self, today: date) -> None:
        self.state, self.decided = "granted", today

    def _tell(self, today: date) -> None:
        self.told = self.open_revocation = True
        self.hear_by = last_day(today, HEAR)

    def _state(self, today: date) -> None:
        self.stated = True

    def _revoke(self, today: date) -> None:
        self.state, self.open_revocation = "revoked", False

    def _drop(self, today: date) -> None:
        self.open_revocation = False

    def timers(self, today: date) -> None:
        """One round of what is due, in the order of the hall's timers."""
        if self.state == "submitted" and _past(self.accept_by(), today):
            self.acts["accepted_by_silence"] += 1
            self.state, self.accepted = "accepted", self.received
            self.count()
        if self.state == "correction" and _past(self.correct_by(), today):
            self.acts["end_uncorrected"] += 1
            self.state = "uncorrected"
        for desk in self.desks:
            silent = (
                desk.defaults and desk.agrees is None and not desk.waived and _past(desk.due, today)
            )
            if self.state == "accepted" and silent:
                self.acts["defaulted"] += 1
                desk.agrees = True
        if self.state == "granted":
            self.finished()
        if self.state == "made" and not self.late and _past(self.deliver_by(), today):
            self.acts["late"] += 1
            self.late = True

    def finished(self) -> None:
        """What was granted is made; online it is delivered at once."""
        self.state = "made" if self.paper else "closed"
        self.acts["make" if self.paper else "deliver"] += 1


AFTER = {
    "refuse_acceptance": "refused_acceptance", "not_needed": "not_needed", "send_back": "returned",
    "refuse": "refused", "deliver": "closed",
}  # fmt: skip
ACTS = (
    "submit", "withdraw", "ask_correction", "accept", "refuse_acceptance", "not_needed", "send_back",
    "suspend", "resume", "ask_extension", "approve", "decline", "grant", "refuse", "deliver", "tell",
    "state", "revoke", "drop",
)  # fmt: skip


def _known(today: date) -> bool:
    """Whether the twenty days within which a hearing is held are published."""
    return last_day(today, [(20, "working_day")]) is not None


def _past(day: date | None, today: date) -> bool:
    return day is not None and day < today
