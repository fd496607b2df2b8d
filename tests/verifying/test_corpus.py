"""A slice of the corpus; all of it: ``python -m tests.verifying``."""

from servicehall.verifying.verdicts import Result, verdict
from tests.verifying import corpus


def test_no_flip_is_accepted_and_no_genuine_license_refused(hall, in_process):
    told = corpus.judged(hall, flips=60, genuine=40, faces=2, seed=7)
    assert (told.flips, told.genuine) == (60, 40)
    assert told.accepted == []
    assert told.refused == []


def test_the_corpus_would_notice(hall, in_process, monkeypatch):
    """A verifier that believes everything, and one that believes nothing."""
    monkeypatch.setattr(corpus, "by_file", lambda *_: verdict(Result.VALID, genuine=True))
    monkeypatch.setattr(corpus, "by_record", lambda *_: verdict(Result.ALTERED))
    told = corpus.judged(hall, flips=4, genuine=3, faces=1, seed=7)
    assert len(told.accepted) == told.flips == 4
    assert len(told.refused) == 3
    assert not told.clean
