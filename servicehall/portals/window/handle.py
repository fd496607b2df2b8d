"""Handle (办理): the queue, one case with its provenance, its files."""

from functools import cache, partial
from typing import Any, cast

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from servicehall.applying import answering, attaching, branching, collecting
from servicehall.automating import instant, sampling
from servicehall.bundling import grouping
from servicehall.cases import (
    deadlines,
    holding,
    matters,
    prefill,
    promises,
    rechecking,
    sight,
    tracing,
)
from servicehall.cases.states import NAMES, NEXT
from servicehall.desk import seeking, worklist
from servicehall.desk.worklist import WHICH, Filter, Page, Row, Which
from servicehall.disputes import raising, reexamining, settling
from servicehall.documents import filing
from servicehall.documents.kinds import KINDS
from servicehall.feedback import rectifying
from servicehall.handling import aftercheck, decisions, extending, hearings, reviewing, revoking
from servicehall.identity import directory
from servicehall.kernel.clock import local_date
from servicehall.kernel.words import N_
from servicehall.licenses import archival, wallet
from servicehall.monitoring import responding
from servicehall.payments import billing, payouts
from servicehall.portals import naming
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import work
from servicehall.portals.window import offering
from servicehall.portals.window.clash import Clash
from servicehall.registries import grounds
from servicehall.sharing.datasets import DATASETS

LIGHTS = {
    "overdue": N_("已经超期"), "red": N_("即将到期"), "yellow": N_("时限过半"),
    "green": N_("时限充裕"),
}  # fmt: skip

pages = Blueprint("handle", __name__)

LISTS = {
    "accept": N_("待受理"),
    "review": N_("待审查"),
    "decide": N_("待决定"),
    "paused": N_("特别程序中"),
    "correction": N_("待补正"),
    "relay": N_("补充请求"),
    "deliver": N_("待送达"),
    "mine": N_("我的"),
    "done": N_("已办结"),
}


@pages.get("/")
def queue() -> str:
    """The worklist: one tab for each thing to do, due soonest first; or what was looked for."""
    default = "accept" if "clerk" in work.actor.roles else "review"
    which = cast(Which, request.args.get("list") if request.args.get("list") in WHICH else default)
    sought, asked = request.args.get("q", "").strip(), _asked()
    if sought:
        found = seeking.find(work, sought)
        rows = [Row(case, worklist.light(work, case), case.due_on, "") for case in found]
        page = Page(rows, "")
    else:
        page = worklist.queue(work, which, asked=asked, after=request.args.get("after", ""))
    shown = render_template(
        "window/queue.html", which=which, lists=LISTS, counts=worklist.counts(work), page=page,
        asked=asked, sought=sought, names=NAMES, lights=LIGHTS, is_first="after" not in request.args,
        items=[(one.code, naming.named(one)) for one in offering.here()], regions=_regions(),
        disputes=settling.waiting(work),
        reviews=reexamining.waiting(work), samples=sampling.many(work), to_check=aftercheck.many(work),
        cards=responding.waiting(work),
        bad_ratings=rectifying.waiting(work), mine=work.actor.id, staff=partial(directory.staff_name, work),
        department=directory.department(work, work.actor.department),
        extensions=extending.waiting(work),
    )  # fmt: skip
    matters.listed(work, page.cases)
    if work.unfinished:
        work.commit()
    return shown


def _asked() -> Filter:
    """The filters in the address; what is not offered is not asked."""
    said = {name: request.args.get(name, "") for name in ("item", "region", "light")}
    return Filter(**{name: words for name, words in said.items() if words.isalnum()})


def _regions() -> list[tuple[str, str]]:
    """The regions in which one can hand in, for the one window of several."""
    if not directory.department(work, work.actor.department).one_window:
        return []
    return [(r.code[:6], r.name) for r in directory.regions(work) if 2 < r.level < 5]


@pages.get("/cases/<key>")
def case(key: str) -> str:
    """One case: facts with provenance on the left, what can be done now on the right.

    Its address says the number that people say; addresses with a key, as before, go on working.
    """
    found = matters.for_staff(work, key)
    matters.look(work, found)
    page = case_page(found, {})
    work.commit()
    return page


@pages.get("/cases/<key>/materials/<code>")
def file(key: str, code: str) -> Response:
    """A material handed in; looking at it is on record."""
    found = matters.for_staff(work, key)
    sight.require_material(work, found, code)
    row, _ = attaching.material(found, code)
    content = attaching.content(work, row)
    work.record("case.material_viewed", found.matter, person=found.party, material=code)
    work.commit()
    return attachment(content, row.file_type or "", row.file_name or "")


@pages.get("/cases/<key>/documents/<document>.pdf")
def paper(key: str, document: str) -> Response:
    """A paper as the party has it; looking at it is on record."""
    found = matters.for_staff(work, key)
    sight.require_whole(work, found)
    content = filing.pdf(work, told := filing.one(work, found.matter, document))
    work.record("case.document_viewed", found.matter, person=found.party, document=told.key)
    work.commit()
    return attachment(content, "application/pdf", f"{KINDS[told.kind].title}-{found.number}.pdf")


def case_page(
    found: Any, errors: dict[str, list[str]], unmasked: str = "", both: Clash | None = None
) -> str:
    """The page of *found*; ``unmasked`` is the full number once, after a reason was given; ``both``
    what was typed and what changed meanwhile, where two were at it."""
    acts = {act for state, act in NEXT if state is found.state}
    mine, view = work.actor, sight.of(work, found)
    holder_kind, code, _ = directory.holder(work, found.party)
    return render_template(
        "window/case.html", case=found, item=found.item, state=gettext(NAMES[found.state]),
        facts=[f for f in prefill.facts(found) if view.shows_data(f.dataset)], view=view,
        datasets=DATASETS, errors=errors, unmasked=unmasked,
        disputes=raising.of_case(work, found), revoked=grounds.of(work, found.matter).revoked_at,
        materials=[pair for pair in branching.papers(found) if view.shows_material(pair[0].code)],
        changes=rechecking.changes, unseen=rechecking.unseen(found),
        rechecks=[row for row in found.rechecks if view.whole and (row.changes or row.unread)],
        review=reviewing.waiting_for(work, found), acts=acts, holder_kind=holder_kind,
        holder_code=code, light=worklist.light(work, found), days=deadlines.explain(work, found),
        obstacles=decisions.obstacles(work, found), bill=billing.of(work, found.matter),
        payout=payouts.of(work, found.matter), timeline=matters.timeline(work, found),
        license=wallet.of_case(work, found.number), worded=answering.worded,
        papers=filing.of(work, found.matter) if view.whole else [], paper_kinds=KINDS,
        group=grouping.of_case(work, found), instant=instant.of(work, found) if view.whole else None,
        promise_checks=promises.of_case(work, found) if view.whole else [],
        promise_states=promises.STATES, why=instant.WHY, outcomes=instant.OUTCOMES,
        decides=mine.department == found.department and "reviewer" in mine.roles,
        own=mine.department, reviews="reviewer" in mine.roles, accepts="clerk" in mine.roles,
        both=both, taken=collecting.of_case(work, found), **_hold(found),
        tells_hearing=hearings.may_tell(found), approves="head" in mine.roles and mine.department == found.department,
        heard=found.revocation is not None and revoking.is_heard(work, found.revocation),
        told=tracing.trace(work, found), review_lights=review_lights(found),
        staff=cache(partial(directory.staff_name, work)),
    )  # fmt: skip


def review_lights(found: Any) -> dict[int, str]:
    """How each department's own time is doing, by row."""
    if found.accepted_at is None:
        return {}
    begun = local_date(found.accepted_at)
    return {
        one.id: worklist.shade(begun, one.due_on, work.today())
        for one in found.reviews
        if one.agrees is None and one.due_on
    }


def _hold(found: Any) -> dict[str, Any]:
    """Whose case it is, here and in the other departments."""
    hold = holding.of(work, found)
    return {
        "hold": hold, "other": holding.in_the_way(work, found),
        "locked": hold is not None and holding.is_locked(work, hold),
        "colleagues": holding.colleagues(work), "holds": holding.all_of(work, found),
        "departments": {d.code: d.name for d in directory.departments(work)},
    }  # fmt: skip


@pages.post("/licenses/<code>/archive")
def archive(code: str) -> Response:
    """The PDF for archiving (归档版) of a license that the clerk's department issued."""
    made = archival.of_department(work, code)
    work.commit()
    return attachment(made, "application/pdf", f"archive-{code}.pdf")
