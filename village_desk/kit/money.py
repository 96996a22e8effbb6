"""Money in whole fen: reading what clerks type, printing it, and 大写金额."""

import re

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
# A comma must stand before each group of three or four figures: 12,34 is more likely a slip for 12.34 than 1234.
_TYPED = re.compile(
    r"(?P<lead>[-−]?[￥¥]?|[￥¥][-−])"
    r"(?P<yuan>\d{1,13}|\d{1,3}(?:,\d{3}){1,4}|\d{1,4}(?:,\d{4}){1,3})(?:\.(?P<cents>\d{1,2}))?"
    r"\s*元?",
    re.ASCII,
)


def fen(typed: str) -> int:
    """Fen from a typed amount in yuan such as 12,340.50, ￥300 or 300元.

    Raises NotAllowed when the text is no amount with at most two decimals.
    """
    found = _TYPED.fullmatch(half_width(typed).replace("，", ",").strip())
    if found is None:
        raise NotAllowed(f"“{typed}”不是以元为单位的金额。", "请只填数字，小数最多两位，例如 12340.50。")
    amount = int(found["yuan"].replace(",", "")) * 100 + int((found["cents"] or "").ljust(2, "0"))
    return -amount if {"-", "−"} & set(found["lead"]) else amount


def yuan(amount_fen: int) -> str:
    """12,340.50 from 1234050 fen."""
    sign = "-" if amount_fen < 0 else ""
    whole, cents = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}.{cents:02d}"


def capital_yuan(amount_fen: int) -> str:
    """人民币…元…角…分 by the rules for bills (正确填写票据和结算凭证的基本规定); ends in 整 at 元 and at 角.

    Raises NotAllowed below zero or above 9,999 亿.
    """
    if amount_fen < 0 or amount_fen >= 10**14:
        raise NotAllowed("这个金额不能写成大写。", "大写金额从零元到九千九百九十九亿元，请核对。")
    whole, cents = divmod(amount_fen, 100)
    jiao, single = divmod(cents, 10)
    words = "人民币"
    if whole:
        words += _capital_whole(whole) + "元"
    if not cents:
        return words + ("整" if whole else "零元整")
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif whole:
        words += "零"
    return words + (_DIGITS[single] + "分" if single else "整")


def _capital_whole(number: int) -> str:
    words = ""
    pending_zero = False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        group, within = divmod(place, 4)
        if digit:
            words += ("零" if pending_zero else "") + _DIGITS[digit] + _PLACES[within]
            pending_zero = False
        else:
            pending_zero = bool(words)
        if within == 0 and number // 10 ** (group * 4) % 10_000:
            words += _GROUPS[group]
    return words
