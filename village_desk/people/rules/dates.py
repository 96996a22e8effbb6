"""Dates of birth as people write them: whole, to the month, or only the year."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from village_desk.kit.text import half_width, tidy

_SEPARATED = re.compile(r"(\d{4})[-/.．。、年,]+(\d{1,2})(?:[-/.．。、月,]+(\d{1,2}))?[日号.。]?")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?")
_SHORT_YEAR = re.compile(r"(\d{2})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?[日号]?")
_TIME_TAIL = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_CHINESE = str.maketrans("零〇○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE_DATE = re.compile(
    r"([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月"
    r"(?:([一二三四五六七八九十]{1,3})[日号])?"
)


@dataclass(frozen=True)
class DateCheck:
    """A date as registered: `text` is 1968-03-05, 1968-03 or 1968; `fault` is the sentence when it is no date."""

    text: str = ""
    fault: str = ""

    @property
    def day(self) -> dt.date | None:
        """The day when all three parts are known."""
        return dt.date.fromisoformat(self.text) if len(self.text) == 10 else None


@lru_cache(maxsize=8192)
def read_birth(typed: str) -> DateCheck:
    """A birth date from what a clerk typed: 1968-3-5, 1968.03, 19680305, 1968年3月5日, 一九六八年三月; never raises."""
    plain = typed.strip() if typed.isascii() and typed.isprintable() else half_width(tidy(typed))
    text = _TIME_TAIL.sub("", plain).replace(" ", "")
    if not text:
        return DateCheck(fault="日期是空的。")
    if "农历" in text or "阴历" in text:
        return DateCheck(fault=f"“{typed}”是农历，请换算成公历。")
    chinese = _CHINESE_DATE.fullmatch(text)
    if chinese:
        year, month, day = chinese.groups()
        return _made(typed, year.translate(_CHINESE), _chinese_figure(month), _chinese_figure(day) if day else None)
    found = _SEPARATED.fullmatch(text) or _MONTH.fullmatch(text) or _RUN.fullmatch(text)
    if found:
        parts = found.groups()
        return _made(typed, parts[0], parts[1], parts[2] if len(parts) > 2 else None)
    if _YEAR.fullmatch(text):
        return _made(typed, text[:4], None, None)
    if _SHORT_YEAR.fullmatch(text):
        return DateCheck(fault=f"“{typed}”的年份只有两位，请写全四位，例如1968-3-5。")
    return DateCheck(fault=f"“{typed}”不是日期，请写成1968-3-5这样。")


def birth_of(year: int, month: int | None, day: int | None) -> str:
    """The stored text of a birth date whose parts are known."""
    if month is None:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" + ("" if day is None else f"-{day:02d}")


@lru_cache(maxsize=32768)
def birthday_18(birth: str, years: int = 18) -> dt.date:
    """The first day on which somebody with this birth date has surely reached the age.

    Election rolls count the birthday itself. Of an unknown day or month the last possible one is taken, and a
    birthday on 29 February falls on 1 March in other years.
    """
    parts = [int(part) for part in birth.split("-")]
    year = parts[0] + years
    if len(parts) == 1:
        return dt.date(year + 1, 1, 1)
    if len(parts) == 2:
        return dt.date(year + (parts[1] == 12), parts[1] % 12 + 1, 1)
    try:
        return dt.date(year, parts[1], parts[2])
    except ValueError:
        return dt.date(year, 3, 1)


def age_on(birth: str, on: dt.date) -> int | None:
    """Whole years on a day, None without a birth date; an unknown month or day counts as not yet reached."""
    if not birth:
        return None
    years = on.year - int(birth[:4])
    return years if birthday_18(birth, years) <= on else years - 1


def birth_words(birth: str) -> str:
    """1968年3月5日, 1968年3月 or 1968年; 未登记 when nothing is known."""
    if not birth:
        return "未登记"
    year, _, rest = birth.partition("-")
    month, _, day = rest.partition("-")
    return f"{int(year)}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def agrees(coarse: str, fine: str) -> bool:
    """True when two birth dates do not contradict each other: 1968-03 agrees with 1968-03-05."""
    return coarse.startswith(fine) or fine.startswith(coarse)


def _made(typed: str, year: str, month: str | None, day: str | None) -> DateCheck:
    y, m, d = int(year), None if month is None else int(month), None if day is None else int(day)
    if not 1850 <= y <= 2150:
        return DateCheck(fault=f"“{typed}”的年份不对，请写成1968-3-5这样。")
    try:
        dt.date(y, 1 if m is None else m, 1 if d is None else d)
    except ValueError:
        return DateCheck(fault=f"“{typed}”这一天不存在，请核对。")
    return DateCheck(birth_of(y, m, d))


def _chinese_figure(text: str) -> str:
    before, ten, after = text.partition("十")
    if not ten:
        return text.translate(_CHINESE)
    return str(int(before.translate(_CHINESE) or "1") * 10 + int(after.translate(_CHINESE) or "0"))
