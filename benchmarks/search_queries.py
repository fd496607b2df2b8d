"""What people type, of every kind: drawn from the names of the list, the same at every run."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from servicehall.searching import pinyin
from servicehall.searching.tokens import letters

GENERIC = (
    "许可",
    "登记",
    "证",
    "企业",
    "审批",
    "变更",
    "备案",
    "经营许可",
    "核发",
    "登",
    "业",
    "人",
)
SAID = (
    "我想开个饭店",
    "开公司",
    "找工作",
    "办身份证",
    "买房",
    "生孩子",
    "怎么办理营业执照",
    "开理发店",
)
LENGTHS = range(1, 9)


@dataclass(frozen=True)
class Asking:
    """One kind of queries: (words, region) each; ``budget`` in ms for p99, 0 for none."""

    name: str
    queries: Sequence[tuple[str, str | None]]
    budget: float = 0.0
    grows: bool = False


def askings(
    names: Sequence[str],
    places: Mapping[int, Sequence[str]],
    number: int,
    budget: float,
    loose: float,
) -> list[Asking]:
    """Queries of every kind for a list with these *names* at *places* (codes by level).

    *budget* and *loose*: milliseconds for what is called so, and for pinyin and slips.
    """
    draw = random.Random(7)
    keys = [key for name in names if len(key := letters(name).replace(" ", "")) >= 8]

    def region() -> str:
        return draw.choice(places[draw.choice((3, 4, 4, 4, 5))])

    def part(length: int) -> str:
        key = draw.choice(keys)
        start = draw.randrange(len(key) - length + 1)
        return key[start : start + length]

    def read(key: str) -> str:
        return " ".join(pinyin.readings(c)[0] for c in key if pinyin.readings(c))

    def slip(key: str) -> str:
        at = draw.randrange(1, len(key) - 1)
        return key[:at] + draw.choice("囧彧砼喆") + key[at + 1 :]

    def homophone(key: str) -> str:
        at = draw.randrange(len(key))
        same = [
            chr(c)
            for c in range(0x4E00, 0x9FFF)
            if pinyin.readings(chr(c)) == pinyin.readings(key[at])
        ]
        return key[:at] + draw.choice(same or [key[at]]) + key[at + 1 :]

    def several(what: Callable[[], str]) -> list[tuple[str, str | None]]:
        return [(what(), region()) for _ in range(number)]

    return [
        *(
            Asking(f"{n} characters, region", several(lambda n=n: part(n)), budget, True)
            for n in LENGTHS
        ),
        Asking("generic words, region", several(lambda: draw.choice(GENERIC)), budget, True),
        Asking(
            "generic words, whole province",
            [(word, None) for word, _ in several(lambda: draw.choice(GENERIC))],
            budget,
        ),
        Asking(
            "plain words (开饭店), region",
            several(lambda: draw.choice(SAID)),
            loose,
        ),
        Asking("pinyin, region", several(lambda: read(part(4))), loose),
        Asking(
            "initials, region", several(lambda: "".join(s[0] for s in read(part(4)).split())), loose
        ),
        Asking("sounds alike, region", several(lambda: homophone(part(4))), loose),
        Asking(
            "slips of 4 to 8 characters, region",
            several(lambda: slip(part(draw.randint(4, 8)))),
            loose,
        ),
        Asking(
            "nothing anybody has, region",
            several(lambda: "".join(draw.choices("囧彧砼喆甦犇", k=4))),
        ),
        Asking("the empty query, region", several(lambda: "")),
    ]
