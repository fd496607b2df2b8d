"""Items of every kind for round trips: those of the hall, changed by chance."""

from hypothesis import strategies as st

from servicehall.standard import loading
from servicehall.standard.schema import (
    Basis,
    Contact,
    Faq,
    Fee,
    Item,
    Limit,
    Material,
    Remedy,
    Theme,
    Window,
)  # fmt: skip
from tests.catalogue.conftest import ROOT

ITEMS = tuple(loading.read(ROOT / "items"))
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
texts = st.text(LETTERS, max_size=12)
words = st.text(LETTERS, min_size=1, max_size=12)
limits = st.none() | st.builds(
    Limit, days=st.integers(0, 99), unit=st.sampled_from(["working_day", "natural_day"]), note=texts
)
codes = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def lists(member, most=3):
    return st.lists(member, max_size=most).map(tuple)


materials = st.builds(
    Material, code=codes, name=words, standard=texts, why_needed=texts, copies=st.integers(0, 9),
    form=st.sampled_from(["original", "copy", "either"]),
    source=st.sampled_from(["self", "government", "agency", "other"]),
    needed=st.sampled_from(["required", "optional", "deferrable"]),
)  # fmt: skip
changes = st.fixed_dictionaries(
    {},
    optional={
        "name": words.map("事项{}".format), "summary": texts, "aliases": lists(words),
        "statutory": limits, "promised": limits, "visits": st.integers(0, 9),
        "conditions": lists(words), "quota": texts, "instant": st.booleans(),
        "applicable": st.booleans(), "appointment": st.booleans(), "local_code": texts,
        "fee": st.none()
        | st.builds(Fee, name=words, fen=st.integers(0, 10**6), standard=words, basis=words),
        "faqs": lists(st.builds(Faq, question=words, answer=words)),
        "bases": lists(st.builds(Basis, law=words, article=words, verified=st.booleans())),
        "materials": lists(materials),
        "themes": lists(
            st.builds(
                Theme, kind=st.sampled_from(["natural", "legal"]),
                code=st.sampled_from(["005", "010", "080", "999"]),
            )
        ),
        "delivery": lists(st.sampled_from(["electronic", "post", "window"])),
        "channels": lists(st.sampled_from(["window", "web", "mobile", "post", "terminal"]), 5),
        "contact": st.builds(
            Contact, place=texts, consult=texts, complain=texts,
            windows=lists(st.builds(Window, name=words, place=words, phone=texts), 2),
        ),
        "remedy_offices": lists(
            st.builds(Remedy, kind=st.sampled_from(["lawsuit", "reconsideration"]),
                      department=words)
        ),
        "rights": texts, "notes": lists(words),
        "power_source": st.sampled_from(["statutory", "peer_authorized", "entrusted"]),
        "level": st.sampled_from([1, 4, 7]),
    },
)  # fmt: skip


@st.composite
def items(draw) -> Item:
    return draw(st.sampled_from(ITEMS)).model_copy(update=draw(changes))


@st.composite
def lists_of_items(draw) -> list[Item]:
    """Several items, each with a code of its own."""
    chosen = draw(st.lists(items(), max_size=4))
    return [
        item.model_copy(update={"code": f"{item.code[:31]}{number:02d}"})
        for number, item in enumerate(chosen, 10)
    ]
