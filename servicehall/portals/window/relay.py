"""Relay (补充请求): a department asks, the window passes it on and writes down what came back."""

from typing import Any

from flask import Blueprint, request

from servicehall.handling import receiving, supplementing
from servicehall.kernel.words import N_
from servicehall.portals.guard import work
from servicehall.portals.window.act import acting

pages = Blueprint("relay", __name__)


@pages.post("/cases/<key>/supplement")
@acting
def ask(case: Any, version: int) -> str:
    supplementing.ask(work, case, request.form.get("supplement", ""), version=version)
    return N_("补充请求已交给综合窗口")


@pages.post("/cases/<key>/supplement/pass")
@acting
def pass_on(case: Any, version: int) -> str:
    supplementing.pass_on(work, case, request.form.get("number", 0, int), version=version)
    return N_("已转告申请人")


@pages.post("/cases/<key>/supplement/answer")
@acting
def answer(case: Any, version: int) -> str:
    number, said = request.form.get("number", 0, int), request.form.get("answer", "")
    supplementing.answer(work, case, number, said, version=version)
    return N_("答复已交给审查部门")


@pages.post("/cases/<key>/supplied")
@acting
def check_supplied(case: Any, version: int) -> str:
    """A paper that was handed in later holds, or is asked for again (核对补交材料)."""
    sent = request.form
    holds = {"yes": True, "no": False}.get(sent.get("holds", ""))
    receiving.check(
        work, case, sent.get("material", ""), holds=holds, reason=sent.get("supply_reason", ""),
        version=version,
    )  # fmt: skip
    return N_("补交材料的核对结果已登记")
