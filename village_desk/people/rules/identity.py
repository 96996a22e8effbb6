"""The citizen identity number: GB 11643-1999, the old 15 digits, and the permits that look like it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from village_desk.kit.text import half_width, tidy
from village_desk.people.rules.words import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# What keyboards and scanners give for X: Cyrillic and Greek look-alikes, the multiplication sign, a star.
_LIKE_X = str.maketrans(dict.fromkeys("xХхΧχ×＊*", "X"))
_DROPPED = str.maketrans(dict.fromkeys(" '’‘`-－—\"“”\u3000\u00a0"))
# 15-digit numbers of people who were 100 and older when numbers were given out end in one of these.
_CENTENARIANS = {"996", "997", "998", "999"}
EARLIEST_BIRTH = dt.date(1850, 1, 1)


@dataclass(frozen=True)
class IdentityCheck:
    """What a typed number says and what is wrong with it.

    `number` is the cleaned number (18 characters when `fault` is empty), `may_keep` is true when the fault may be an
    official mistake that the clerk can keep with a reason, `converted` when 15 digits became 18.
    """

    number: str
    birth: dt.date | None = None
    sex: Sex = Sex.UNKNOWN
    fault: str = ""
    may_keep: bool = False
    converted: bool = False


def check_character(first_17: str) -> str:
    """The 18th character for 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(map(mul, map(int, first_17), _WEIGHTS)) % 11]


def clean_identity(typed: str) -> str:
    """The typed number in half-width upper case, without spaces, quotes and hyphens."""
    if typed.isascii() and typed.isdigit():
        return typed
    plain = typed if typed.isascii() and typed.isprintable() else half_width(tidy(typed))
    return plain.translate(_DROPPED).translate(_LIKE_X)


@lru_cache(maxsize=8192)
def check_identity(typed: str) -> IdentityCheck:
    """Judge a typed identity number; never raises.

    The area code is where the number was first given and may be abolished since, so it is not checked (rules.md §5.3).
    """
    number = clean_identity(typed)
    if not number:
        return IdentityCheck("", fault="身份证号是空的。")
    body = number[:-1] if number.endswith("X") else number
    if not (body.isascii() and body.isdigit()):
        wrong = next(ch for ch in body if not (ch.isascii() and ch.isdigit()))
        return IdentityCheck(number, fault=f"身份证号里有“{wrong}”，只能有数字，末位可以是X。")
    if len(number) == 15 and body == number:
        return _from_15(number)
    if len(number) != 18:
        gap = len(number) - 18
        words = f"多了{gap}位" if gap > 0 else f"少了{-gap}位"
        return IdentityCheck(number, fault=f"身份证号应为18位，这里是{len(number)}位，{words}。")
    return _from_18(number, converted=False)


def _from_15(number: str) -> IdentityCheck:
    century = "18" if number[12:] in _CENTENARIANS else "19"
    first_17 = number[:6] + century + number[6:]
    return _from_18(first_17 + check_character(first_17), converted=True)


def _from_18(number: str, *, converted: bool) -> IdentityCheck:
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    try:
        birth = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return IdentityCheck(
            number, None, sex, f"身份证号里的出生日期{number[6:14]}不存在。", may_keep=True, converted=converted
        )
    if birth < EARLIEST_BIRTH:
        return IdentityCheck(
            number, None, sex, f"身份证号里的出生年份{birth.year}不可能。", may_keep=True, converted=converted
        )
    if check_character(number[:17]) != number[17]:
        if number.endswith("000"):
            fault = "身份证号末三位是000而且校验不符，像是被表格软件抹掉了末几位。"
            return IdentityCheck(number, birth, sex, fault, may_keep=False)
        return IdentityCheck(number, birth, sex, "身份证号校验不符，至少有一位写错了。", may_keep=True)
    return IdentityCheck(number, birth, sex, converted=converted)
