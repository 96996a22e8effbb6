"""Fractions of a named base in whole numbers: 三分之二以上, 过半数."""

from dataclasses import dataclass
from enum import StrEnum

_FIGURES = "零一二三四五六七八九十"


def chinese_number(number: int) -> str:
    """二十五 from 25, for numbers from 0 to 99 as articles and fractions need them."""
    if number <= 10:
        return _FIGURES[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _FIGURES[tens]) + "十" + (_FIGURES[ones] if ones else "")


class Op(StrEnum):
    """“以上” includes the number, “过半数” and “超过” exclude it (民法典 1259)."""

    AT_LEAST = ">="
    MORE_THAN = ">"


class Base(StrEnum):
    """Whom a fraction is taken of."""

    PRESENT = "present"
    ALL_ELIGIBLE = "all_eligible"
    ALL_MEMBERS = "all_members"
    REPRESENTATIVES = "representatives"
    WOMEN_REPRESENTATIVES = "women_representatives"
    HOUSEHOLDS = "households"
    HOUSEHOLDS_REPRESENTED = "households_represented"
    VOTES_CAST = "votes_cast"


@dataclass(frozen=True)
class Share:
    """num/den of a base; “应到的三分之二以上” is Share(2, 3, Op.AT_LEAST, Base.ALL_ELIGIBLE)."""

    num: int
    den: int
    op: Op
    base: Base

    def reached_by(self, part: int, total: int) -> bool:
        """Whether `part` of `total` people, households or votes reaches the share."""
        left, right = part * self.den, self.num * total  # whole numbers only: 0.667 would turn 25 of 37 away
        return left >= right if self.op is Op.AT_LEAST else left > right

    def needed(self, total: int) -> int:
        """The smallest number of people, households or votes that reaches the share."""
        if self.op is Op.AT_LEAST:
            return -(-self.num * total // self.den)
        return self.num * total // self.den + 1

    @property
    def words(self) -> str:
        """The share as statutes write it."""
        if self.num * 2 == self.den:
            return "半数以上" if self.op is Op.AT_LEAST else "过半数"
        fraction = f"{chinese_number(self.den)}分之{chinese_number(self.num)}"
        return f"{fraction}以上" if self.op is Op.AT_LEAST else f"超过{fraction}"
