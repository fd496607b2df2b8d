"""Every limit counted again from what the trace tells, and nothing else."""

from typing import Any


def recounted(told: dict[str, Any]) -> None:
    """Every limit of a trace, counted again by nothing but the trace."""
    for limit in told["limits"].values():
        assert ends(told, limit) == limit["ends_on"], limit


def ends(told: dict[str, Any], limit: dict[str, Any]) -> str | None:
    left = [[s["days"], s["unit"], s["rolls"]] for s in limit["spans"] if s["days"]]
    if limit["ends_on"] is None:
        return None
    for one in told["days"]:
        if not left:
            break
        if one["day"] <= limit["start"] or (limit["stops"] and one["paused"]):
            continue
        if left[0][0] == 1 and left[0][2] and one["worked"] is not True:
            continue  # the last day is a holiday
        left[0][0] -= left[0][1] == "natural_day" or one["worked"] is True
        if left[0][0] == 0:
            left.pop(0)
            if not left:
                return str(one["day"])
    return str(limit["start"]) if not left else None
