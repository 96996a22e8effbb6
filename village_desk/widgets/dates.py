"""Reading dates as clerks type them."""

import datetime as dt
import re

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width

_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
_FULL = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTS = re.compile(r"(?:(\d{2}|\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
_DAY = re.compile(r"(\d{1,2})[日号]")
_EXAMPLE = "可以输入 20260115、1.15、2026年1月15日或“今天”。"


def typed_date(typed: str, today: dt.date) -> dt.date | None:
    """The day that a clerk typed; None for an empty text. Without a year it is the year of `today`.

    Raises NotAllowed when no day can be read or the calendar has no such day.
    """
    plain = (
        re.sub(r"[\s（(]*(?:周|星期)[一二三四五六日天][)）]?", "", half_width(typed).strip())
        .replace("。", ".")
        .replace(" ", "")
    )
    if not plain:
        return None
    if plain in _WORDS:
        return today + dt.timedelta(days=_WORDS[plain])
    if found := _FULL.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _PARTS.fullmatch(plain):
        year = _year(found[1], today)
        month, day = int(found[2]), int(found[3])
    elif found := _DAY.fullmatch(plain):
        year, month, day = today.year, today.month, int(found[1])
    elif re.fullmatch(r"\d{4}", plain):
        year, month, day = today.year, int(plain[:2]), int(plain[2:])
    else:
        raise NotAllowed(f"看不懂日期“{typed.strip()}”。", _EXAMPLE)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NotAllowed(f"没有{year}年{month}月{day}日这一天。", "请核对月份和日子。") from None


def _year(typed: str | None, today: dt.date) -> int:
    if typed is None:
        return today.year
    return int(typed) if len(typed) == 4 else today.year // 100 * 100 + int(typed)
