"""What a problem says."""

from servicehall.standard.problems import missing, problem


def test_sentences_are_filled(items):
    found = problem("rule", "where", "没有%(name)s", "补%(name)s", name="甲")
    assert (found.message, found.mend) == ("没有甲", "补甲")
    assert missing(items[0], "faqs", "permit.faq", "常见问题").message == "没有填写常见问题"
