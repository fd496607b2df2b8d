"""Run by Indico's own Python: one conference with one open registration form of eight fields.

Prints one JSON line: the event, the form and the name of each field in the submission.
"""

import json
from datetime import timedelta

from flask import session
from indico.core.db import db
from indico.modules.categories import Category
from indico.modules.events.features.util import set_feature_enabled
from indico.modules.events.models.events import EventType
from indico.modules.events.operations import create_event
from indico.modules.events.registration.models.forms import RegistrationForm
from indico.modules.events.registration.util import create_personal_data_fields
from indico.modules.users import User
from indico.util.date_time import now_utc
from indico.web.flask.app import make_app

FIELDS = 8


def event_with_form() -> dict[str, object]:
    """Through Indico's own operations; guests may register, no captcha, no limit."""
    owner = User(first_name="Bench", last_name="Mark", email="owner@example.test", is_admin=True)
    db.session.add(owner)
    db.session.flush()
    session.set_session_user(owner)
    start = now_utc() + timedelta(days=30)
    event = create_event(Category.get_root(), EventType.conference, {
        "title": "Benchmark", "start_dt": start, "end_dt": start + timedelta(days=1),
        "timezone": "UTC", "creator": owner,
    })  # fmt: skip
    set_feature_enabled(event, "registration", True)
    form = RegistrationForm(
        event=event, title="Application", currency="EUR", require_captcha=False,
        start_dt=now_utc() - timedelta(days=1),
    )  # fmt: skip
    create_personal_data_fields(form)
    fields = sorted(form.sections[0].fields, key=lambda f: f.position)[:FIELDS]
    for field in fields:
        field.is_enabled = True
    db.session.add(form)
    db.session.commit()
    names = {f.personal_data_type.name: f.html_field_name for f in fields}
    return {"event": event.id, "form": form.id, "fields": names}


if __name__ == "__main__":
    with make_app().test_request_context():
        print(json.dumps(event_with_form()))
