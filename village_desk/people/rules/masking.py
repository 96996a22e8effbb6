"""What may stand on paper or leave the desk, by field and audience (PIPL 25, 28; rules.md §5.5)."""

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
            return masked_phone(value) if board and not duty else value
        case Private.BANK_CARD:
            return _card_tail(value)
        case Private.BIRTH:
            return value[:4] if board else value
        case Private.ADDRESS | Private.HEALTH:
            return "" if board else value


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
