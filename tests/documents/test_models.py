"""What the database keeps of a paper."""

from sqlalchemy import text

from servicehall.documents import authoring
from servicehall.documents.models import file_key
from servicehall.storage.store import KEY
from tests.documents.conftest import paper


def test_the_database_never_sees_the_words(office):
    document = authoring.write(office, paper())
    office.commit()
    (kept,) = office.session.execute(text("SELECT words FROM document")).scalars()
    assert "王雨桐".encode() not in bytes(kept)
    assert document.file_key == f"documents/paper-{document.key}.pdf"


def test_whatever_key_it_has_its_file_can_be_kept():
    for first in "-_aZ9":
        assert KEY.fullmatch(file_key(f"{first}0Y_bxLEVbaOEyW_pwdQ-A"))
