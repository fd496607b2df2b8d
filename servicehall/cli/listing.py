"""Listing (事项清单命令): check the files of the list, and compare its wordings."""

import argparse
from pathlib import Path

from servicehall.kernel.settings import Settings
from servicehall.revising import itemfiles


def check(_: argparse.Namespace) -> int:
    """``items check``: one line a problem (file, line, rule, mend), then their number; 0 if none."""
    _items, found = itemfiles.examined(Path(Settings.load().home))
    print("\n".join(found) or "items: every file is in order")
    if found:
        print(f"items: {len(found)} problems")
    return 1 if found else 0
