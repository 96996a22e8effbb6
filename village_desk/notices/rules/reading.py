"""Reading a county's catalogue from its workbook: two levels of headings, ticked boxes, limits in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_desk.kit.text import half_width, tidy
from village_desk.rulebook.rules import Cycle

Cells = Sequence[Sequence[str]]
_HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("first", ("一级",)),
    ("second", ("二级",)),
    ("number", ("序号", "编号")),
    ("basis", ("依据",)),
    ("limit", ("时限", "期限", "频次", "周期", "公开时间")),
    ("body", ("主体", "责任单位", "责任人")),
    ("channel", ("渠道", "载体", "方式", "形式")),
    ("audience", ("对象", "范围")),
    ("content", ("内容", "要素")),
    ("item", ("事项", "项目")),
)
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_TICKED = re.compile(r"[■☑√●]\s*([^■□☑√●○\s]+)")
_WORKDAYS = re.compile(r"(\d{1,3})个?工作日")
_DAYS = re.compile(r"(\d{1,3})(?:个?自然日|日内|天内|日之内|日以内)")
_MONTH_DAY = re.compile(r"(?:首个?月|首月|第一个月|次月|下月|当月|每月|月)(?:的)?(\d{1,2})[日号]")
_YEAR_MONTH = re.compile(r"每年(?:的)?(\d{1,2})月(?:份)?(?:(\d{1,2})[日号])?")


@dataclass(frozen=True)
class Limit:
    """What a limit means: how often, by which day, or within how many days of an event."""

    cycle: Cycle
    due_day: int = 0
    due_month: int = 0
    within_days: int = 0
    working_days: bool = False


@dataclass(frozen=True)
class ReadItem:
    """One row of the workbook as it was understood; `limit` is None where nobody could read it."""

    row: int
    number: str
    heading: str
    name: str
    basis: str
    limit_text: str
    limit: Limit | None
    issuer: str
    column: str
    channel: str


@dataclass(frozen=True)
class Reading:
    """The whole workbook: its items, what must be asked, and what is wrong in which cell."""

    items: tuple[ReadItem, ...]
    questions: tuple[tuple[int, str], ...]
    troubles: tuple[str, ...]


def read_limit(text: str) -> Limit | None:
    """每季度的首个月20日, 20个工作日内, 每年3月 … as days and cycles; None for what only a person understands."""
    words = half_width(tidy(text)).replace(" ", "")
    words = re.sub(r"([一二三四五六七八九十])(?=个?工作日|日内|天内)", lambda m: str(_DIGITS[m[1]]), words)
    if not words:
        return None
    found = _WORKDAYS.search(words)
    if found:
        return Limit(Cycle.ON_EVENT, within_days=int(found[1]), working_days=True)
    day = _MONTH_DAY.search(words)
    due = int(day[1]) if day and 1 <= int(day[1]) <= 31 else 0
    if "季" in words:
        return Limit(Cycle.QUARTER, due_day=due)
    if "半年" in words:
        return Limit(Cycle.HALF_YEAR, due_day=due)
    yearly = _YEAR_MONTH.search(words)
    if yearly and 1 <= int(yearly[1]) <= 12:
        return Limit(Cycle.YEAR, due_day=int(yearly[2] or 0), due_month=int(yearly[1]))
    if re.search(r"每年|年度|一年", words):
        return Limit(Cycle.YEAR)
    if re.search(r"每月|按月|月度", words):
        return Limit(Cycle.MONTH, due_day=due)
    within = _DAYS.search(words)
    if within:
        return Limit(Cycle.ON_EVENT, within_days=int(within[1]))
    if re.search(r"变动|变更|变化|更新|调整|长期", words):
        return Limit(Cycle.ON_CHANGE)
    if re.search(r"及时|随时|实时|即时|适时|发生|事前|事后|事中", words):
        return Limit(Cycle.ON_EVENT)
    return None


def ticked_only(text: str) -> str:
    """Of ■村务公开栏 □微信群 what is ticked; the text as it stands where nothing is."""
    chosen = _TICKED.findall(text)
    return "、".join(chosen) if chosen else tidy(re.sub(r"[□○]\s*[^■□\s]+", "", text)) or tidy(text)


def read_catalogue(cells: Cells, answers: Mapping[int, str]) -> Reading:
    """The items of a workbook's first sheet; `answers` are limits that a person typed, by row number from 1."""
    head = next((i for i, row in enumerate(cells[:15]) if len(_columns(row)) >= 3), None)
    if head is None:
        return Reading((), (), ("前15行里找不到表头，表头要有公开事项、公开依据、公开时限等栏。",))
    places = _columns(cells[head])
    if "item" not in places and "content" not in places and "second" not in places:
        return Reading((), (), (f"第{head + 1}行的表头里没有“公开事项”或“公开内容”一栏。",))
    first = second = ""
    items: list[ReadItem] = []
    questions: list[tuple[int, str]] = []
    for number, row in enumerate(cells[head + 1 :], head + 2):
        cell = {name: tidy(row[at]) if at < len(row) else "" for name, at in places.items()}
        if not any(cell.values()):
            continue
        first = cell.get("first") or first
        second = cell.get("second") or second
        name = cell.get("content") or cell.get("item") or second
        if "first" not in places and cell.get("item") and cell.get("content"):
            second = cell["item"]
        if not name or _is_group_row(cell):
            first = name or first
            continue
        limit_text = answers.get(number, cell.get("limit", ""))
        limit = read_limit(ticked_only(limit_text) if "■" in limit_text else limit_text)
        if limit is None:
            questions.append((number, limit_text or "（空白）"))
        heading = "　".join(dict.fromkeys(part for part in (first, second) if part and part != name))
        items.append(
            ReadItem(
                number,
                cell.get("number", ""),
                heading,
                name,
                cell.get("basis", ""),
                limit_text,
                limit,
                _issuer(ticked_only(cell.get("body", ""))),
                _column(f"{heading}{name}"),
                ticked_only(cell.get("channel", "")),
            )
        )
    troubles = _doubled(items, places.get("number", 0))
    if not items:
        troubles = (*troubles, f"第{head + 1}行是表头，下面没有公开事项。")
    return Reading(tuple(items), tuple(questions), troubles)


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        words = tidy(cell).replace(" ", "")
        name = next((name for name, marks in _HEADS if words and any(mark in words for mark in marks)), None)
        if name is not None and name not in found and len(words) <= 12:
            found[name] = at
    return found


def _is_group_row(cell: Mapping[str, str]) -> bool:
    """A line such as 一、党务公开 that only heads what follows."""
    filled = [name for name, words in cell.items() if words]
    return len(filled) == 1 and "limit" in cell and not cell["limit"]


def _doubled(items: Sequence[ReadItem], at: int) -> tuple[str, ...]:
    rows: dict[str, int] = {}
    found = []
    letter = chr(ord("A") + at)
    for item in items:
        if item.number and item.number in rows:
            found.append(f"{letter}{rows[item.number]}和{letter}{item.row}的序号都是“{item.number}”。")
        elif item.number:
            rows[item.number] = item.row
    return tuple(found)


def _issuer(body: str) -> str:
    if re.search(r"监督委员会|监委会", body) and not re.search(r"村民委员会|村委会", body):
        return "supervision"
    if re.search(r"支部|党组织|党委|党总支", body) and not re.search(r"村民委员会|村委会", body):
        return "branch"
    return "collective" if re.search(r"集体经济|合作社", body) else "committee"


def _column(words: str) -> str:
    if re.search(r"党务|党员|党组织|党费|党内", words):
        return "party"
    if re.search(r"财务|收支|账|资产|债务|债权|资金", words):
        return "finance"
    return "service" if re.search(r"服务", words) else "village"
