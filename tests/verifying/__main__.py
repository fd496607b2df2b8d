"""``python -m tests.verifying --flips 600 --genuine 1000``: nothing forged accepted, nothing genuine refused."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.licenses.conftest import Hall
from tests.verifying.corpus import judged


def main() -> int:
    options = argparse.ArgumentParser("tests.verifying", description=__doc__)
    options.add_argument("--flips", type=int, default=600)
    options.add_argument("--genuine", type=int, default=1000)
    options.add_argument("--faces", type=int, default=50, help="how many of them with their PDF")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        hall = Hall(Path(scratch))
        told = judged(
            hall, flips=chosen.flips, genuine=chosen.genuine, faces=chosen.faces, seed=chosen.seed
        )
        hall.close()
    print("\n".join([*told.accepted, *told.refused]))
    print(
        f"{told.flips} flips: {len(told.accepted)} accepted · {told.genuine} genuine licenses and "
        f"{chosen.faces} PDFs: {len(told.refused)} refused · {time.monotonic() - began:.0f} s"
    )
    return 0 if told.clean else 1


if __name__ == "__main__":
    sys.exit(main())
