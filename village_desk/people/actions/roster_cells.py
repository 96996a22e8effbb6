"""Turns one cell of a roster into a clean value, or says in the clerk's words why it cannot be taken."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from village_desk.kit.text import chinese_date, half_width, tidy
from village_desk.people.actions.roster_reading import CellValue
from village_desk.people.rules.damage import damaged_number, date_as_number, lost_zero_month, scientific, shown
from village_desk.people.rules.dates import read_birth
from village_desk.people.rules.identity import check_identity
from village_desk.people.rules.names import check_name
from village_desk.people.rules.persons import check_phone
from village_desk.people.rules.roster import FIELD_WORDS, CellState, Field
from village_desk.people.rules.words import (
    Living,
    read_group,
    read_kinship,
    read_people,
    read_political,
    read_sex,
)

_BOOK_AGAIN = "补不回来，请对照户口簿重填。"
_AWAY = re.compile(r"外出|务工|不在|否|空挂|人户分离|县城|外地|在外")
_HERE = re.compile(r"常住|在村|是|在家|本村")
LONGEST_NOTE = 500
# What our own lists show of a number; it comes back when a clerk works on an exported list.
_MASKED_IDENTITY = re.compile(r"\d{6}\*{8}\d{3}[\dXx]")
_MASKED_PHONE = re.compile(r"\d{3}\*{4}\d{4}|\*+\d{4}")
# What people write into a cell of which nothing is known; our own exports write 未登记.
_NOTHING = frozenset({"未登记", "不详", "不清楚", "未知", "无", "暂无", "/", "-", "—", "\\", "／", "空"})
# Groups, sexes and kinships come again in thousands of rows.
_tidy = lru_cache(maxsize=8192)(tidy)


class Read(NamedTuple):
    """What one cell gives: the text as typed, the clean value, its state and the reason for anything unusual."""

    typed: str
    value: str
    state: CellState = CellState.NEW
    reason: str = ""
    may_keep: bool = False


def read_cell(field: Field, raw: CellValue, today: dt.date) -> Read | None:
    """Judge one cell; None for an empty one."""
    if isinstance(raw, str):
        if not raw or not (text := raw if raw.isascii() and raw.isalnum() else _tidy(raw)):
            return None
        if text in _NOTHING and field not in (Field.NAME, Field.NOTE):
            return None
        return _read_text(field, text, today)
    if isinstance(raw, bool):
        return _read_text(field, "是" if raw else "否", today)
    if isinstance(raw, int | float):
        return _read_number(field, float(raw), today)
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        return _read_date(field, raw, today)
    return Read(str(raw), "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}这一格是时间，不采用。")


def _read_number(field: Field, number: float, today: dt.date) -> Read | None:
    text = shown(number)
    if damaged_number(number):
        if field is Field.IDENTITY:
            return Read(
                text,
                "",
                CellState.REFUSED,
                f"身份证号被表格软件改成{text}，末几位已丢失，{_BOOK_AGAIN}",
                may_keep=False,
            )
        return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}被表格软件改成{text}，末几位已丢失。")
    if field is Field.BIRTH:
        if lost_zero_month(number):
            return Read(text, text, CellState.REFUSED, f"“{text}”分不清是1月还是10月，请写成“{int(number)}-10”这样。")
        if number == int(number) and 10_000 <= number <= 73_050:
            return _serial(text, number)
    return _read_text(field, text, today)


def _serial(text: str, number: float) -> Read:
    day = date_as_number(number)
    assert day is not None
    reason = f"出生日期被表格软件变成了数字{text}（按它的算法是{chinese_date(day)}），请对照户口簿重填。"
    return Read(text, day.isoformat(), CellState.REFUSED, reason)


def _read_date(field: Field, day: dt.date, today: dt.date) -> Read:
    text = f"{day.year}-{day.month}-{day.day}"
    if field is Field.BIRTH:
        return _birth(text, day.isoformat(), today)
    if field is Field.HOUSEHOLD_NO:
        return Read(text, "", CellState.REFUSED, f"户号被表格软件变成了日期{text}，请改成文本后重填。")
    return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}这一格被表格软件变成了日期{text}，不采用。")


def _read_text(field: Field, text: str, today: dt.date) -> Read | None:
    match field:
        case Field.NAME:
            return _name(text)
        case Field.IDENTITY:
            return _identity(text, today)
        case Field.BIRTH:
            return _birth_text(text, today)
        case Field.PHONE:
            return _phone(text)
        case Field.SEX:
            return _word(text, read_sex(text), "性别“{}”认不出来，只能写男或女。")
        case Field.POLITICAL:
            return _political(text)
        case Field.PEOPLE:
            return _word(text, read_people(text), "民族“{}”不在五十六个民族里，请核对。")
        case Field.GROUP:
            return Read(text, read_group(text))
        case Field.RELATION:
            known = read_kinship(text)
            return Read(text, _joined(text), reason="" if known else f"与户主关系“{text}”没见过，照原样登记。")
        case Field.LIVING:
            return _living(text)
        case Field.HOUSEHOLD_NO | Field.SERIAL:
            return Read(text, _joined(text))
        case Field.HEAD_NAME | Field.FORMER_NAME:
            return Read(text, check_name(text).name)
        case Field.NOTE | Field.ADDRESS:
            return Read(text, text[:LONGEST_NOTE])
        case _:
            return Read(text, _joined(text))


@lru_cache(maxsize=8192)
def _joined(text: str) -> str:
    return "".join(half_width(text).split())


def _name(text: str) -> Read:
    found = check_name(text)
    if found.fault:
        return Read(text, found.name, CellState.REFUSED, found.fault)
    return Read(text, found.name, reason=found.note)


def _identity(text: str, today: dt.date) -> Read:
    if _MASKED_IDENTITY.fullmatch(text):
        return Read(text, "", CellState.LEFT_OUT, "这是打印或导出时遮盖过的身份证号，不采用，原来登记的不变。")
    if scientific(text):
        return Read(text, "", CellState.REFUSED, f"身份证号被表格软件改成{text}，末几位已丢失，{_BOOK_AGAIN}")
    found = check_identity(text)
    if found.fault:
        return Read(text, found.number, CellState.REFUSED, found.fault + "请对照户口簿核对。", found.may_keep)
    if found.birth and found.birth > today:
        reason = f"身份证号里的出生日期{chinese_date(found.birth)}在今天之后，请对照户口簿核对。"
        return Read(text, found.number, CellState.REFUSED, reason)
    if found.converted:
        return Read(text, found.number, reason="15位旧号已换算成18位，请核对末位。")
    # One in eleven numbers whose tail a spreadsheet wiped out still passes the check.
    reason = "末三位是000，请核对是不是被表格软件抹掉的。" if text.endswith("000") else ""
    return Read(text, found.number, reason=reason)


def _birth_text(text: str, today: dt.date) -> Read:
    plain = text if text.isascii() else half_width(text)
    if plain.isdigit() and len(plain) == 5:
        return _serial(text, float(plain)) if date_as_number(float(plain)) else _birth(text, "", today)
    found = read_birth(text)
    if found.fault:
        return Read(text, "", CellState.REFUSED, found.fault)
    return _birth(text, found.text, today)


def _birth(text: str, value: str, today: dt.date) -> Read:
    if not value:
        return Read(text, "", CellState.REFUSED, f"“{text}”不是日期，请写成1968-3-5这样。")
    if value[:10] > today.isoformat()[: len(value)]:
        return Read(text, value, CellState.REFUSED, f"出生日期“{text}”在今天之后，请核对。")
    return Read(text, value)


def _phone(text: str) -> Read:
    if _MASKED_PHONE.fullmatch(text):
        return Read(text, "", CellState.LEFT_OUT, "这是打印或导出时遮盖过的电话，不采用，原来登记的不变。")
    if scientific(text):
        return Read(text, "", CellState.LEFT_OUT, f"电话被表格软件改成{text}，末几位已丢失，请重填。")
    found = check_phone(text)
    if found.fault:
        return Read(text, "", CellState.LEFT_OUT, found.fault)
    return Read(text, found.number)


def _political(text: str) -> Read:
    plain = tidy(text)
    if plain in {"是", "否", "√", "✓"}:
        return Read(text, "masses" if plain == "否" else "party_member")
    return _word(text, read_political(plain), "政治面貌“{}”认不出来，请核对。")


def _word(text: str, value: str | None, fault: str) -> Read:
    if value is None:
        return Read(text, "", CellState.LEFT_OUT, fault.format(text))
    return Read(text, str(value))


def _living(text: str) -> Read:
    if _AWAY.search(text):
        return Read(text, Living.AWAY)
    if _HERE.search(text):
        return Read(text, Living.HERE)
    return Read(text, "", CellState.LEFT_OUT, f"“{text}”看不出是常住还是外出，不采用。")
