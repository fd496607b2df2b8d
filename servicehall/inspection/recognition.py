"""Recognition (证明材料识别): which dataset or license makes a paper superfluous, told by its name."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from servicehall.kernel.declarations import parse
from servicehall.standard.parts import Declared, Text
from servicehall.standard.problems import Surroundings

Whose = Literal["applicant", "family", "agent", "other"]


@dataclass(frozen=True, slots=True)
class Supply:
    """What a paper called so says (可替代的证明): the dataset that says it too, and its fields."""

    dataset: str
    fields: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One paper in a material's name (识别结果): its ``words`` and what supplies it.

    ``source`` is a dataset's code or a license type's slug, "" where nothing registered supplies
    the paper; ``waiting`` then names the dataset that would, once it is registered.
    """

    words: str
    source: str = ""
    fields: tuple[str, ...] = ()
    whose: Whose = "applicant"
    waiting: str = ""

    @property
    def superfluous(self) -> bool:
        """Whether the hall can ask for it: others than applicant, family and agent never agreed."""
        return bool(self.source) and self.whose != "other"


class Supplies(Declared):
    """What recognition.yaml says of one dataset: the papers it replaces (证明材料与数据集对照)."""

    dataset: Text
    fields: tuple[Text, ...]
    called: tuple[Text, ...]


class Lexicon(Declared):
    """What recognition.yaml says: regular expressions and words."""

    supplies: tuple[Supplies, ...]
    licenses: dict[str, tuple[Text, ...]]
    whose: dict[Literal["agent", "other", "family"], tuple[Text, ...]]
    abroad: tuple[Text, ...]
    elsewhere: tuple[Text, ...]


_COPY = re.compile(  # what follows a paper's name without making it another paper
    r"(?:复印件|复印|影印件|扫描件|扫描|打印件|电子版|电子件|电子照|纸质版|原件|照片|彩照|图片|正反面|正面|反面|"
    r"人像面|国徽面|正副本|正本|副本|首页|全本|整本|本人页|户主页|索引页|信息页|页|式?[一二两三四五\d]+[份张套]|一式|"
    r"加盖公章|加盖印章|加盖.{0,6}章|盖公章|盖章|签字|查验|核验|交验|彩色|清晰|有效|验|各|"
    r"材料|文件|资料|凭证|之一|等|书|号|的|件|原)$"
)
_ORDER: tuple[Literal["agent", "other", "family"], ...] = ("other", "agent", "family")
_HELD = re.compile(r"手持")  # a new picture of somebody with the card: nobody else has it
_DOCUMENT = re.compile(
    r"(?:[证书信表簿薄本件卡照单图函册状稿票据片文帐账]|报告|证明|合同|协议|材料|文件|章程|名单|凭证|记录|说明|方案|批复|"
    r"决定|意见|清单|资料|信息|制度|声明|承诺|申请|样张|标志|学历|户籍|登记|身份|相片|情况|计划|规划)$"
)
_SPLIT = re.compile(r"[、,，;；/\n+＋]|以及|或者|和|及其|及|或|与|并")
_CONDITION = re.compile(r"^(?:[^的]{0,14})(?:已|未|无需|不需|如|若|凭|须|应当|需|仅|不)")
_MARKS = re.compile(r"[《》〈〉“”\"'「」『』\s.。·*]")
_NUMBERED = re.compile(r"^(?:\d+|[一二三四五六七八九十]+|[①-⑳])[、.．)）]|^[①-⑳]")


class _Known:
    """The lexicon made ready to be searched."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.supplies = tuple(
            Supply(each.dataset, each.fields, re.compile(f"(?:{'|'.join(each.called)})$"))
            for each in lexicon.supplies
        )
        self.licenses = lexicon.licenses
        self.whose: tuple[tuple[Whose, re.Pattern[str]], ...] = tuple(
            (whose, re.compile("|".join(lexicon.whose[whose]))) for whose in _ORDER
        )
        self.abroad = re.compile("|".join(lexicon.abroad))
        self.elsewhere = re.compile("|".join((*lexicon.abroad, *lexicon.elsewhere)))


@cache
def _known() -> _Known:
    """Read once, when it is first asked for."""
    file = Path(__file__).with_suffix(".yaml")
    return _Known(parse(file.read_bytes(), Lexicon, name=file.name))


def find(name: str, around: Surroundings) -> list[Finding]:
    """Every paper that *name* asks for, in order; what is no paper of an office has no source.

    One name may ask for several (「身份证、户口簿及申请表」); brackets may name others still.
    """
    found = [_finding(part, around) for part in parts(name)]
    others = next((n for n, paper in enumerate(found) if paper.whose == "other"), len(found))
    return [  # 「股东的主体资格证明或身份证」: what follows is theirs too, unless it says whose
        replace(paper, whose="other") if n > others and paper.whose == "applicant" else paper
        for n, paper in enumerate(found)
    ]


def parts(name: str) -> list[str]:
    """The papers that one material's name lists, without copies, counts and marks."""
    folded = unicodedata.normalize("NFKC", name)
    bare = _MARKS.sub("", _NUMBERED.sub("", folded.strip()))
    inner = [note for note in re.findall(r"\(([^()]*)\)|\[([^\[\]]*)\]", bare) for note in note]
    outer = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", _kept, bare)
    notes = [note for note in inner if not _CONDITION.match(note)]
    found = [part for text in (outer, *notes) for part in _listed(text)]
    return list(dict.fromkeys(found)) or [bare]


def _kept(bracket: re.Match[str]) -> str:
    """A bracket is read by itself; what it says about foreign papers is kept where it stands."""
    return "".join(_known().abroad.findall(bracket[0])[:1])


def barer(text: str) -> list[str]:
    """A paper's name, then ever barer of what only says in which copy it is wanted."""
    found = [text]
    while shorter := _COPY.sub("", found[-1]):
        if shorter == found[-1]:
            break
        found.append(shorter)
    return found if shorter else [*found, ""]


def _listed(text: str) -> Iterator[str]:
    begun = ""  # 「申请人和代理人身份证」: the first piece is no paper, it belongs to the next
    for piece in _SPLIT.split(re.sub("正、?副本", "正副本", text)):
        names = barer(piece)
        if not names[-1] and not begun:
            continue  # 「复印件」 alone
        if piece.startswith("需"):  # 「需核查户籍信息的」 is a condition, no paper
            continue
        begun += piece
        if any(map(_DOCUMENT.search, names)) or any(map(_supplied, names)):
            yield begun
            begun = ""


def _finding(part: str, around: Surroundings) -> Finding:
    waiting = ""
    for bare in () if _HELD.search(part) else barer(part):
        supply, said = _supplied(bare), _license(bare, around)
        if supply and supply.dataset in around.datasets:
            whose = _whose(supply.pattern.sub("", bare))
            fields = tuple(f for f in supply.fields if f in around.datasets[supply.dataset])
            return Finding(part, supply.dataset, fields, whose)
        if said:
            return Finding(part, said[1], (), _whose(bare.removesuffix(said[0])))
        waiting = waiting or (supply.dataset if supply else "")
    return Finding(part, whose=_whose(part), waiting=waiting)


def _supplied(text: str) -> Supply | None:
    known = _known()
    if not text or known.elsewhere.search(text):
        return None
    found = [(m.start(), each) for each in known.supplies if (m := each.pattern.search(text))]
    return min(found, key=lambda each: each[0])[1] if found else None


def _license(text: str, around: Surroundings) -> tuple[str, str] | None:
    """The name and the license type whose paper *text* is; the longest name wins."""
    known = _known()
    if known.abroad.search(text):
        return None
    names = [
        (called, slug)
        for slug, name in around.licenses.items()
        for called in (name, *known.licenses.get(name, ()))
        if text.endswith(called)
    ]
    return max(names, key=lambda each: len(each[0]), default=None)


def _whose(text: str) -> Whose:
    found = (whose for whose, pattern in _known().whose if pattern.search(text))
    return next(found, "applicant")
