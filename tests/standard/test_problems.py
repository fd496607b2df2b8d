"""What a problem says."""

from servicehall.kernel.words import Words
from servicehall.standard.problems import missing, problem


def test_sentences_are_filled(items):
    found = problem("rule", "where", "没有%(name)s", "补%(name)s", name="甲")
    assert (found.told, found.cure) == ("没有甲", "补甲")
    assert (found.message, found.params) == ("没有%(name)s", {"name": "甲"})
    lacking = missing(items[0], "faqs", "permit.faq", "常见问题")
    assert lacking.told == "没有填写常见问题"
    assert isinstance(lacking.params["name"], Words)  # translated with its sentence
