"""Every door of the hall: endpoint and method, and who may use it."""

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
MATRIX: dict[tuple[str, str], Row] = {
    ("citizen.browse.home", "GET"): OPEN,
    ("citizen.browse.items", "GET"): OPEN,
    ("citizen.browse.guide", "GET"): ITEM,
    ("citizen.front.zone", "GET"): OPEN,
    ("citizen.regions.choose", "GET"): OPEN,
    ("citizen.precheck.form", "GET"): ITEM,
    ("citizen.precheck.judge", "POST"): ITEM,
    ("citizen.browse.suggest", "GET"): OPEN,
    ("citizen.browse.departments", "GET"): OPEN,
    ("citizen.lives.index", "GET"): OPEN,
    ("citizen.me.usage", "GET"): Row(PEOPLE),
    ("citizen.me.case", "GET"): Row(PEOPLE, frozenset({OWNER}), {"number": "NUMBER"}),
    ("citizen.mine.clock", "GET"): OWN,
    ("citizen.mine.paper", "GET"): PAPER,
    ("window.handle.paper", "GET"): DESK_PAPER,
    ("citizen.lives.bundle", "GET"): Row(ANYONE, values={"slug": "catering-opening"}),
    ("citizen.browse.progress", "GET"): OPEN,
    ("citizen.browse.find_progress", "POST"): Row(frozenset()),  # anyone; a wrong pair is 404
    ("citizen.browse.accessibility", "GET"): OPEN,
    ("citizen.browse.privacy", "GET"): OPEN,
    ("citizen.browse.opendata_items", "GET"): OPEN,
    ("citizen.apply.consent", "GET"): Row(PEOPLE, values={"code": NURSE}),
    ("citizen.apply.begin", "POST"): Row(PEOPLE, values={"code": NURSE}),
    ("citizen.apply.preview", "GET"): OWN,
    ("citizen.apply.declare", "POST"): OWN,
    ("citizen.apply.refetch", "POST"): OWN,
    ("citizen.apply.tasks", "GET"): OWN,
    ("citizen.apply.section", "GET"): Row(PEOPLE, frozenset({OWNER}), {"code": "loss"}),
    ("citizen.apply.answer", "POST"): Row(PEOPLE, frozenset({OWNER}), {"code": "loss"}),
    ("citizen.apply.asked", "POST"): Row(PEOPLE, frozenset({OWNER}), {"code": "loss"}),
    ("citizen.apply.autosave", "POST"): OWN,
    ("citizen.apply.check", "GET"): OWN,
    ("citizen.apply.submit", "POST"): OWN,
    ("citizen.apply.receipt", "GET"): OWN,
    ("citizen.apply.withdraw", "POST"): OWN,
    ("citizen.supply.material", "GET"): Row(PEOPLE, frozenset({OWNER}), {"code": "loss"}),
    ("citizen.supply.supply", "POST"): Row(PEOPLE, frozenset({OWNER}), {"code": "loss"}),
    ("citizen.supply.remove", "POST"): Row(PEOPLE, frozenset({OWNER}), {"code": "loss"}),
    ("citizen.supply.file", "GET"): Row(PEOPLE, frozenset({OWNER}), {"code": "health_report"}),
    ("citizen.joint.choose", "GET"): BUNDLE,
    ("citizen.joint.chosen", "POST"): BUNDLE,
    ("citizen.joint.consent", "GET"): BUNDLE,
    ("citizen.joint.begin", "POST"): BUNDLE,
    ("citizen.joint.group", "GET"): GROUP,
    ("citizen.joint.preview", "GET"): GROUP,
    ("citizen.joint.declare", "POST"): GROUP,
    ("citizen.joint.refetch", "POST"): GROUP,
    ("citizen.joint.part", "GET"): GROUP,
    ("citizen.joint.answer", "POST"): GROUP,
    ("citizen.joint.asked", "POST"): GROUP,
    ("citizen.joint.check", "GET"): GROUP,
    ("citizen.joint.submit", "POST"): GROUP,
    ("citizen.joint.withdraw", "POST"): GROUP,
    ("citizen.entitled.index", "GET"): Row(PEOPLE),
    ("citizen.entitled.answer", "POST"): Row(PEOPLE, frozenset({OWNER}), {"key": "OFFER"}),
    ("citizen.joint_supply.paper", "GET"): JOINT_PAPER,
    ("citizen.joint_supply.supply", "POST"): JOINT_PAPER,
    ("window.groups.group", "GET"): HANDED_IN,
    ("window.promised.index", "GET"): Row(REVIEWERS),
    ("window.promised.settle", "POST"): Row(
        REVIEWERS, frozenset({REVIEWER, HEAD}), {"key": "SAMPLED", "material": "safety"}
    ),
    ("window.samples.index", "GET"): Row(REVIEWERS),
    ("window.samples.looked", "POST"): Row(
        REVIEWERS, frozenset({REVIEWER, HEAD}), {"key": "SAMPLED"}
    ),
    ("citizen.mine.space", "GET"): Row(PEOPLE),
    ("citizen.mine.case", "GET"): OWN,
    ("citizen.mine.rate", "POST"): OWN,
    ("citizen.mine.state", "POST"): OWN,
    ("citizen.mine.consent", "GET"): OWN,
    ("citizen.mine.evidence", "GET"): OWN,
    ("citizen.mine.revoke", "POST"): OWN,
    ("citizen.mine.licenses", "GET"): Row(PEOPLE),
    ("citizen.mine.license", "GET"): LICENSE,
    ("citizen.mine.license_pdf", "GET"): LICENSE,
    ("citizen.kept.index", "GET"): Row(PEOPLE),
    ("citizen.kept.keep", "POST"): KEPT,
    ("citizen.kept.drop", "POST"): KEPT,
    ("citizen.kept.seen", "POST"): KEPT,
    ("citizen.resources.index", "GET"): OPEN,
    ("citizen.resources.resource", "GET"): Row(ANYONE, values={"code": "population.person"}),
    ("citizen.disputing.index", "GET"): Row(PEOPLE),
    ("citizen.disputing.dispute", "GET"): OWN,
    ("citizen.disputing.withdraw", "POST"): OWN,
    ("citizen.disputing.value_form", "GET"): VALUE,
    ("citizen.disputing.value", "POST"): VALUE,
    ("citizen.disputing.look_form", "GET"): LOOK,
    ("citizen.disputing.look", "POST"): LOOK,
    ("citizen.account.messages", "GET"): Row(PEOPLE),
    ("citizen.account.read", "POST"): Row(PEOPLE),
    ("citizen.account.looked", "GET"): Row(PEOPLE),
    ("citizen.account.export", "POST"): Row(PEOPLE),
    ("citizen.account.proof", "GET"): LOOK,
    ("window.handle.queue", "GET"): Row(STAFF),
    ("window.handle.case", "GET"): DESK,
    ("window.handle.file", "GET"): Row(
        STAFF, frozenset({CLERK, REVIEWER, HEAD}), {"code": "health_report"}
    ),
    ("window.replying.index", "GET"): Row(STAFF),
    ("window.replying.dispute", "GET"): ANSWERS,
    ("window.replying.settle", "POST"): ANSWERS,
    ("window.reexamine.index", "GET"): Row(REVIEWERS),
    ("window.reexamine.review", "GET"): REEXAMINED,
    ("window.reexamine.decide", "POST"): REEXAMINED,
    ("window.hold.claim", "POST"): DESK,
    ("window.hold.release", "POST"): DESK,
    ("window.hold.assign", "POST"): DESK,
    ("window.tickets.index", "GET"): Row(frozenset({CLERK})),
    ("window.tickets.draw", "POST"): Row(frozenset({CLERK})),
    ("window.tickets.call", "POST"): Row(frozenset({CLERK})),
    ("window.tickets.end", "POST"): Row(frozenset({CLERK})),
    ("citizen.visits.index", "GET"): Row(PEOPLE),
    ("citizen.visits.book", "POST"): Row(PEOPLE),
    ("citizen.visits.cancel", "POST"): Row(frozenset(), values={"key": MISSING}),
    ("citizen.board.board", "GET"): Row(ANYONE, values={"department": WINDOW}),
    ("window.reception.form", "GET"): Row(frozenset({CLERK})),
    ("window.reception.identify", "POST"): Row(frozenset({CLERK})),
    ("window.reception.begin", "POST"): Row(frozenset({CLERK})),
    ("window.reception.end", "POST"): Row(frozenset({CLERK})),
    ("window.relay.ask", "POST"): REVIEW,
    ("window.relay.pass_on", "POST"): COUNTER,
    ("window.relay.answer", "POST"): COUNTER,
    ("window.several.confirm", "POST"): Row(STAFF),
    ("window.several.do", "POST"): Row(STAFF),
    ("window.act.accept", "POST"): COUNTER,
    ("window.act.correction", "POST"): COUNTER,
    ("window.act.refuse_acceptance", "POST"): COUNTER,
    ("window.act.receive", "POST"): COUNTER,
    ("window.act.confirm", "POST"): DESK,
    ("window.act.opinion", "POST"): REVIEW,
    ("window.act.suspend", "POST"): REVIEW,
    ("window.act.resume", "POST"): REVIEW,
    ("window.act.fee", "POST"): COUNTER,
    ("window.act.payout", "POST"): COUNTER,
    ("window.act.recheck", "POST"): DESK,
    ("window.act.changes_seen", "POST"): REVIEW,
    ("window.act.grant", "POST"): REVIEW,
    ("window.act.refuse", "POST"): REVIEW,
    ("window.act.unmask", "POST"): DESK,
    ("window.respond.index", "GET"): Row(STAFF),
    ("window.respond.card", "GET"): CARD,
    ("window.respond.respond", "POST"): CARD,
    ("window.mend.index", "GET"): Row(STAFF),
    ("window.mend.rating", "GET"): RATING,
    ("window.mend.rectify", "POST"): RATING,
    ("console.judge.index", "GET"): Row(frozenset({SUPERVISOR})),
    ("console.judge.card", "GET"): Row(frozenset({SUPERVISOR}), values={"key": "CARD"}),
    ("console.judge.judge", "POST"): Row(frozenset({SUPERVISOR}), values={"key": "CARD"}),
    ("window.life.not_needed", "POST"): COUNTER,
    ("window.life.send_back", "POST"): COUNTER,
    ("window.life.ask_extension", "POST"): REVIEW,
    ("window.life.approve_extension", "POST"): APPROVE,
    ("window.life.decline_extension", "POST"): APPROVE,
    ("window.life.deliver", "POST"): COUNTER,
    ("window.life.tell_revocation", "POST"): REVIEW,
    ("window.life.revoke", "POST"): REVIEW,
    ("window.life.drop_revocation", "POST"): REVIEW,
    ("verify.form", "GET"): OPEN,
    ("verify.check", "POST"): OPEN,
    ("verify.offline", "GET"): OPEN,
    ("verify.by_code", "GET"): Row(ANYONE, values={"code": "LICENSE"}),
    ("console.figures.board", "GET"): Row(frozenset({SUPERVISOR})),
    ("console.sharing.desk", "GET"): Row(STEWARDS),
    ("console.sharing.overview", "GET"): Row(frozenset({SUPERVISOR})),
    ("console.sharing.form", "GET"): Row(STEWARDS, values={"code": "population.family"}),
    ("console.sharing.ask", "POST"): Row(STEWARDS, values={"code": "population.family"}),
    ("console.sharing.matter", "GET"): REQUEST,
    ("console.sharing.answer", "POST"): ANSWER,
    ("console.sharing.withdraw", "POST"): Row(STEWARDS, frozenset({ASKER}), {"key": "REQUEST"}),
    ("console.sharing.grant", "GET"): Row(STEWARDS, frozenset({STEWARD, ASKER}), {"key": "GRANT"}),
    ("console.sharing.end", "POST"): GIVEN,
    ("console.cataloguing.template", "GET"): Row(STEWARDS),
    ("console.cataloguing.new", "GET"): Row(STEWARDS),
    ("console.cataloguing.begin", "POST"): Row(STEWARDS),
    ("console.cataloguing.draft", "GET"): SHEET,
    ("console.cataloguing.save", "POST"): SHEET,
    ("console.cataloguing.discard", "POST"): Row(
        STEWARDS, frozenset({STEWARD}), {"code": "police.cats"}
    ),
    ("console.cataloguing.withdraw", "POST"): Row(
        STEWARDS, frozenset({STEWARD}), {"code": "police.published"}
    ),
    ("console.conflicts.index", "GET"): Row(STEWARDS | {SUPERVISOR}),
    ("console.conflicts.compare", "POST"): Row(STEWARDS | {SUPERVISOR}),
    ("console.conflicts.conflict", "GET"): CONFLICT,
    ("console.conflicts.settle", "POST"): CONFLICT,
    ("console.listed.items", "GET"): EDITOR,
    ("console.calendar.year", "GET"): EDITOR,
    ("console.calendar.change", "POST"): EDITOR,
    ("console.calendar.bring", "POST"): EDITOR,
    ("console.searches.searches", "GET"): EDITOR,
    ("console.drafting.new", "GET"): EDITOR,
    ("console.drafting.begin", "POST"): EDITOR,
    ("console.drafting.hub", "GET"): EDITOR,
    ("console.drafting.open_draft", "POST"): EDITOR,
    ("console.drafting.edit", "GET"): EDITOR,
    ("console.drafting.save", "POST"): EDITOR,
    ("console.drafting.yaml", "GET"): EDITOR,
    ("console.drafting.bring", "POST"): EDITOR,
    ("console.weighing.guide", "GET"): EDITOR,
    ("console.weighing.form", "GET"): EDITOR,
    ("console.weighing.weigh", "GET"): EDITOR,
    ("console.weighing.rehearse", "GET"): EDITOR,
    ("console.weighing.versions", "GET"): EDITOR,
    ("console.deciding.propose", "POST"): AUTHOR,
    ("console.deciding.take_over", "POST"): EDITOR,
    ("console.deciding.rebase", "POST"): AUTHOR,
    ("console.deciding.publish", "POST"): SECOND,
    ("console.deciding.give_back", "POST"): EDITOR,
    ("console.deciding.withdraw", "POST"): EDITOR,
    ("console.deciding.restore", "POST"): EDITOR,
    ("console.deciding.plan", "POST"): EDITOR,
    ("console.deciding.agree", "POST"): SECOND,
    ("console.deciding.end", "POST"): EDITOR,
    ("console.figures.audit", "GET"): Row(frozenset({AUDITOR})),
    ("console.figures.evidence", "GET"): Row(frozenset({AUDITOR})),
    ("console.replying.index", "GET"): Row(frozenset({AUDITOR})),
    ("console.replying.dispute", "GET"): Row(frozenset({AUDITOR}), values={"key": "QUESTION"}),
    ("console.replying.settle", "POST"): Row(frozenset({AUDITOR}), values={"key": "QUESTION"}),
    ("exchange.items", "GET"): OPEN,
    ("exchange.missed", "POST"): OPEN,
    ("exchange.verify", "POST"): OPEN,
    ("tracker.find_usage", "GET"): Row(PEOPLE),
    ("tracker.usage_period", "GET"): OPEN,
    ("tracker.heartbeat", "GET"): OPEN,
    ("openlog.log", "GET"): OPEN,
    ("openlog.root", "GET"): OPEN,
    ("openlog.status", "GET"): OPEN,
    ("openlog.checkpoint", "GET"): OPEN,
    ("openlog.checkpoints", "GET"): OPEN,
    ("openlog.consistency", "GET"): OPEN,
    ("opendata.index", "GET"): OPEN,
    ("opendata.old", "GET"): OPEN,
    ("opendata.dataset", "GET"): SET,
    ("opendata.as_csv", "GET"): SET,
    ("opendata.as_json", "GET"): SET,
    ("opendata.datasets", "GET"): OPEN,
    ("opendata.rows", "GET"): SET,
    ("signin.form", "GET"): OPEN,
    ("signin.sign_in", "POST"): OPEN,
    ("signin.sign_out", "POST"): OPEN,
    ("signin.prefer", "POST"): OPEN,
    ("signin.switch", "POST"): Row(PEOPLE),
    ("probes.alive", "GET"): OPEN,
    ("probes.ready", "GET"): OPEN,
    ("probes.metrics", "GET"): OPEN,
    ("static", "GET"): Row(ANYONE, values={"filename": "hall.css"}),
}
