"""SD-JWT: the examples of the RFC, what was hidden comes back, nothing else comes in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.credentials import disclosing
from servicehall.kernel.errors import Invalid
from servicehall.signing import foreign
from tests.credentials.vectors import EXAMPLE, ISSUER


def payload(text):
    return foreign.fields(foreign.decoded(text.split(".")[1]))


def test_the_digests_of_the_rfc():
    family = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    country = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"
    assert foreign.digest(family) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert foreign.digest(country) == "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"
    assert disclosing.revealed(
        {"nationalities": [{"...": foreign.digest(country)}, {"...": "x" * 43}, "DE"]}, (country,)
    ) == {"nationalities": ["FR", "DE"]}


def test_the_presentation_of_the_rfc():
    shown = disclosing.apart(EXAMPLE)
    issued = foreign.token(shown.issued, typ="vc+sd-jwt")
    assert issued.signed_by(foreign.public_key(ISSUER))
    claims = disclosing.revealed(issued.claims, shown.disclosures)
    assert (claims["given_name"], claims["address"]["region"]) == ("John", "Anystate")
    assert claims.keys() == {
        "iss", "iat", "exp", "vct", "cnf", "address", "email", "family_name", "given_name",
    }  # fmt: skip
    assert payload(shown.binding)["sd_hash"] == foreign.digest(shown.bound)


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda n: n not in disclosing.OPEN and n != "iat"),
        st.text(),
        max_size=6,
    ),
    st.data(),
)
def test_what_is_hidden_comes_back_as_it_was_chosen(claims, data):
    digests, disclosures = disclosing.hidden(claims)
    assert not any(one in "".join(digests) for one in claims if len(one) > 43)
    kept = [one for one in disclosures if data.draw(st.booleans())]
    names = {json.loads(foreign.decoded(one))[1] for one in kept}
    signed = {"iat": 1, "_sd": digests, "_sd_alg": "sha-256"}
    told = disclosing.revealed(signed, tuple(kept))
    assert told == {"iat": 1} | {n: v for n, v in claims.items() if n in names}


def test_nothing_comes_in_that_was_not_signed():
    digests, (one,) = disclosing.hidden({"age_over_18": True})
    signed = {"_sd": digests, "vct": "x"}
    _, (foreign_one,) = disclosing.hidden({"age_over_18": True})
    array = foreign.encoded(b'["salt","value"]')
    over_digest, (over,) = disclosing.hidden({"vct": "y"})
    again_digest, (again,) = disclosing.hidden({"vct": "y"})
    for payload_, shown in (
        (signed, (foreign_one,)),  # belongs nowhere
        (signed, (one, one)),  # twice
        ({"_sd": digests * 2}, (one,)),  # a digest twice
        ({"_sd": [foreign.digest(array)]}, (array,)),  # an element where a member belongs
        ({"_sd": over_digest}, (over,)),  # must never be hidden
        ({"_sd": again_digest, "name": [{"...": again_digest[0]}]}, (again,)),
        ({"_sd": digests, "age_over_18": False}, (one,)),  # over what is there
        ({"_sd": "x"}, ()),
        ({"_sd_alg": "md5"}, ()),
        (signed, ("!",)),
        (signed, (foreign.encoded(b"{}"),)),
        (signed, (foreign.encoded(b"["),)),
    ):
        with pytest.raises(Invalid):
            disclosing.revealed(payload_, shown)


@pytest.mark.parametrize("text", ["", "a.b.c", "a~~b", "a~" + "b~" * 201])
def test_what_is_no_presentation(text):
    with pytest.raises(Invalid):
        disclosing.apart(text)
