"""Hold (领办): take a case on one's desk, give it back, hand it to a colleague."""

from typing import Any

from flask import Blueprint, request

from servicehall.cases import holding
from servicehall.kernel.words import N_
from servicehall.portals.guard import work
from servicehall.portals.window.act import acting

pages = Blueprint("hold", __name__)


@pages.post("/cases/<key>/claim")
@acting
def claim(case: Any, version: int) -> str:
    holding.claim(work, case, reason=request.form.get("takeover", ""))
    return N_("已领办，15 分钟内本部门其他人不能改动；再点一次可以续上")


@pages.post("/cases/<key>/release")
@acting
def release(case: Any, version: int) -> str:
    holding.release(work, case)
    return N_("已释放，本部门的人都可以办理")


@pages.post("/cases/<key>/assign")
@acting
def assign(case: Any, version: int) -> str:
    holding.assign(work, case, request.form.get("person", ""))
    return N_("已分派，对方在“我的”清单里看得到")
