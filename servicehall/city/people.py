"""People (居民): residents with identity numbers of the reserved area 99 01 01."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Self

from servicehall.city import names
from servicehall.city.names import Sex
from servicehall.kernel.codes import citizen_check

AREA = "990101"
AS_OF = date(2026, 1, 1)  # the day on which the city's records stand
FIRST_PHONE = 19900000000
MINORITIES = ("回", "壮", "满", "苗", "土家", "彝", "蒙古", "藏", "维吾尔", "朝鲜")


@dataclass(slots=True, eq=False)
class Resident:
    """Somebody who lives in the demo city (居民); ``relation`` is to the head of the household."""

    number: str
    name: str
    sex: Sex
    ethnicity: str
    birth: date
    phone: str
    relation: str = "户主"
    household: str = ""
    residence: str = ""
    owns_home: bool = False
    marriage: str = "未婚"
    married_on: date | None = None
    spouse: Self | None = None
    father: Self | None = None
    mother: Self | None = None
    children: list[Self] = field(default_factory=list)

    @property
    def serial(self) -> int:
        """How many were entered before; certificates and cards are numbered by it."""
        return int(self.phone) - FIRST_PHONE

    @property
    def age(self) -> int:
        """Full years on the day on which the records stand."""
        had_birthday = (AS_OF.month, AS_OF.day) >= (self.birth.month, self.birth.day)
        return AS_OF.year - self.birth.year - (not had_birthday)


class Maternity:
    """Where residents come from: every identity number is given out once."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.everyone: list[Resident] = []
        self._born: Counter[tuple[date, Sex]] = Counter()

    def born(
        self, sex: Sex, age: int, *, surname: str = "", name: str = "", birth: date | None = None
    ) -> Resident:
        """A new resident of *age* years, or born on *birth*."""
        birth = birth or self._birthday(age)
        name = name or (surname or names.surname(self.chance)) + names.given(self.chance, sex)
        common = self.chance.random() < 0.94
        somebody = Resident(
            number=self._number(birth, sex), name=name, sex=sex, birth=birth,
            ethnicity="汉" if common else self.chance.choice(MINORITIES),
            phone=str(FIRST_PHONE + len(self.everyone)),
        )  # fmt: skip
        self.everyone.append(somebody)
        return somebody

    def _birthday(self, age: int) -> date:
        youngest = AS_OF.replace(year=AS_OF.year - age)
        return youngest - timedelta(days=self.chance.randint(0, 364))

    def _number(self, birth: date, sex: Sex) -> str:
        """Area, birth date, serial (odd for men), check character (GB 11643-1999)."""
        earlier = self._born[birth, sex]
        self._born[birth, sex] += 1
        serial = 2 * earlier + (11 if sex == "男" else 12)
        first17 = f"{AREA}{birth:%Y%m%d}{serial:03}"
        return first17 + citizen_check(first17)
