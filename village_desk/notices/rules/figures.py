"""The four sums of a finance sheet that was made elsewhere: they add up and go on from the last sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed


@dataclass(frozen=True)
class Figures:
    """Opening, receipts, payments and close of a period, in fen."""

    opening: int
    receipts: int
    payments: int
    close: int


def check_continuity(now: Figures, last: tuple[str, Figures] | None, yuan: Callable[[int], str]) -> None:
    """Refuse sums that do not add up, and an opening that is not the last close; `last` has its title.

    Raises NotAllowed with both sums and the difference.
    """
    reckoned = now.opening + now.receipts - now.payments
    if reckoned != now.close:
        raise NotAllowed(
            f"期初{yuan(now.opening)}元加收入{yuan(now.receipts)}元减支出{yuan(now.payments)}元是{yuan(reckoned)}元，"
            f"表上期末是{yuan(now.close)}元，差{yuan(abs(reckoned - now.close))}元。",
            "请对照原表核对四个数；原表本身不平的，请退回制作单位。",
        )
    if last is not None and last[1].close != now.opening:
        title, before = last
        more = "多" if now.opening > before.close else "少"
        gap = yuan(abs(now.opening - before.close))
        raise NotAllowed(
            f"期初{yuan(now.opening)}元，比《{title}》公布的期末{yuan(before.close)}元{more}{gap}元。",
            "请核对；若是上一张公布错了，请先出更正公告。",
        )
