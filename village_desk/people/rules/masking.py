"""What may stand on paper or leave the desk, by field and audience (PIPL 25, 28; rules.md §5.5)."""

import re
from enum import StrEnum

from village_desk.people.rules.names import MIDDLE_DOT, surname_of


class Audience(StrEnum):
    """Who will read the paper or the file."""

    BOARD = "board"
    TOWNSHIP = "township"
    INTERNAL = "internal"


AUDIENCE_WORDS: dict[Audience, str] = {
    Audience.BOARD: "上墙或对外",
    Audience.TOWNSHIP: "报送乡镇",
    Audience.INTERNAL: "村内办公",
}


# Digits that stand alone: longer runs first, so that an identity number is not taken for a card or a phone.
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<!\d)\d{16,19}(?![0-9Xx])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


class Private(StrEnum):
    """Fields that masking knows."""

    NAME = "name"
    IDENTITY = "identity"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    ADDRESS = "address"
    BIRTH = "birth"
    HEALTH = "health"


def masked(field: Private, value: str, audience: Audience, *, protected: bool = False, duty: bool = False) -> str:
    """The value as this audience may see it; an empty text means that the column is left out.

    `protected` stands for people in relief, disabled people, children and private debtors; `duty` for a duty phone.
    """
    if not value:
        return ""
    if audience is Audience.TOWNSHIP:
        return _card_tail(value) if field is Private.BANK_CARD else value
    board = audience is Audience.BOARD
    match field:
        case Private.NAME:
            return masked_name(value) if board and protected else value
        case Private.IDENTITY:
            return "" if board else masked_identity(value)
        case Private.PHONE:
            return "、".join(masked_phone(one) for one in value.split("、")) if board and not duty else value
        case Private.BANK_CARD:
            return _card_tail(value)
        case Private.BIRTH:
            return value[:4] if board else value
        case Private.ADDRESS | Private.HEALTH:
            return "" if board else value


def screened(text: str, audience: Audience) -> str:
    """Free text with the numbers masked that people write into it: identity numbers, bank cards, mobile phones.

    Inside the office phones stay; the township gets the text as it is, but for the cards.
    """
    if audience is not Audience.TOWNSHIP:
        text = _IDENTITY.sub(lambda found: masked_identity(found.group()), text)
    text = _CARD.sub(
        lambda found: found.group() if _IDENTITY.fullmatch(found.group()) else _card_tail(found.group()), text
    )
    if audience is Audience.BOARD:
        text = _PHONE.sub(lambda found: masked_phone(found.group()), text)
    return text


def private_numbers(text: str) -> tuple[str, ...]:
    """What free text holds that must not leave the desk unseen: 身份证号, 银行卡号, 手机号, each named once."""
    rest = _IDENTITY.sub("", text)
    found = ["身份证号"] if rest != text else []
    if _CARD.search(rest):
        found.append("银行卡号")
    if _PHONE.search(rest):
        found.append("手机号")
    return tuple(found)


def onlooker_words(field: Private, value: str) -> str:
    """The value as the screen shows it while somebody looks on."""
    match field:
        case Private.IDENTITY:
            return masked_identity(value)
        case Private.PHONE:
            return "、".join(masked_phone(one) for one in value.split("、"))
        case Private.BIRTH:
            return value[:4]
        case Private.NAME:
            return value
        case Private.BANK_CARD:
            return _card_tail(value) if value else ""
        case Private.ADDRESS | Private.HEALTH:
            return "已遮盖" if value else ""


def masked_name(name: str) -> str:
    """李* for 李建国; the first part and a star for a name with a dot."""
    if len(name) < 2:
        return name
    return surname_of(name) + (MIDDLE_DOT if MIDDLE_DOT in name else "") + "*"


def masked_identity(number: str) -> str:
    """410523********1234: six first, four last, never the birth part."""
    return number[:6] + "*" * 8 + number[-4:] if len(number) == 18 else "*" * len(number)


def masked_phone(phone: str) -> str:
    """138****5678; a short or landline number keeps its last four digits."""
    if len(phone) == 11 and phone.isdigit():
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 4, 0) + phone[-4:]


def _card_tail(number: str) -> str:
    return f"尾号{number[-4:]}"
