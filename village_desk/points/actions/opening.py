"""Taking older sums over from a workbook: the names are found in the register, doubled and unknown ones are told."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, FileTrouble, NotAllowed
from village_desk.kit.text import half_width, tidy
from village_desk.points.actions.booking import OpeningSum, take_over_sums
from village_desk.points.actions.parts import Many, named
from village_desk.points.lookups import SubjectRow, one_rule_set, subjects
from village_desk.points.rules.numbers import points_typed

_NAME_HEADS = ("户主", "户主姓名", "姓名", "党员姓名", "名称")
_POINT_HEADS = ("积分", "余分", "余额", "得分", "总分", "合计", "累计", "累计积分", "原有积分")
_GROUP_HEADS = ("组别", "村民小组", "小组", "组")
# Titles and notes stand over the heads of a table.
_DEEPEST_HEAD = 15


def take_over_workbook(session: Session, *, set_id: str, on: dt.date, path: str, source: str = "") -> Many:
    """Take the sums of a workbook (.xlsx, .xls) over as opening entries, once for each subject.

    It needs a column of names and one of points; a column of groups tells namesakes apart. A row that cannot be taken
    over is told in a sentence, the others go through. Raises FileTrouble, NotFound, NotAllowed.
    """
    found = one_rule_set(session, set_id)
    lines = _rows(Path(path))
    by_name: dict[str, list[SubjectRow]] = defaultdict(list)
    for who in subjects(session, found.subject):
        by_name[who.name.removesuffix("家")].append(who)
    rows: dict[str, tuple[OpeningSum, str]] = {}
    doubled: dict[str, list[str]] = defaultdict(list)
    left: list[str] = []
    for place, group, name, typed in lines:
        where = f"第{place}行{name}"
        fitting = [who for who in by_name.get(name.removesuffix("家"), []) if not group or who.group == group]
        if not fitting:
            left.append(f"{where}在名册里找不到，没有转入；请核对姓名和组别。")
            continue
        if len(fitting) > 1:
            left.append(f"{where}在名册里有{len(fitting)}户（人）同名，没有转入；请在表里写上组别。")
            continue
        (who,) = fitting
        if who.id in rows or who.id in doubled:
            doubled[who.id].append(f"第{place}行")
            continue
        try:
            rows[who.id] = (OpeningSum(who.id, points_typed(typed, found.rules.decimals), where), f"第{place}行")
        except DeskError as refusal:
            left.append(f"{where}：{refusal.message}{refusal.advice}")
    for identity, again in doubled.items():
        first = rows.pop(identity, None)
        who = next(each for each in subjects(session, found.subject) if each.id == identity)
        places = "、".join([first[1], *again] if first else again)
        left.append(f"{named(who)}写了{len(again) + 1}次（{places}），不知道以哪个为准，没有转入。")
    if not rows:
        raise NotAllowed(left[0] if left else "表里没有要转入的积分。", "请改好表格再导入。")
    done = take_over_sums(
        session,
        set_id=set_id,
        on=on,
        rows=tuple(row for row, _ in rows.values()),
        source=source or f"表格“{Path(path).name}”",
    )
    return Many(done.done, (*left, *done.left))


def _rows(path: Path) -> list[tuple[int, str, str, str]]:
    """Row number, group, name and points of every line below the heads. Raises FileTrouble."""
    # Heavy, and needed only here.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        cells: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as problem:
        raise FileTrouble(f"表格“{path.name}”读不出来。", "请用表格软件另存为 .xlsx 再试。") from problem
    for at, row in enumerate(cells[:_DEEPEST_HEAD]):
        heads = [_text(cell).replace(" ", "").replace("\n", "") for cell in row]
        name = next((place for place, head in enumerate(heads) if head in _NAME_HEADS), -1)
        points = next((place for place, head in enumerate(heads) if head in _POINT_HEADS), -1)
        if name >= 0 and points >= 0:
            group = next((place for place, head in enumerate(heads) if head in _GROUP_HEADS), -1)
            return [
                (number, _text(line[group]) if group >= 0 else "", _text(line[name]), _text(line[points]))
                for number, line in enumerate(cells[at + 1 :], start=at + 2)
                if _text(line[name]) and _text(line[points])
            ]
    raise FileTrouble(
        f"表格“{path.name}”里没有找到姓名和积分两栏。", "表头请写“户主”（或“姓名”）和“积分”，有同名的再写“组别”。"
    )


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    return tidy(half_width(str(cell)))
