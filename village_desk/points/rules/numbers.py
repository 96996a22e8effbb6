"""Points as clerks type and read them: whole numbers, or tenths where a scheme or its hours ask for them."""

import re

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width, tidy

# No scheme in use comes near it; more is a slip of typing.
MOST_POINTS = 100_000


def points_typed(typed: str, decimals: int = 0) -> int:
    """Points from what a clerk types, with or without a sign, in units of the set (`decimals` 1: tenths).

    Raises NotAllowed for decimals that the set does not keep, words and numbers beyond MOST_POINTS.
    """
    plain = half_width(tidy(typed)).replace("−", "-").replace("－", "-").replace("．", ".")
    plain = plain.removesuffix("小时").removesuffix("分").strip()
    if not decimals and re.fullmatch(r"[+-]?\d+\.\d+", plain):
        raise NotAllowed(
            f"积分只记整数，“{typed.strip()}”带了小数。", "请改成整数；办法里有半分的，请用记到0.1分的办法。"
        )
    found = re.fullmatch(r"([+-]?)(\d{1,6})(?:\.(\d+))?", plain)
    if not found:
        raise NotAllowed(f"“{typed.strip()}”不是分数。", "请只填数字，例如 5 或 -2。")
    sign, whole, part = found.groups()
    if part and len(part.rstrip("0")) > decimals:
        raise NotAllowed(f"这份办法只记到0.1分，“{typed.strip()}”的小数太多。", "请留一位小数，例如 0.5。")
    if int(whole) > MOST_POINTS:
        raise NotAllowed(f"一次记{sign}{whole}分太大了，多半是输错了。", f"一次最多记{MOST_POINTS}分，请核对。")
    tenths = int((part or "").ljust(decimals, "0")[:decimals] or "0")
    points = int(whole) * (10 if decimals else 1) + tenths
    return -points if sign == "-" else points


def shown(points: int, decimals: int = 0) -> str:
    """5, −2 or −0.5 from points in units of the set."""
    size = abs(points)
    if decimals:
        whole, part = divmod(size, 10**decimals)
        words = f"{whole}.{part:0{decimals}d}".rstrip("0").rstrip(".")
    else:
        words = str(size)
    return f"−{words}" if points < 0 else words


def signed(points: int, decimals: int = 0) -> str:
    """+5 or −2; 0 stands without a sign."""
    return f"+{shown(points, decimals)}" if points > 0 else shown(points, decimals)


def share_of(points: int, num: int, den: int) -> int:
    """A fraction of points, rounded towards zero."""
    size = abs(points) * num // den
    return size if points >= 0 else -size
