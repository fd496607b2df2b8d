"""Words (文案): marks the Chinese sentences that verbs hand upward for the catalogues."""

from typing import Final

LANGUAGES: Final = ("zh_CN", "en")


class Words(str):
    """A text of the catalogues among the params of a sentence: whoever shows it translates both."""

    __slots__ = ()


def N_(text: str) -> str:  # noqa: N802 - the name gettext's extractor and every reader knows
    """Return *text* unchanged; the portal translates it (``pybabel extract -k N_``)."""
    return text
