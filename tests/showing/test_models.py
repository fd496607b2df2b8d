"""A copy's words are sealed in the database."""

from sqlalchemy import text

from servicehall.showing import copies


def test_purpose_and_receiver_are_not_in_the_clear(holder, license):
    copies.make(holder, license, purpose="办理开户", receiver="示范银行", days=30)
    holder.commit()
    row = holder.session.execute(text("SELECT purpose, receiver, jws FROM license_copy")).one()
    assert all("示范".encode() not in value and b"eyJ" not in value for value in row)
