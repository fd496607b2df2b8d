"""The rules are data of the form the standard asks for."""

from servicehall.monitoring.detecting import ACTS
from servicehall.monitoring.signals import GRADES, SIGNALS


def test_every_rule_fits_the_exchange_format() -> None:
    for signal in SIGNALS.values():
        assert len(signal.id) <= 20  # 规则编号 an..20 (GB/T 39046)
        assert signal.grade in GRADES
        assert signal.name
        assert signal.basis


def test_what_is_read_from_the_record_is_a_rule() -> None:
    assert set(ACTS.values()) <= set(SIGNALS)
