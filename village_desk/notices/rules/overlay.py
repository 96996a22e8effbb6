"""A county's catalogue laid over the shipped one: which item is the same, and which of two limits is the stricter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from village_desk.notices.rules.reading import Limit, ReadItem
from village_desk.rulebook.rules import CatalogueItem, Cycle

# Words that every list uses otherwise: 财务收支情况 and 财务收支汇总 are one thing.
_FILLING = re.compile(r"情况|汇总|公开|公示|名单|事项|内容|相关|有关|结果|[、，。；：（）“”《》\s]|和|及|与|的")
_ALIKE = (7, 10)
_OFTEN = {Cycle.MONTH: 0, Cycle.QUARTER: 1, Cycle.HALF_YEAR: 2, Cycle.YEAR: 3}


@dataclass(frozen=True)
class Laid:
    """One county item as it will hold: its limit, the shipped item that is the same, and what was made stricter."""

    item: ReadItem
    limit: Limit
    same: CatalogueItem | None
    told: str


def lay_over(items: Sequence[ReadItem], shipped: Sequence[CatalogueItem]) -> tuple[Laid, ...]:
    """The county's items over the shipped ones; the others of the shipped list stay beside them.

    Where both name the same, the county's words and days hold, and of the two cycles and counts of days the stricter.
    """
    free = list(shipped)
    found = []
    for item in items:
        assert item.limit is not None
        same = next((one for one in free if one.column == item.column and _alike(one.name, item.name)), None)
        if same is None:
            found.append(Laid(item, item.limit, None, ""))
            continue
        free.remove(same)
        limit, told = stricter(item.limit, same)
        found.append(Laid(item, limit, same, told))
    return tuple(found)


def stricter(limit: Limit, floor: CatalogueItem) -> tuple[Limit, str]:
    """The county's limit, or the shipped one where that asks for more, with a sentence which of them holds."""
    if floor.cycle.periodic and _OFTEN.get(limit.cycle, 9) > _OFTEN[floor.cycle]:
        told = f"县目录写的是{limit.cycle.words}，{floor.legal_ref}要求{floor.cycle.words}，按{floor.cycle.words}提醒。"
        return Limit(floor.cycle, floor.due_day, floor.due_month), told
    if not floor.cycle.periodic and not limit.cycle.periodic and floor.within_days and not floor.working_days:
        # A working day is never shorter than a day of the calendar.
        if not limit.within_days or limit.within_days > floor.within_days:
            said = (
                f"{limit.within_days}{'个工作日' if limit.working_days else '日'}内"
                if limit.within_days
                else "不限天数"
            )
            told = f"县目录写的是{said}，国家目录是{floor.within_days}日内，按{floor.within_days}日提醒。"
            return Limit(limit.cycle, within_days=floor.within_days), told
    return limit, ""


def _alike(one: str, other: str) -> bool:
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return _FILLING.sub("", one) == _FILLING.sub("", other)
    part, whole = _ALIKE
    return len(pairs & others) * whole >= max(len(pairs), len(others)) * part


def _pairs(name: str) -> set[str]:
    plain = _FILLING.sub("", name)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
