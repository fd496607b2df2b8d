"""Layout (上报表结构): the national tables up_pro_* (STANDARDS 2.2): columns, widths, what must be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: at most *width* characters, 0 where none is known; *required* is NOT NULL (●)."""

    name: str
    width: int = 0
    required: bool = False


def _columns(said: str) -> tuple[Column, ...]:
    """``name*50``: a name, ``*`` where it must be there, and its width."""
    found = []
    for word in said.split():
        name, star, width = word.partition("*")
        plain, _, narrow = name.partition(":")
        found.append(Column(plain, int(width or narrow or 0), bool(star)))
    return tuple(found)


TABLES: Final[dict[str, tuple[Column, ...]]] = {
    "up_pro_accept": _columns(
        "project_no*50 catalog_code*12 task_code*36 task_handle_item task_name* task_version* "
        "applyer_type*2 applyer_name*100 applyer_page_type* applyer_page_code*500 contact_name "
        "contact_type contact_code contact_mobile legal project_name apply_type*2 project_type*2 "
        "org_code* org_name* handle_user_name apply_date* accept_date* accept_doc_no:50 "
        "promise_date address zip_code"
    ),
    "up_pro_process": _columns(
        "project_no* event_name*2 process_name* handle_user_name* handle_explain*2000 "
        "event_start_time* event_end_time*"
    ),
    "up_pro_special_procedure": _columns(
        "project_no* special_type*2 special_name* special_time* special_reason* applyer_user_name "
        "end_time* result special_explain handle_user"
    ),
    "up_pro_result": _columns(
        "project_no* result_date* result_type*2 result_explain result_cetr_name:256 "
        "result_cetr_no:2000 is_delivery_results* satisfaction:2"
    ),
    "up_pro_material": _columns("project_no* material_name* get_type*2 get_num attach_name"),
}


def faults(table: str, row: Row) -> list[str]:
    """What is wrong with *row*, each in one line; nothing where it may be sent."""
    found = []
    for column in TABLES[table]:
        value = row.get(column.name, "")
        if column.required and not value:
            found.append(f"{table} {row['project_no']}: {column.name} is empty")
        if column.width and len(value) > column.width:
            found.append(
                f"{table} {row['project_no']}: {column.name} is longer than {column.width}"
            )
    return found
