"""Names (姓名和字号): made from lists, so that nobody real is meant."""

from itertools import product
from random import Random
from typing import Literal

Sex = Literal["男", "女"]

# The order is that of frequency; the first ones are drawn more often.
SURNAMES = (
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "韩", "冯", "曹", "彭", "曾",
    "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁",
    "任", "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "韦", "贾",
    "欧阳", "上官", "司徒", "诸葛",
)  # fmt: skip
GIVEN: dict[Sex, tuple[str, str]] = {
    "男": (
        "建志文明国永德家思宇子俊浩天泽立正学振瑞书承景启向",
        "国华强军伟杰峰涛超鹏辉斌宇轩博然凯磊林安平成远山舟",
    ),
    "女": (
        "秀玉美晓雨思佳欣诗梦静雅淑桂春婉语若可清心月慧书怡",
        "英兰芳丽娟燕敏婷雪琳妍萱彤瑶怡涵洁颖菲宁岚桐蓉禾霞",
    ),
}
# Characters that old systems lost: beyond the basic plane, or missing from GB 2312.
RARE: tuple[tuple[str, Sex], ...] = (
    ("周𬱖", "男"), ("林婳祎", "女"), ("欧阳𬱖", "女"), ("赵婳祎", "女"), ("陈喆𬱖", "男"),
    ("何珺祎", "女"), ("李玥婳", "女"), ("黄昶旻", "男"),
)  # fmt: skip
BRANDS = tuple(
    a + b
    for a, b in product("春晨嘉瑞盛恒启云锦福安康鼎宏景乐雅悦泰华", "和禾源泰达丰兴缘宁远诚信利海")
    if a != b
)


def surname(chance: Random) -> str:
    """A surname; the common ones more often."""
    return SURNAMES[int(len(SURNAMES) * chance.random() ** 2)]


def given(chance: Random, sex: Sex) -> str:
    """A given name of one or two characters for *sex*."""
    first, second = GIVEN[sex]
    last = chance.choice(second)
    return last if chance.random() < 0.15 else chance.choice(first) + last
