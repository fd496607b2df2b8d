"""Each license type is one resource of the catalogue, under a number of its own."""

from servicehall.kernel.settings import HOME
from servicehall.lending import resourcing
from servicehall.licenses import schema
from servicehall.sharing import resources
from servicehall.sharing.terms import of_body, to_body


def test_each_type_is_offered_on_its_own_terms(stage):
    types = schema.read(HOME / "licenses")
    offered = resourcing.resources(types.values())
    assert len({one.number for one in offered}) == len({one.code for one in offered}) == len(types)
    for one in offered:
        assert of_body(to_body(one)) == one
    with stage.work("wang") as work:
        published = {one.code for one in resources.published(work)}
    assert {resourcing.code(kind) for kind in types.values()} <= published


def test_what_is_not_shared_says_by_what():
    kind = next(iter(schema.read(HOME / "licenses").values())).model_copy(update={"shared": "none"})
    (offered,) = resourcing.resources([kind])
    assert offered.basis
