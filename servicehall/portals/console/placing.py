"""Placing (定位): beside which element a problem is shown, and lists that grow, shrink and move."""

from collections.abc import Iterable, Sequence
from typing import Any

from servicehall.portals.console.elements import Element
from servicehall.standard.problems import Problem

GROWS = ("add", "remove", "up", "down")


def path_of(body: Any, where: str) -> str:
    """The path of the element that a problem's ``where`` names: members stand by their number.

    A step may be a key, a number or the ``code`` of a member; a bare code is searched for.
    """
    steps = where.split(".") if where else []
    if steps and isinstance(body, dict) and steps[0] not in body:
        return _found(body, steps[0]) or where
    walked: list[str] = []
    inner = body
    for step in steps:
        step, inner = _step(inner, step)
        walked.append(step)
    return ".".join(walked)


def spread(found: Iterable[Problem], shown: Sequence[Element], body: Any) -> list[Problem]:
    """Put each problem beside the deepest element of *shown* it belongs to; the rest comes back."""
    rest = []
    for problem in found:
        home = _deepest(shown, path_of(body, problem.where))
        if home is None:
            rest.append(problem)
        else:
            home.faults.append(problem)
    return rest


def change(body: dict[str, Any], act: str, path: str) -> str:
    """Do *act* (add, remove, up, down) to the list or member at *path* of *body*; where to look."""
    *steps, last = path.split(".")
    holder: Any = body
    for step in steps:
        holder = _inside(holder, step)
    if act == "add":
        members = holder.setdefault(last, []) if isinstance(holder, dict) else None
        if not isinstance(members, list):
            return path
        members.append({})
        return f"{path}.{len(members) - 1}"
    if not (isinstance(holder, list) and last.isdigit() and int(last) < len(holder)):
        return path
    place = int(last)
    member = holder.pop(place)
    if act == "remove":
        return ".".join(steps)
    target = max(0, place - 1) if act == "up" else place + 1
    holder.insert(target, member)
    return ".".join([*steps, str(min(target, len(holder) - 1))])


def _deepest(shown: Sequence[Element], path: str) -> Element | None:
    for element in shown:
        if element.path == path or path.startswith(f"{element.path}."):
            return _deepest(element.parts, path) or element
    return None


def _step(inner: Any, step: str) -> tuple[str, Any]:
    if isinstance(inner, dict):
        return step, inner.get(step)
    if isinstance(inner, list):
        for number, member in enumerate(inner):
            if isinstance(member, dict) and member.get("code") == step:
                return str(number), member
        if step.isdigit() and int(step) < len(inner):
            return step, inner[int(step)]
    return step, None


def _found(body: Any, code: str, under: str = "") -> str:
    """The path of the member whose ``code`` is *code*, "" where there is none."""
    pairs = body.items() if isinstance(body, dict) else enumerate(body or ())
    for key, value in pairs:
        path = f"{under}{key}"
        if isinstance(value, dict) and isinstance(body, list) and value.get("code") == code:
            return path
        if isinstance(value, dict | list) and (inner := _found(value, code, f"{path}.")):
            return inner
    return ""


def _inside(holder: Any, step: str) -> Any:
    if isinstance(holder, list):
        return holder[int(step)] if step.isdigit() and int(step) < len(holder) else {}
    return holder.setdefault(step, {}) if isinstance(holder, dict) else {}
