"""Cells of workbooks and pasted tables as agencies and clerks write them; every refusal names the cell."""

import datetime as dt
import re

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, half_width, tidy

_MONEY = re.compile(r"[-−]?[￥¥]?[-−]?(\d{1,3}(,\d{3})+|\d{1,13})(\.\d{1,2}0*)?", re.ASCII)
_WITH_UNIT = re.compile(r"[-−]?[￥¥]?[\d,]+(?:\.\d+)?\s*(万元|万|千元|元|块|亿)", re.ASCII)
_DAY = re.compile(r"(?:(\d{4})\s*[年./-])?\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:\s+00:00:00)?", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NOTHING = frozenset({"", "-", "—", "--", "/", "0", "0.0", "0.00"})
# A count of days since 1899-12-30, as workbooks keep dates whose format was lost: 2000 to 2099.
_SERIAL = range(36_526, 73_051)


def text_of(value: object) -> str:
    """A cell's words; whole numbers without .0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy("" if value is None else str(value))


def money_of(value: object, cell: str) -> int:
    """Fen of a money cell; an empty one, 0 and — are zero. Raises NotAllowed naming the cell."""
    if isinstance(value, bool):
        raise NotAllowed(f"{cell}不是金额。", "请只填数字，例如12340.50。")
    if isinstance(value, int | float):
        cents = round(value * 100)
        # A workbook's own arithmetic leaves dust far behind the second decimal; more than that is a slip.
        if abs(value * 100 - cents) > 0.001:
            raise NotAllowed(f"{cell}是{value}，超过两位小数。", "金额只到分，请核对；表里是公式的，先四舍五入到分。")
        return cents
    words = half_width(text_of(value)).replace("，", ",").replace(" ", "")
    if words in _NOTHING:
        return 0
    if _MONEY.fullmatch(words):
        sign = -1 if {"-", "−"} & set(words) else 1
        whole, _, cents_words = re.sub(r"[^\d.]", "", words).partition(".")
        return sign * (int(whole) * 100 + int(cents_words[:2].ljust(2, "0") or "0"))
    unit = _WITH_UNIT.fullmatch(words)
    if unit:
        if unit.group(1) in {"元", "块"}:
            raise NotAllowed(
                f"{cell}写的是“{text_of(value)}”，金额里带了“{unit.group(1)}”字。", "请只填数字，例如12340.50。"
            )
        raise NotAllowed(
            f"{cell}写的是“{text_of(value)}”，单位是{unit.group(1)}。",
            "公开表以元为单位，请换算成元，例如1.2万写12000。",
        )
    raise NotAllowed(f"{cell}写的是“{text_of(value)[:20]}”，不是金额。", "请只填数字，小数最多两位；说明写到备注里。")


def day_of(value: object, cell: str, from_on: dt.date, until_on: dt.date) -> dt.date:
    """The day of a date cell inside a period; without a year the period's. Raises NotAllowed, naming the cell."""
    found = _day(value, from_on, until_on)
    if found is None:
        raise NotAllowed(f"{cell}写的是“{text_of(value)[:20]}”，不是日期。", "请写成2026-03-05或3月5日。")
    if not from_on <= found <= until_on:
        raise NotAllowed(
            f"{cell}的日期{chinese_date(found)}不在本期{chinese_date(from_on)}至{chinese_date(until_on)}之内。",
            "请核对日期；不是本期的，记到它那一期里。",
        )
    return found


def any_day(value: object, cell: str) -> dt.date | None:
    """The day of a date cell, None for an empty one. Raises NotAllowed naming the cell."""
    if not text_of(value):
        return None
    found = _day(value, dt.date(1, 1, 1), dt.date(1, 1, 1))
    if found is None or found.year == 1:
        raise NotAllowed(f"{cell}写的是“{text_of(value)[:20]}”，不是日期。", "请写成2026-03-05这样的完整日期。")
    return found


def _day(value: object, from_on: dt.date, until_on: dt.date) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _SERIAL:
            return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
        words = half_width(text_of(value))
        if eight := _EIGHT.fullmatch(words):
            return dt.date(int(eight[1]), int(eight[2]), int(eight[3]))
        found = _DAY.fullmatch(words)
        if found is None:
            return None
        month, day = int(found[2]), int(found[3])
        if found[1]:
            return dt.date(int(found[1]), month, day)
        first = dt.date(from_on.year, month, day)
        return first if first >= from_on or from_on.year == until_on.year else dt.date(until_on.year, month, day)
    except ValueError:
        return None


def area_of(value: object, cell: str) -> int:
    """Hundredths of a 亩 of an area cell; an empty one is zero. Raises NotAllowed naming the cell."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = round(value * 100)
        if value >= 0 and abs(value * 100 - found) < 0.001:
            return found
    words = half_width(text_of(value)).replace(",", "").removesuffix("亩")
    if words in _NOTHING:
        return 0
    if re.fullmatch(r"\d{1,9}(\.\d{1,2}0*)?", words, re.ASCII):
        whole, _, rest = words.partition(".")
        return int(whole) * 100 + int(rest[:2].ljust(2, "0") or "0")
    raise NotAllowed(f"{cell}写的是“{text_of(value)[:20]}”，不是面积。", "请填亩数，小数最多两位，例如12.50。")


def count_of(value: object, cell: str) -> int:
    """A whole number from zero on. Raises NotAllowed naming the cell."""
    words = half_width(text_of(value))
    if words in _NOTHING:
        return 0
    if words.isascii() and words.isdecimal() and len(words) < 10:
        return int(words)
    raise NotAllowed(f"{cell}写的是“{text_of(value)[:20]}”，不是整数。", "请只填整数，例如12。")


def area_words(hundredths: int) -> str:
    """12.50 from 1250."""
    return yuan(hundredths)
