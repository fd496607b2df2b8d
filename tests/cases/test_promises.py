"""Promises of a party: one that is broken and not put right is found, whoever's case it was in."""

from servicehall.cases import promises
from servicehall.cases.promises import PromiseCheck
from tests.cases.halls import ID_CARD, NURSE, Scene


def test_only_what_is_broken_and_not_repaired_bars(stage: Scene) -> None:
    key = stage.begin("wang", NURSE)
    with stage.work("auditor") as work:
        case = stage.case(work, key)
        party, code = case.party, case.materials[0].code
        told = {"due_on": None, "note": None, "at": None, "repaired_at": None}
        check = PromiseCheck(case_id=case.id, material=code, state="open", **told)
        work.session.add(check)
        work.record("test.promised", case.matter)
        for state, bars in (
            ("open", False),
            ("broken", True),
            ("repaired", False),
            ("kept", False),
        ):
            check.state = state
            work.session.flush()
            assert bool(promises.broken(work, party)) is bars
            assert promises.broken(work, "person:somebody") is None
        assert [one.declared.code for one in promises.of_case(work, case)] == [code]
    other = stage.begin("wang", ID_CARD)
    with stage.work("auditor") as work:
        assert not promises.of_case(work, stage.case(work, other))
