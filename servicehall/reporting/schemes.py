"""Schemes (状态码对照): what other systems call the states of a case, one table for each (STANDARDS 2.1)."""

from dataclasses import dataclass
from typing import Final

from servicehall.cases.states import State


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme: its name, the code of each state, and why the others have none."""

    name: str
    codes: dict[State, str]
    without: dict[State, str]

    def code(self, state: State) -> str:
        """The scheme's code, "" where it has none (``without`` says why)."""
        return self.codes.get(state, "")


_NOT_HANDED_IN = "not handed in: nobody else hears of it"
_NO_CODE = "the scheme has no code for it"

ZHEJIANG: Final = Scheme(
    "浙江一窗",
    {
        State.SUBMITTED: "02", State.CORRECTION: "06", State.RETURNED: "13",
        State.WITHDRAWN: "13", State.REFUSED_ACCEPTANCE: "07", State.ACCEPTED: "12",
        State.SUSPENDED: "11", State.CLOSED: "10", State.REFUSED: "10", State.UNCORRECTED: "10",
        State.GRANTED: "12", State.MADE: "12",
    },
    {
        State.DRAFT: _NOT_HANDED_IN, State.WAITING: _NOT_HANDED_IN, State.LAPSED: _NOT_HANDED_IN,
        State.NOT_NEEDED: _NO_CODE, State.REVOKED: _NO_CODE,
    },
)  # fmt: skip
CONSTRUCTION: Final = Scheme(
    "工程建设项目审批",
    {
        State.SUBMITTED: "1", State.CORRECTION: "6", State.RETURNED: "2", State.WITHDRAWN: "14",
        State.NOT_NEEDED: "4", State.REFUSED_ACCEPTANCE: "5", State.ACCEPTED: "8",
        State.SUSPENDED: "9", State.GRANTED: "11", State.MADE: "11", State.CLOSED: "11",
        State.REFUSED: "13", State.REVOKED: "15", State.UNCORRECTED: "2",
    },
    {
        State.DRAFT: _NOT_HANDED_IN, State.WAITING: _NOT_HANDED_IN, State.LAPSED: _NOT_HANDED_IN,
    },
)  # fmt: skip
GUANGDONG: Final = Scheme(
    "广东环节结果",
    {
        State.CORRECTION: "5", State.RETURNED: "7", State.WITHDRAWN: "7", State.NOT_NEEDED: "2",
        State.REFUSED_ACCEPTANCE: "3", State.ACCEPTED: "4", State.SUSPENDED: "6",
        State.GRANTED: "1", State.MADE: "1", State.CLOSED: "1", State.REFUSED: "0",
        State.UNCORRECTED: "7",
    },
    {
        State.DRAFT: _NOT_HANDED_IN, State.WAITING: _NOT_HANDED_IN, State.LAPSED: _NOT_HANDED_IN,
        State.SUBMITTED: "no link has a result yet", State.REVOKED: _NO_CODE,
    },
)  # fmt: skip
SCHEMES: Final = (ZHEJIANG, CONSTRUCTION, GUANGDONG)
