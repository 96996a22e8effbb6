"""What a person's card may hold: every field checked and cleaned, each fault named for its field."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from village_desk.kit.text import half_width, tidy
from village_desk.people.rules.dates import agrees, birth_words, read_birth
from village_desk.people.rules.identity import check_identity
from village_desk.people.rules.names import check_name
from village_desk.people.rules.words import (
    POLITICAL_WORDS,
    SEX_WORDS,
    Living,
    Political,
    Sex,
    read_group,
    read_people,
)

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})?[2-9]\d{6,7}(转\d{1,5})?")
_SHORT_NUMBER = re.compile(r"[1-9]\d{4,7}")
_BETWEEN = re.compile(r"[、,，;；/|]|\s{2,}")
_IN_PHONE = str.maketrans("", "", " -－—()（）+")
LONGEST_TEXT = 500
CITIZEN_CARD = "居民身份证"
IDENTITY_KINDS = (
    CITIZEN_CARD,
    "户口簿",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "军人证件",
)
BIRTH_SOURCES = ("身份证", "户口簿", "档案", "本人自报")


@dataclass(frozen=True)
class PhoneCheck:
    """Cleaned phone numbers, joined by 、 when there are several, or what is wrong."""

    number: str
    fault: str = ""


@dataclass(frozen=True)
class CheckedPerson:
    """Clean values by field, and the sentence for each field that cannot be kept."""

    values: Mapping[str, str]
    problems: Mapping[str, str]


@lru_cache(maxsize=8192)
def check_phone(typed: str) -> PhoneCheck:
    """Clean and judge a phone number or several; never raises."""
    if _MOBILE.fullmatch(typed):
        return PhoneCheck(typed)
    good = []
    for part in _BETWEEN.split(half_width(tidy(typed))):
        number = part.translate(_IN_PHONE)
        if not number:
            continue
        number = number.removeprefix("86") if len(number) == 13 else number
        fault = _phone_fault(number)
        if fault:
            return PhoneCheck("", fault)
        good.append(number)
    return PhoneCheck("、".join(good))


def check_person(typed: Mapping[str, str], today: dt.date) -> CheckedPerson:
    """Clean the fields that are given and name what is wrong with each.

    Known fields: name, sex, identity, identity_reason, birth, phone, people, political, schooling, marriage,
    former_name, address, residence, health, military, work, living, note, relation, group_name, identity_kind,
    birth_source. A number that fails the check is kept when `identity_reason` says why it is official; the number of
    another paper than the citizen identity card is not checked at all.
    """
    values = {field: tidy(text) for field, text in typed.items()}
    problems: dict[str, str] = {}
    if "name" in values:
        name = check_name(values["name"])
        values["name"] = name.name
        if name.fault:
            problems["name"] = "请填写姓名。" if not name.name else name.fault
    if values.get("identity_kind") == CITIZEN_CARD:
        values["identity_kind"] = ""
    if values.get("identity") and values.get("identity_kind"):
        _check_other_paper(values, problems)
    elif values.get("identity"):
        _check_number(values, problems, today)
    if values.get("birth"):
        _check_birth(values, problems, today)
    if values.get("phone"):
        phone = check_phone(values["phone"])
        if phone.fault:
            problems["phone"] = phone.fault
        values["phone"] = phone.number or values["phone"]
    for field, known, sentence in (
        ("sex", SEX_WORDS, "性别只能选男、女或未登记。"),
        ("political", POLITICAL_WORDS, "政治面貌请从列表里选。"),
        ("living", {one: "" for one in Living}, "常住或外出请从列表里选。"),
    ):
        if values.get(field) and values[field] not in known:
            problems[field] = sentence
    if values.get("people"):
        found = read_people(values["people"])
        if found is None:
            problems["people"] = f"民族“{values['people']}”不在五十六个民族里，请核对。"
        values["people"] = found or values["people"]
    if "group_name" in values:
        values["group_name"] = read_group(values["group_name"])
    for field in ("note", "address", "schooling", "marriage", "former_name", "residence", "health", "military", "work"):
        if len(values.get(field, "")) > LONGEST_TEXT:
            problems[field] = f"最多写{LONGEST_TEXT}个字，现在有{len(values[field])}个字。"
    return CheckedPerson(values, problems)


def _check_other_paper(values: dict[str, str], problems: dict[str, str]) -> None:
    number = half_width(values["identity"]).replace(" ", "").upper()
    values["identity"], values["identity_reason"] = number, ""
    if not re.fullmatch(r"[A-Z0-9()（）-]{4,30}", number):
        problems["identity"] = f"{values['identity_kind']}的号码“{number}”里有不认识的字，请对照证件核对。"


def _check_number(values: dict[str, str], problems: dict[str, str], today: dt.date) -> None:
    number = check_identity(values["identity"])
    values["identity"] = number.number
    if number.fault and not (number.may_keep and values.get("identity_reason")):
        ending = "请对照户口簿核对；户口簿上确实如此的，请写明原因。" if number.may_keep else "请对照户口簿核对。"
        problems["identity"] = number.fault + ending
        return
    if number.birth and number.birth > today:
        problems["identity"] = "身份证号里的出生日期在今天之后，请对照户口簿核对。"
        return
    if not number.fault:
        values["identity_reason"] = ""
    if number.sex and values.get("sex") and Sex(values["sex"]) != number.sex and not number.fault:
        problems["sex"] = f"身份证号第17位是{SEX_WORDS[number.sex]}，请核对性别或身份证号。"
    if number.sex:
        values["sex"] = values.get("sex") or number.sex.value
    if number.birth:
        birth = number.birth.isoformat()
        typed = read_birth(values["birth"]).text if values.get("birth") else ""
        if typed and not agrees(typed, birth) and not number.fault:
            problems["birth"] = f"身份证号里是{birth_words(birth)}；档案里的出生日期请记在党员卡上。"
        values["birth"] = birth if not typed or agrees(typed, birth) else values["birth"]


def _check_birth(values: dict[str, str], problems: dict[str, str], today: dt.date) -> None:
    birth = read_birth(values["birth"])
    if birth.fault:
        problems["birth"] = birth.fault
    elif birth.text > today.isoformat()[: len(birth.text)]:
        problems["birth"] = f"出生日期“{values['birth']}”在今天之后，请核对。"
    else:
        values["birth"] = birth.text


def _phone_fault(number: str) -> str:
    if not number.replace("转", "").isdigit():
        return "电话里有数字以外的字，请核对。"
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number) or _SHORT_NUMBER.fullmatch(number):
        return ""
    if number.startswith("1"):
        gap = 11 - len(number)
        if gap > 0:
            return f"手机号应为11位，还差{gap}位。"
        if gap < 0:
            return f"手机号应为11位，多了{-gap}位。"
        return "手机号的前两位不对，请核对。"
    return f"电话有{len(number)}位，既不是手机也不是座机，请核对。"


def is_party_status(political: str) -> bool:
    """True for full and probationary members of the party."""
    return political in (Political.PARTY_MEMBER, Political.PROBATIONARY)
