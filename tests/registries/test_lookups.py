"""Lookups: nothing is asked without a live ground, a declared field and an entry on record."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Forbidden
from servicehall.kernel.work import Actor
from servicehall.registries import grounds, lookups
from servicehall.registries.connector import Answer, RegistryConnector
from servicehall.registries.lookups import Wanted
from servicehall.registries.models import RegistryCall
from servicehall.sharing import granting, resources
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.models import Grant
from tests.builders import NUMBER
from tests.registries.engines import NobodyAsks, Registry

ITEM = "119901010000002388499012300200001"
ACTOR = Actor("account-1", "王", frozenset({"citizen"}), person="person-1")
NEEDS = {"population.person": ["name", "sex"], "credit.record": ["status"]}


@pytest.fixture
def registry():
    return Registry()


@pytest.fixture
def adapters(registry):
    return {RegistryConnector: registry}


PURPOSE = "核对身份"


@pytest.fixture
def granted(begin):
    """The department of the item may take what the item needs."""
    with begin() as work:
        resources.declare(work)
        for dataset, fields in NEEDS.items():
            granting.allow(
                work, resources.one(work, dataset), item=ITEM, purpose=PURPOSE, fields=fields,
                expires_on=work.today(),
            )  # fmt: skip
        work.commit()


@pytest.fixture
def ground(begin, granted):
    with begin(ACTOR) as work:
        grounds.open_for(work, "matter-1", item=ITEM, needs=NEEDS, words="同意")
        work.commit()


def want(dataset="population.person", fields=("name",)):
    return Wanted(dataset, fields, PURPOSE, NUMBER)


@pytest.mark.usefixtures("ground")
def test_a_question_goes_out_with_case_item_purpose_and_actor(begin, registry, clock):
    with begin(ACTOR) as work:
        calls = lookups.plan(
            work, grounds.of(work, "matter-1"), [want(), want("credit.record", ("status",))]
        )
        work.commit()
        answers = lookups.ask(work, calls)
        lookups.answered(work, calls, answers)
        work.commit()
    first, second = registry.asked
    assert (first.case, first.item, first.purpose, first.actor) == (
        "matter-1", ITEM, "核对身份", "account-1",
    )  # fmt: skip
    assert (first.subject, first.fields, second.dataset) == (NUMBER, ("name",), "credit.record")
    assert first.call != second.call
    with begin() as work:
        calls = lookups.of_matter(work, "matter-1")
        assert [c.dataset for c in calls] == ["population.person", "credit.record"]
        assert {(c.outcome, c.request_hash, c.response_hash, c.milliseconds) for c in calls} == {
            ("found", "a" * 64, "b" * 64, 7)
        }
        assert calls[0].answered_at == clock.now()


@pytest.mark.usefixtures("ground")
def test_every_question_and_answer_is_on_record_without_values(begin):
    with begin(ACTOR) as work:
        calls = lookups.plan(work, grounds.of(work, "matter-1"), [want()])
        work.commit()
        lookups.answered(work, calls, lookups.ask(work, calls))
        work.commit()
    with begin() as work:
        about = select(AuditEntry).filter_by(person="person:person-1").order_by(AuditEntry.id)
        entries = work.session.scalars(about).all()
        assert [e.act for e in entries] == ["ground.opened", "registry.asked", "registry.answered"]
        assert entries[1].detail["fields"] == ["name"]
        assert NUMBER not in str([e.detail for e in entries])
        assert "王小明" not in str([e.detail for e in entries])


@pytest.mark.usefixtures("ground")
def test_the_subject_is_never_kept_in_plain_text(begin):
    with begin(ACTOR) as work:
        lookups.plan(work, grounds.of(work, "matter-1"), [want()])
        work.commit()
        (kept,) = work.session.execute(text("SELECT subject FROM registry_call")).one()
        assert NUMBER.encode() not in bytes(kept)


@pytest.mark.usefixtures("ground")
def test_what_is_not_yet_on_record_is_not_asked(begin, registry):
    with begin(ACTOR) as work:
        calls = lookups.plan(work, grounds.of(work, "matter-1"), [want()])
        with pytest.raises(RuntimeError, match="commit"):
            lookups.ask(work, calls)
    assert registry.asked == []


class TestRefusedBeforeAnyNetwork:
    @pytest.fixture
    def registry(self):
        return NobodyAsks()

    def refused(self, begin, wanted):
        with begin(ACTOR) as work:
            with pytest.raises(Forbidden):
                lookups.plan(work, grounds.of(work, "matter-1"), wanted)
            work.rollback()
            calls = select(func.count()).select_from(RegistryCall)
            assert work.session.scalar(calls) == 0

    @pytest.mark.usefixtures("ground")
    def test_a_closed_ground(self, begin):
        with begin(ACTOR) as work:
            grounds.close(work, "matter-1")
            work.commit()
        self.refused(begin, [want()])

    @pytest.mark.usefixtures("ground")
    def test_a_ground_that_somebody_else_closed_meanwhile(self, begin):
        with begin(ACTOR) as work, begin() as other:
            ground = grounds.of(work, "matter-1")
            grounds.close(other, "matter-1")
            other.commit()
            with pytest.raises(Forbidden):
                lookups.plan(work, ground, [want()])

    @pytest.mark.usefixtures("ground")
    @pytest.mark.parametrize(
        "wanted",
        [
            want(fields=("number",)),
            want(fields=("name", "number")),
            want("legal.organization", ("name",)),
            want("no.such", ("name",)),
            want(fields=()),
        ],
    )
    def test_what_the_item_does_not_declare(self, begin, wanted):
        self.refused(begin, [wanted])
        self.refused(begin, [want(), wanted])

    @pytest.mark.usefixtures("ground")
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
    @given(data=st.data())
    def test_any_field_of_any_dataset_but_the_declared(self, begin, data):
        dataset = data.draw(st.sampled_from(sorted(DATASETS)))
        fields = data.draw(
            st.lists(st.sampled_from(sorted(DATASETS[dataset].fields)), min_size=1, unique=True)
        )
        if set(fields) <= set(NEEDS.get(dataset, ())):
            return
        self.refused(begin, [want(dataset, tuple(fields))])


def refused_as(begin, want, reason):
    """Put on record with why, not asked, and answered as refused."""
    with begin(ACTOR) as work:
        calls = lookups.plan(work, grounds.of(work, "matter-1"), [want])
        work.commit()
        answers = lookups.ask(work, calls)
        lookups.answered(work, calls, answers)
        assert [a.outcome for a in answers] == ["refused"]
        assert (calls[0].outcome, calls[0].reason) == ("refused", reason)
        assert lookups.refusals(work, "matter-1") == {want.dataset: reason}
        entry = work.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (entry.act, entry.detail["refused"]) == ("registry.refused", reason)
        assert entry.person == "person:person-1"


class TestWithoutAGrantNothingIsAsked:
    @pytest.fixture
    def registry(self):
        return NobodyAsks()

    @pytest.mark.usefixtures("ground")
    def test_for_another_purpose(self, begin):
        other = Wanted("population.person", ("name",), "统计", NUMBER)
        refused_as(begin, other, "purpose")

    @pytest.mark.usefixtures("ground")
    def test_after_its_last_day(self, begin, clock):
        clock.forward(days=1)
        refused_as(begin, want(), "expired")

    @pytest.mark.usefixtures("ground")
    def test_a_field_it_does_not_hold(self, begin):
        with begin() as work:
            held = work.session.scalars(select(Grant).order_by(Grant.id)).first()
            held.fields = ["sex"]
            work.record("test", "grant")
            work.commit()
        refused_as(begin, want(), "fields")

    @pytest.mark.usefixtures("granted")
    def test_another_item_of_the_same_department(self, begin):
        with begin(ACTOR) as work:
            other = ITEM[:-1] + "2"
            grounds.open_for(work, "matter-1", item=other, needs=NEEDS, words="同意")
            work.commit()
        refused_as(begin, want(), "none")

    @pytest.mark.usefixtures("granted")
    def test_what_is_never_shared_or_not_listed(self, begin):
        needs = {"health.record": ["name"], "population.person": ["name"]}
        with begin(ACTOR) as work:
            grounds.open_for(work, "matter-1", item=ITEM, needs=needs, words="同意")
            work.commit()
        refused_as(begin, want("health.record"), "never")
        with begin() as work:
            resources.one(work, "health.record").state = "withdrawn"
            work.record("test", "resource")
            work.commit()
        refused_as(begin, want("health.record"), "unlisted")


@pytest.mark.usefixtures("granted")
def test_what_is_shared_unconditionally_needs_no_grant(begin, registry):
    with begin(ACTOR) as work:
        needs = {"tax.taxpayer": ["name"]}
        grounds.open_for(work, "matter-1", item=ITEM, needs=needs, words="同意")
        calls = lookups.plan(work, grounds.of(work, "matter-1"), [want("tax.taxpayer")])
        work.commit()
        assert [a.outcome for a in lookups.ask(work, calls)] == ["found"]
    assert [q.dataset for q in registry.asked] == ["tax.taxpayer"]


@pytest.mark.usefixtures("ground")
def test_some_are_asked_and_some_refused_each_in_its_place(begin, registry):
    with begin(ACTOR) as work:
        other = Wanted("population.person", ("sex",), "统计", NUMBER)
        again = Wanted("credit.record", ("status",), PURPOSE, NUMBER, occasion="作出决定前复核")
        calls = lookups.plan(work, grounds.of(work, "matter-1"), [other, again])
        work.commit()
        answers = lookups.ask(work, calls)
        assert [a.outcome for a in answers] == ["refused", "found"]
    assert [(q.dataset, q.purpose) for q in registry.asked] == [("credit.record", "作出决定前复核")]


@pytest.mark.usefixtures("ground")
def test_a_long_reason_is_kept_in_part(begin, clock):
    with begin(ACTOR) as work:
        calls = lookups.plan(work, grounds.of(work, "matter-1"), [want()])
        work.commit()
        late = Answer(calls[0].key, "unavailable", "a" * 64, clock.now(), reason="x" * 999)
        lookups.answered(work, calls, [late])
        work.commit()
        assert len(calls[0].reason) == 200
        assert calls[0].outcome == "unavailable"


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("registry_call", "purpose"), ("registry_call", "actor"), ("registry_call", "ground_id"),
        ("ground", "matter"), ("ground", "item"), ("ground", "party"),
    ],
)  # fmt: skip
def test_the_database_itself_knows_no_call_without_case_item_purpose_actor_and_party(
    begin, table, column
):
    with begin(ACTOR) as work:
        lookups.plan(work, grounds.of(work, "matter-1"), [want()])
        work.commit()
    for nothing in ("NULL", "''") if column != "ground_id" else ("NULL", "999"):
        with begin() as work, pytest.raises(IntegrityError):
            work.session.execute(text(f"UPDATE {table} SET {column} = {nothing}"))
