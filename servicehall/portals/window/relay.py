"""Relay (补充请求): a department asks, the window passes it on and writes down what came back."""

from typing import Any

from flask import Blueprint, request

from servicehall.handling import supplementing
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
