"""The exchange of points for goods: what may be handed out, on which days, and how long the money lasts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import WEEKDAYS, chinese_date, tidy
from village_desk.points.rules.numbers import shown

# Farther ahead the present pace says nothing.
LONGEST_FORECAST = 1095
SOURCES: Mapping[str, str] = {"public": "财政资金", "collective": "村集体资金", "gift": "社会捐赠"}


@dataclass(frozen=True)
class Wish:
    """One good that is asked for: its price in points, how many, and how many there are."""

    good_id: str
    name: str
    unit: str
    price: int
    many: int
    stock: int


@dataclass(frozen=True)
class Forecast:
    """The money of the exchange: what came in, what went out, and the day on which it ends at the present pace."""

    received: int
    spent: int
    ends_on: dt.date | None

    @property
    def left(self) -> int:
        """Fen that are left."""
        return self.received - self.spent


def check_redemption(name: str, left: int, wishes: Sequence[Wish], decimals: int = 0) -> int:
    """The points that an exchange costs. Raises NotAllowed when points or stock do not reach; nothing below zero."""
    if not wishes:
        raise NotAllowed("还没选要兑换什么。", "请填每样物品的数量。")
    for wish in wishes:
        if wish.many < 1:
            raise NotAllowed(f"“{wish.name}”的数量要是大于0的整数。", "不要的物品请空着。")
        if wish.many > wish.stock:
            short = wish.many - wish.stock
            raise NotAllowed(
                f"“{wish.name}”只剩{wish.stock}{wish.unit}，要兑{wish.many}{wish.unit}，还差{short}{wish.unit}。",
                "请减少数量，或等补货登记后再兑。",
            )
    cost = sum(wish.price * wish.many for wish in wishes)
    if cost > left:
        raise NotAllowed(
            f"{name}可兑换{shown(max(left, 0), decimals)}分，这次要{shown(cost, decimals)}分，"
            f"还差{shown(cost - max(left, 0), decimals)}分。",
            "请减少数量，或攒够再兑。",
        )
    return cost


def check_good(name: str, unit: str, price: int, source: str, cost_fen: int) -> None:
    """Refuse a good without a name, unit, price or source of its money. Raises NotAllowed."""
    if not tidy(name) or not tidy(unit):
        raise NotAllowed("物品要有名称和单位。", "例如“洗衣液”“瓶”。")
    if price < 1:
        raise NotAllowed(f"“{tidy(name)}”的分值要大于0。", "请填兑换一件要多少分。")
    if source not in SOURCES:
        raise NotAllowed(f"还没选“{tidy(name)}”是用什么钱买的。", "请选财政资金、村集体资金或社会捐赠，上墙时要公布。")
    if cost_fen < 0:
        raise NotAllowed(f"“{tidy(name)}”的进价不能是负数。", "捐赠的填0。")


# Weekdays, then days of the month.
OPENING_DAYS = (*(f"w{day}" for day in range(1, 8)), *(f"d{day}" for day in range(1, 32)))


def is_open_on(days: Sequence[str], day: dt.date) -> bool:
    """Whether the exchange is open on a day; always where no days are set."""
    return not days or f"w{day.isoweekday()}" in days or f"d{day.day}" in days


def opening_words(days: Sequence[str]) -> str:
    """每周六、每月15日; 天天开放 where no days are set."""
    if not days:
        return "天天开放"
    told = [f"每周{WEEKDAYS[int(each[1:]) - 1]}" for each in days if each.startswith("w")]
    told += [f"每月{each[1:]}日" for each in days if each.startswith("d")]
    return "、".join(told)


def forecast(received: int, moves: Sequence[tuple[dt.date, int]], today: dt.date) -> Forecast:
    """How long the money lasts: `moves` are (day, fen worth handed out), below zero for what came back.

    The pace is that of the days since the first exchange, of at least thirty days.
    """
    spent = sum(fen for _, fen in moves)
    if spent <= 0 or received <= spent:
        return Forecast(received, spent, today if spent > 0 and received <= spent else None)
    since = max((today - min(day for day, _ in moves)).days + 1, 30)
    days = (received - spent) * since // spent
    return Forecast(received, spent, today + dt.timedelta(days=days) if days < LONGEST_FORECAST else None)


def forecast_words(found: Forecast) -> str:
    """The forecast as one sentence."""
    if not found.received:
        return "还没有登记兑换资金，点“登记资金”。"
    money = f"兑换资金{yuan(found.received)}元，已兑出{yuan(found.spent)}元，还剩{yuan(found.left)}元"
    if found.left <= 0:
        return f"{money}，已经用完。"
    if found.ends_on is None:
        return f"{money}，按现在的速度够用。"
    return f"{money}；按现在的速度，大约用到{chinese_date(found.ends_on)}。"
