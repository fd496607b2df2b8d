"""Families (家庭): households of every common shape, with marriages and children."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from servicehall.city import places
from servicehall.city.names import RARE, Sex
from servicehall.city.people import AS_OF, Maternity, Resident

HOUSEHOLDS = 820
_FROM_ELSEWHERE = 0.06


def settle(maternity: Maternity) -> None:
    """Fill the city with households; the shapes and how often they occur."""
    chance = maternity.chance
    shapes: dict[Callable[[Maternity], list[Resident]], int] = {
        _alone: 12, _couple: 10, _with_children: 46, _one_parent: 5, _three_generations: 12,
        _old_couple: 10, _widowed: 5,
    }  # fmt: skip
    for shape in chance.choices(list(shapes), list(shapes.values()), k=HOUSEHOLDS):
        house(chance, shape(maternity))
    for name, sex in RARE:
        house(chance, [maternity.born(sex, chance.randint(19, 60), name=name)])


def house(chance: Random, members: list[Resident], *, local: bool = False) -> None:
    """Give the household its home; most are registered where they live, and most heads own it.

    With *local* both are certain.
    """
    home = places.home(chance)
    elsewhere = chance.random() < _FROM_ELSEWHERE and not local
    household = places.far_home(chance) if elsewhere else home
    for member in members:
        member.residence, member.household = home, household
    members[0].owns_home = local or chance.random() < 0.72


def marry(husband: Resident, wife: Resident, on: date) -> None:
    """Join two residents; the household's head is the husband unless somebody says otherwise."""
    for one, other in ((husband, wife), (wife, husband)):
        one.spouse, one.marriage, one.married_on = other, "已婚", on
    wife.relation = "配偶"


def bear(child: Resident, father: Resident | None, mother: Resident | None) -> None:
    """Enter *child* with its parents."""
    child.father, child.mother = father, mother
    child.relation = "子" if child.sex == "男" else "女"
    for parent in filter(None, (father, mother)):
        parent.children.append(child)


def _alone(maternity: Maternity) -> list[Resident]:
    return [maternity.born(_either(maternity.chance), maternity.chance.randint(19, 45))]


def _couple(maternity: Maternity) -> list[Resident]:
    return list(_pair(maternity, maternity.chance.randint(24, 40)))


def _with_children(maternity: Maternity) -> list[Resident]:
    father, mother = _pair(maternity, maternity.chance.randint(26, 50))
    many = maternity.chance.choices((1, 2, 3), (60, 34, 6))[0]
    return [father, mother, *_offspring(maternity, father, mother, many)]


def _one_parent(maternity: Maternity) -> list[Resident]:
    chance = maternity.chance
    parent = maternity.born(_either(chance), chance.randint(27, 48))
    parent.marriage = "离异"
    parent.married_on = AS_OF - timedelta(days=chance.randint(300, 2500))
    father, mother = (parent, None) if parent.sex == "男" else (None, parent)
    return [parent, *_offspring(maternity, father, mother, 1)]


def _three_generations(maternity: Maternity) -> list[Resident]:
    chance = maternity.chance
    father, mother, *children = _with_children(maternity)
    age = father.age + chance.randint(28, 33)
    old_man, old_woman = _pair(maternity, age, _surname(father), before=father.birth)
    bear(father, old_man, old_woman)
    father.relation = "户主"
    old_man.relation, old_woman.relation = "父亲", "母亲"
    return [father, mother, *children, old_man, old_woman]


def _old_couple(maternity: Maternity) -> list[Resident]:
    return list(_pair(maternity, maternity.chance.randint(61, 92)))


def _widowed(maternity: Maternity) -> list[Resident]:
    somebody = maternity.born(_either(maternity.chance), maternity.chance.randint(68, 98))
    somebody.marriage = "丧偶"
    return [somebody]


def _pair(
    maternity: Maternity, age: int, surname: str = "", *, before: date = AS_OF
) -> tuple[Resident, Resident]:
    """A couple that married at 22 or later (20 and 22 are the ages of 民法典 1047 条)."""
    chance = maternity.chance
    husband = maternity.born("男", age, surname=surname)
    wife = maternity.born("女", max(23, age - chance.randint(-1, 4)))
    youngest = max(husband.birth, wife.birth)
    earliest = youngest.replace(day=1, year=youngest.year + 22) + timedelta(days=31)
    span = max(0, min((before - earliest).days - 1, 2500))
    marry(husband, wife, earliest + timedelta(days=chance.randint(0, span)))
    return husband, wife


def _offspring(
    maternity: Maternity, father: Resident | None, mother: Resident | None, many: int
) -> list[Resident]:
    """Children at most 24 years old, three years apart, none before the wedding."""
    chance = maternity.chance
    parents = [p for p in (father, mother) if p]
    wedding = parents[0].married_on if len(parents) == 2 else None
    married = AS_OF.year - wedding.year - 1 if wedding else 24
    oldest = min(24, married, *(p.age - 22 for p in parents))
    age = chance.randint(0, oldest) if oldest >= 0 else -1
    children: list[Resident] = []
    while len(children) < many and age >= 0:
        child = maternity.born(_either(chance), age, surname=_surname(parents[0]))
        bear(child, father, mother)
        children.append(child)
        age -= 3
    return children


def _surname(parent: Resident) -> str:
    return parent.name[:2] if parent.name[:2] in _DOUBLE else parent.name[:1]


def _either(chance: Random) -> Sex:
    return "男" if chance.random() < 0.51 else "女"


_DOUBLE = frozenset({"欧阳", "上官", "司徒", "诸葛"})
