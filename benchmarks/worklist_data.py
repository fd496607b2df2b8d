"""Cases in bulk for the worklist benchmark: made by the database itself, a realistic spread, few secrets.

Of a hundred cases three wait for acceptance, four for an opinion, two for the decision, one stands
in a special procedure, the rest have ended over five years. Every person has ten. Sealed columns
hold one value each. Twenty cases are due for acceptance by silence, however many there are.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, text

from servicehall.catalogue.models import ItemRevision
from servicehall.city.offices import PLACES, offices
from servicehall.identity.models import Department, Region
from servicehall.kernel.columns import vault_of
from servicehall.kernel.database import Database
from servicehall.tables import METADATA

TODAY = date(2026, 3, 2)
OFFICES = [o.code for o in offices() if not o.one_window][:20]
ITEMS = 8
_CASE = """
INSERT INTO "case" (id, key, number, query_code, revision_id, item_code, item_name, department,
  party, applicant, applicant_index, agent, state, facts, answers, begun_at, saved_at,
  submitted_at, accept_by, accepted_at, due_on, statutory_on, decided_at, decided_by, closed_at,
  version)
SELECT n, {key}, {number}, {code}, 1, {item}, '示范事项', {department}, {party}, :name, NULL, '',
  CASE WHEN k < 3 THEN 'submitted' WHEN k < 9 THEN 'accepted' WHEN k = 9 THEN 'suspended'
       ELSE 'closed' END,
  :facts, :answers, {at}, {at}, {at},
  CASE WHEN k < 3 AND n < 700 THEN {yesterday} WHEN k < 3 THEN {soon} END,
  CASE WHEN k >= 3 THEN {at} END, CASE WHEN k BETWEEN 3 AND 9 THEN {later} END, NULL,
  CASE WHEN k > 9 THEN {at} END, '', CASE WHEN k > 9 THEN {at} END, 1
FROM (SELECT n, n % 100 AS k, n / 100 AS g FROM {numbers}) AS many
"""


class Speech:
    """How each engine says the same: numbers, texts, days."""

    def __init__(self, dialect: str, size: int) -> None:
        self.lite, self.size = dialect == "sqlite", size
        self.yes, self.no = ("1", "0") if self.lite else ("true", "false")

    def numbers(self, low: int, high: int) -> str:
        if not self.lite:
            return f"generate_series({low}, {high}) AS s(n)"
        return (
            f"(WITH RECURSIVE s(n) AS (SELECT {low} UNION ALL SELECT n + 1 FROM s WHERE n < {high})"
            " SELECT n FROM s)"
        )

    def padded(self, prefix: str, what: str, width: int) -> str:
        if self.lite:
            return f"printf('{prefix}%0{width}d', {what})"
        return f"'{prefix}' || lpad(({what})::text, {width}, '0')"

    def day(self, shift: str) -> str:
        if self.lite:
            return f"date('{TODAY}', ({shift}) || ' days')"
        return f"(date '{TODAY}' + ({shift})::int)"

    def moment(self, days_ago: str) -> str:
        if self.lite:
            return f"strftime('%Y-%m-%d 04:00:00.000000', '{TODAY}', (-({days_ago})) || ' days')"
        return f"(timestamp '{TODAY} 04:00' - ({days_ago}) * interval '1 day')"

    @property
    def department(self) -> str:
        """A quarter of all cases lie with the first department."""
        whens = " ".join(f"WHEN {n} THEN '{code}'" for n, code in enumerate(OFFICES))
        return f"(CASE CASE WHEN g % 4 = 0 THEN 0 ELSE g % {len(OFFICES)} END {whens} END)"

    @property
    def item(self) -> str:
        return self.padded("9" * 29, f"g % {ITEMS}", 2)


def fill(database: Database, size: int, told: Callable[[str], None] = lambda _: None) -> None:
    """Put *size* cases, their tasks and counts in; the indexes are made after the rows."""
    say = Speech(database.engine.dialect.name, size)
    tables = [METADATA.tables[name] for name in ("case", "task", "review", "pause")]
    with database.engine.begin() as connection:
        _surroundings(connection)
        for table in tables:
            for index in table.indexes:
                index.drop(connection)
    step = 1_000_000
    for low in range(1, size + 1, step):
        with database.engine.begin() as connection:
            if not say.lite:  # each row fits the others by its making
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            _some(connection, say, low, min(size, low + step - 1))
    told("rows")
    for table in tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            with database.engine.begin() as connection:
                index.create(connection)
            told(str(index.name))
    with database.engine.begin() as connection:
        _counts(connection)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if say.lite else "VACUUM ANALYZE")
    told("counts and statistics")


def _surroundings(connection: Connection) -> None:
    connection.execute(insert(Region), [
        {"code": p.code, "name": p.name, "level": p.level, "parent": p.parent} for p in PLACES
    ])  # fmt: skip
    connection.execute(insert(Department), [
        {"code": o.code, "name": o.name, "region": o.region, "short": o.short,
         "one_window": o.one_window} for o in offices()
    ])  # fmt: skip
    connection.execute(insert(ItemRevision).values(
        id=1, code="9" * 31, digest="0" * 64, body={}, published_at=datetime(2026, 1, 1, tzinfo=UTC)
    ))  # fmt: skip


def _some(connection: Connection, say: Speech, low: int, high: int) -> None:
    vault = vault_of(connection.dialect)
    ago = f"CASE WHEN k < 10 THEN g % 10 ELSE 1825 - n / {say.size // 1800 + 1} END"
    said = {
        "key": say.padded("k", "n", 21), "number": say.padded("990101202603021", "n", 8),
        "code": say.padded("Q", "n", 8), "item": say.item, "department": say.department,
        "party": say.padded("person:", f"n % {max(1, say.size // 10)}", 15),
        "at": say.moment(ago), "numbers": say.numbers(low, high), "yesterday": say.day("-1"),
        "soon": say.day("g % 5"), "later": say.day("g % 20"),
    }  # fmt: skip
    sealed = {
        "name": vault.encrypt("case.applicant", '"王小明"'.encode()),
        "facts": vault.encrypt("case.facts", b"{}"),
        "answers": vault.encrypt("case.answers", b"{}"),
    }
    connection.execute(text(_CASE.format(**said)), sealed)
    numbers = say.numbers(low, high)
    many = f"(SELECT n, n % 100 AS k, n / 100 AS g FROM {numbers}) AS many"
    connection.execute(text(
        "INSERT INTO review (case_id, name, department, department_name, due_on, \"by\", agrees,"
        f" defaults) SELECT n, '审查', {say.department}, '某局', {say.day('g % 15')}, '', NULL,"
        f" {say.no} FROM {many}"
        " WHERE k BETWEEN 3 AND 6"
    ))  # fmt: skip
    connection.execute(text(
        "INSERT INTO pause (case_id, kind, name, basis, starts_on, planned_end, officers, place, presider)"
        f" SELECT n, 'inspection', '现场核查', '某法', {say.day('-1')}, {say.day('g % 8')}, '', '', ''"
        f" FROM {many} WHERE k = 9"
    ))  # fmt: skip
    begun, due = "-(g % 10)", "CASE WHEN k < 3 AND n < 700 THEN -1 WHEN k < 3 THEN g % 5"
    due += " WHEN k < 7 THEN g % 15 WHEN k < 9 THEN g % 20 ELSE g % 8 END"
    tasks = (
        f"(SELECT n, k, g, CASE WHEN k = 9 THEN -1 ELSE {begun} END AS b, {due} AS d FROM {many}"
        " WHERE k < 10) AS tasks"
    )
    span = "(CASE WHEN d - b > 1 THEN d - b ELSE 1 END)"
    lead = f"CASE WHEN k < 3 OR k = 9 THEN {say.yes} ELSE {say.no} END"
    connection.execute(text(
        "INSERT INTO task (case_id, department, step, lead, item_code, region, begun_on, yellow_on,"
        " red_on, due_on, assignee)"
        f" SELECT n, {say.department}, CASE WHEN k < 3 THEN 'accept' WHEN k < 7 THEN 'review'"
        f" WHEN k < 9 THEN 'decide' ELSE 'paused' END, {lead}, {say.item}, '990101', {say.day('b')},"
        f" {say.day(f'b + ({span} * 5 + 9) / 10')}, {say.day(f'b + ({span} * 9 + 9) / 10')},"
        f" {say.day('d')}, '' FROM {tasks}"
    ))  # fmt: skip


def _counts(connection: Connection) -> None:
    for place, where in (("department", "1 = 1"), ("''", "lead")):
        group = "department, step" if where != "lead" else "step"
        connection.execute(text(
            f"INSERT INTO tally (department, step, count) SELECT {place}, step, count(*)"
            f" FROM task WHERE {where} GROUP BY {group}"
        ))  # fmt: skip
    connection.execute(text(
        "INSERT INTO tally (department, step, count) SELECT department, 'done', count(*)"
        " FROM \"case\" WHERE closed_at IS NOT NULL GROUP BY department"
    ))  # fmt: skip
    connection.execute(text(
        "INSERT INTO tally (department, step, count) SELECT '', 'done', count(*) FROM \"case\""
        " WHERE closed_at IS NOT NULL"
    ))  # fmt: skip
