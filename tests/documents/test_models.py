"""What the database keeps of a paper."""

from sqlalchemy import text

from servicehall.documents import authoring
from tests.documents.conftest import paper


def test_the_database_never_sees_the_words(office):
    document = authoring.write(office, paper())
    office.commit()
    (kept,) = office.session.execute(text("SELECT words FROM document")).scalars()
    assert "王雨桐".encode() not in bytes(kept)
    assert document.file_key == f"documents/{document.key}.pdf"
