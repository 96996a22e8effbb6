"""Turns one cell of a roster into a clean value, or says in the clerk's words why it cannot be taken."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from village_desk.kit.text import chinese_date, half_width, tidy
from village_desk.people.actions.roster_reading import CellValue
from village_desk.people.rules.changes import Absence
from village_desk.people.rules.damage import damaged_number, date_as_number, lost_zero_month, scientific, shown
from village_desk.people.rules.dates import read_birth
from village_desk.people.rules.identity import check_identity
from village_desk.people.rules.names import check_name
from village_desk.people.rules.persons import BIRTH_SOURCES, IDENTITY_KINDS, check_phone
from village_desk.people.rules.roster import DAY_FIELDS, FIELD_WORDS, NO, YES, CellState, Field
from village_desk.people.rules.words import (
    Living,
    PersonState,
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
_YES = frozenset({"是", "√", "✓", "有", "1", "y", "yes", "对", "已登记", "登记", "成员", "代表", "选民", "已参选"})
_NO = frozenset({"否", "×", "x", "没有", "0", "n", "no", "不是", "非", "未参选", "非成员"})
# What the column of a state says; absences leave the registration where it is.
_STATES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"死亡|去世|已故|亡故|病故|身故"), PersonState.DEAD),
    (re.compile(r"迁出|婚出|出嫁|嫁出|迁走|户口已迁"), PersonState.MOVED_OUT),
    (re.compile(r"参军|服役|现役|入伍"), Absence.ARMY),
    (re.compile(r"就学|上学|读书|在校|求学"), Absence.STUDY),
    (re.compile(r"服刑|羁押|收监"), Absence.CUSTODY),
    (re.compile(r"务工|经商|打工|外出"), Absence.WORK),
    (re.compile(r"在册|正常|在籍|在户|在村"), PersonState.ON_ROLL),
)
_MEMBER_STATES = {"正常": "normal", "停止党籍": "suspended"}
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
    if field in DAY_FIELDS or field in (Field.LOST, Field.FILE_BIRTH):
        day = date_as_number(number) if number == int(number) and 10_000 <= number <= 73_050 else None
        if day is not None:
            reason = f"日期被表格软件变成了数字{text}（按它的算法是{chinese_date(day)}），请改成日期后重填。"
            return Read(text, "", CellState.LEFT_OUT, reason)
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
    if field in DAY_FIELDS or field is Field.LOST:
        return _day(field, text, day.isoformat(), today)
    if field is Field.FILE_BIRTH:
        return Read(text, day.isoformat())
    if field is Field.HOUSEHOLD_NO:
        return Read(text, "", CellState.REFUSED, f"户号被表格软件变成了日期{text}，请改成文本后重填。")
    return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}这一格被表格软件变成了日期{text}，不采用。")


def _read_text(field: Field, text: str, today: dt.date) -> Read | None:
    if field in DAY_FIELDS:
        return _day_text(field, text, today)
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
        case Field.VOTER | Field.COLLECTIVE | Field.REPRESENTATIVE:
            return _yes_or_no(field, text)
        case Field.LOST:
            return _day_text(field, text, today) if text[:2] in ("19", "20") else _yes_or_no(field, text)
        case Field.FLOATING:
            return Read(text, {True: YES, False: NO, None: text}[_said(text)])
        case Field.MEMBER_KIND:
            return _member_kind(text)
        case Field.MEMBER_STATE:
            return _word(text, _MEMBER_STATES.get(text), "党籍状态“{}”认不出来，请在党员卡上登记。")
        case Field.STATE:
            return _state(text)
        case Field.FILE_BIRTH:
            found = read_birth(text)
            return Read(text, found.text, CellState.LEFT_OUT if found.fault else CellState.NEW, found.fault)
        case Field.IDENTITY_KIND:
            return _word(
                text, next((one for one in IDENTITY_KINDS if text in one), None), "证件类型“{}”不认识，请核对。"
            )
        case Field.BIRTH_SOURCE:
            found_one = next((one for one in BIRTH_SOURCES if text[:2] in one), None)
            return _word(text, found_one, "出生日期来源“{}”认不出来，可以写身份证、户口簿、档案或本人自报。")
        case Field.NOTE | Field.ADDRESS | Field.RESIDENCE | Field.HEALTH | Field.MILITARY | Field.WORK:
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


def _day_text(field: Field, text: str, today: dt.date) -> Read:
    plain = half_width(text)
    if plain.isdigit() and len(plain) == 5:
        return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}被表格软件变成了数字{text}，请改成日期后重填。")
    found = read_birth(text)
    if found.fault:
        return Read(text, "", CellState.LEFT_OUT, found.fault)
    if found.day is None:
        return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}“{text}”没有写到日，请补上日期。")
    return _day(field, text, found.text, today)


def _day(field: Field, text: str, value: str, today: dt.date) -> Read:
    if value > today.isoformat():
        return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}“{text}”在今天之后，请核对。")
    return Read(text, value)


@lru_cache(maxsize=1024)
def _said(text: str) -> bool | None:
    plain = _joined(text).lower()
    return True if plain in _YES else False if plain in _NO else None


def _yes_or_no(field: Field, text: str) -> Read:
    said = _said(text)
    if said is None:
        return Read(text, "", CellState.LEFT_OUT, f"{FIELD_WORDS[field]}“{text}”看不出是还是否，不采用。")
    return Read(text, YES if said else NO)


def _member_kind(text: str) -> Read:
    if "预备" in text:
        return Read(text, "probationary")
    if "正式" in text or text in ("党员", "中共党员"):
        return Read(text, "full")
    return Read(text, "", CellState.LEFT_OUT, f"党员类别“{text}”认不出来，只能写正式党员或预备党员。")


def _state(text: str) -> Read:
    found = next((str(value) for pattern, value in _STATES if pattern.search(text)), "")
    if not found:
        return Read(text, "", CellState.LEFT_OUT, f"人员状态“{text}”认不出来，请在人员卡上登记。")
    return Read(text, found)
