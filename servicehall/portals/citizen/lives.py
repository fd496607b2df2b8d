"""Lives (一件事): what people live through as one page, whatever departments it takes."""

from flask import Blueprint, render_template

from servicehall.catalogue import together
from servicehall.portals import naming
from servicehall.portals.citizen import cards
from servicehall.portals.guard import work

pages = Blueprint("lives", __name__, url_prefix="/bundles")


@pages.get("")
def index() -> str:
    """Every bundle."""
    wholes = [together.whole(work, bundle.slug) for bundle in together.every(work)]
    return render_template("citizen/bundles.html", wholes=wholes)


@pages.get("/<slug>")
def bundle(slug: str) -> str:
    """One bundle: its stages, its papers once, its days."""
    whole = together.whole(work, slug)
    unfounded = any(not basis.verified for basis in whole.bundle.bases)
    return render_template(
        "citizen/bundle.html", whole=whole, bundle=whole.bundle, unfounded=unfounded, card=cards.card,
        keep=cards.keeping("bundle", slug, naming.named(whole.bundle)),
    )  # fmt: skip
