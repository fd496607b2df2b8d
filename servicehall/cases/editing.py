"""Editing (修改): whether a case may still change, and words as a reader will see them."""

import re
import unicodedata
from typing import Any

from servicehall.cases import holding
from servicehall.cases.models import Case
from servicehall.cases.states import EDITABLE
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # controls, direction


def open_for_editing(work: UnitOfWork, case: Case) -> None:
    """The case is the actor's own and may still change. Raises NotFound or Conflict."""
    policy.require_party(work.actor, case.party)
    work.hold(case)
    if case.state not in EDITABLE:
        raise Conflict(N_("这件事已经提交，内容不能再改；如需修改请先撤回或等待补正通知"))


def seen(work: UnitOfWork, case: Case, version: int) -> None:
    """Hold the case, provided nobody changed it since the actor saw *version*, nor has it open.

    Raises Conflict; a colleague's lock (领办) stops the act until it ends.
    """
    work.hold(case)
    holding.require_free(work, case)
    if case.version != version:
        raise Conflict(N_("这件事在您查看之后已被别人更新，请先看最新内容再操作"))


def readable(said: Any) -> str:
    """What a reader sees of *said*: no control and no direction characters, no blank ends."""
    return _UNSEEN.sub("", str(said)).strip()


def plain(said: Any) -> str:
    """Full-width digits and letters, as Chinese keyboards write them, in their plain form."""
    return unicodedata.normalize("NFKC", str(said)).strip()
