"""Telling: yes or no and until when; the rest only with consent; all of it on record."""

import pytest

from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.lending import agreeing, telling
from servicehall.licenses import wallet
from servicehall.oversight import usage
from tests.lending.conftest import CAUSE, system


def query(stage, asked):
    with system(stage) as work:
        return telling.query(work, asked)


def test_without_consent_it_is_yes_or_no_and_the_last_day(stage, asking):
    shown = query(stage, asking())
    assert (shown.held, shown.trust, shown.consent, shown.licenses) == (True, "A", "none", [])
    assert shown.valid_to is not None
    other = query(stage, asking(certNo="no such number"))
    assert (other.held, other.valid_to, other.licenses) == (False, None, [])


def test_after_the_last_day_it_is_no(stage, asking):
    shown = query(stage, asking())
    span = (shown.valid_to - stage.clock.moment.date()).days + 1
    assert span > 0
    with stage.work("wang") as work:
        assert [one.act for one in usage.find(work)].count("部门系统查询是否持证") >= 1


def test_with_consent_what_stands_in_it_and_the_file(stage, asking):
    asked = asking()
    with system(stage) as work, pytest.raises(Forbidden, match="先征求同意"):
        telling.file(work, asked)
    with system(stage) as work:
        key = agreeing.ask(work, asked).key
    assert query(stage, asked).consent == "asked"
    with stage.work("wang") as work:
        agreeing.answer(work, key, agreed=True)
    shown = query(stage, asked)
    (one,) = shown.licenses
    assert (shown.consent, one["state"], one["trust"]) == ("given", "valid", "A")
    assert one["faces"]["name"] == "王雨桐"
    with system(stage) as work:
        assert telling.file(work, asked).identifier == one["certIdentifier"]
        with pytest.raises(NotFound):
            telling.file(work, asking(certNo="no such number"))
    with stage.work("wang") as work:
        seen = [look for look in usage.find(work) if look.act == "向部门系统提供电子证照"]
        (held,) = wallet.mine(work)
        shown = [look.act for look in wallet.looks(work, held)]
    assert [look.reason for look in seen] == [CAUSE] * 2  # what stands in it, and the file
    assert shown == ["license.lent"] * 2
