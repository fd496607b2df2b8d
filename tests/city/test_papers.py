"""Licenses held elsewhere: identifiers of GB/T 36904, unique, with the right check character."""

from datetime import date

from servicehall.city import holdings, papers
from servicehall.city.people import AS_OF
from servicehall.city.town import town
from servicehall.kernel.codes import is_check37


def held():
    city = town()
    for subject in (*city.people, *city.companies):
        for record in holdings.records("licenses.held", subject):
            yield subject, record


def test_identifiers_are_unique_and_check():
    identifiers = [record["identifier"] for _, record in held()]
    assert len(set(identifiers)) == len(identifiers) > 3000
    for identifier in identifiers:
        assert identifier.startswith("1.2.156.3005.2.")
        kind, issuer, serial, version, check = identifier.split(".")[5:]
        assert (len(kind), len(issuer), version) == (21, 18, "001")
        assert is_check37(kind + issuer + serial + version + check)


def test_no_identifier_gives_away_whose_it_is():
    for subject, record in held():
        if len(subject) == 18 and subject in town().people:
            assert subject not in record["identifier"]


def test_grown_ups_have_an_identity_card_and_companies_a_business_license():
    city = town()
    types = {}
    for subject, record in held():
        types.setdefault(subject, set()).add(record["type"])
    for number, somebody in city.people.items():
        assert ("id-card" in types.get(number, ())) == (somebody.age >= 16)
    assert all("business-license" in types[code] for code in city.companies)
    assert not any("food-business" in types[c.code] for c in city.companies.values()
                   if c.status != "存续")  # fmt: skip


def test_those_who_still_apply_do_not_hold_the_license_yet():
    cast = town().cast
    own = {s: {r["type"] for r in holdings.records("licenses.held", s)}
           for s in (cast.wang.number, cast.restaurant.code)}  # fmt: skip
    assert "nurse-certificate" not in own[cast.wang.number]
    assert "food-business" not in own[cast.restaurant.code]


def test_what_is_held_is_valid_on_the_day_of_the_records():
    for _, record in held():
        assert date.fromisoformat(record["valid_from"]) <= AS_OF
        assert (
            record["valid_to"] == papers.FOREVER or date.fromisoformat(record["valid_to"]) > AS_OF
        )


def test_both_of_a_couple_have_the_same_certificate_number():
    for somebody in town().people.values():
        if somebody.spouse:
            assert papers.marriage_number(somebody) == papers.marriage_number(somebody.spouse)
