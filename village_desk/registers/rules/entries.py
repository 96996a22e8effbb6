"""Entries of registers: reading what was typed, what is due, what a fund holds, and how long a report is awaited."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, half_width, short_date, tidy
from village_desk.rulebook.rules import FieldSort, RegisterField, RegisterTemplate, SubjectSort
from village_desk.rulebook.rules.registers import faults

MOST_FIELDS = 30
OWN = "own_"
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_NUMBERS = frozenset({FieldSort.MONEY, FieldSort.NUMBER, FieldSort.AREA})
REFERRING = frozenset(
    {FieldSort.PERSON, FieldSort.HOUSEHOLD, FieldSort.ORGANISATION, FieldSort.GRID, FieldSort.CONTRACT}
)

Pairs = tuple[tuple[str, Any], ...]


class ChangeKind(StrEnum):
    """What happened to an entry."""

    NOTED = "noted"
    CORRECTED = "corrected"
    CHECKED = "checked"
    MOVED = "moved"
    LEFT = "left"
    RETURNED = "returned"

    @property
    def words(self) -> str:
        """As the history of an entry names it."""
        return _CHANGE_WORDS[self]


_CHANGE_WORDS = {
    ChangeKind.NOTED: "进展",
    ChangeKind.CORRECTED: "更正",
    ChangeKind.CHECKED: "到期办理",
    ChangeKind.MOVED: "状态",
    ChangeKind.LEFT: "移出",
    ChangeKind.RETURNED: "重新列入",
}


class Way(StrEnum):
    """How something was told to the township or came from it."""

    PHONE = "phone"
    PAPER = "paper"
    MESSAGE = "message"
    STICK = "stick"
    VISIT = "visit"

    @property
    def words(self) -> str:
        """As a clerk says it."""
        return {"phone": "电话", "paper": "纸质单", "message": "微信、短信", "stick": "上报包", "visit": "当面"}[self]


@dataclass(frozen=True)
class Change:
    """One field before and after, in words."""

    title: str
    before: str
    after: str


def checked(form: RegisterTemplate, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to be kept by field, empty ones left out. Raises NotAllowed naming the field."""
    unknown = sorted(set(given) - {one.key for one in form.fields})
    if unknown:
        raise NotAllowed(f"《{form.title}》没有“{unknown[0]}”这一栏。", "请刷新后再填，或先在“调整栏目”里加上它。")
    kept = {}
    for one in form.fields:
        value = _value(one, given.get(one.key))
        if value is not None and value != "":
            kept[one.key] = value
        elif one.required:
            raise NotAllowed(f"《{form.title}》的“{one.title}”没有填。", "这一栏必填，不知道的写“未登记”。")
    return kept


def _value(one: RegisterField, given: Any) -> Any:
    if given is None or given == "":
        return None
    wrong = NotAllowed(f"“{one.title}”填的不对。", f"这一栏要填{one.sort.words}。")
    if one.sort is FieldSort.DAY:
        if isinstance(given, dt.date):
            return given.isoformat()
        try:
            return dt.date.fromisoformat(str(given)).isoformat()
        except ValueError:
            raise wrong from None
    if one.sort in _NUMBERS:
        if isinstance(given, bool) or not isinstance(given, int) or given < 0:
            raise wrong
        return given
    if one.sort is FieldSort.YES:
        return True if given is True or given == "是" else None
    words = tidy(str(given))
    if one.sort is FieldSort.CHOICE and words and words not in one.choices:
        raise NotAllowed(f"“{one.title}”没有“{words}”这一项。", f"可选：{'、'.join(one.choices)}。")
    return words or None


def words_of(one: RegisterField, value: Any, names: Mapping[str, str]) -> str:
    """A value as lists and paper show it; nothing for one that was not given."""
    if value is None or value == "":
        return ""
    if one.sort is FieldSort.DAY:
        return chinese_date(dt.date.fromisoformat(value))
    if one.sort is FieldSort.MONEY:
        return f"{yuan(value)}元"
    if one.sort is FieldSort.AREA:
        return f"{yuan(value)}亩"
    if one.sort is FieldSort.NUMBER:
        return f"{value}{one.unit}"
    if one.sort is FieldSort.YES:
        return "是"
    if one.sort in REFERRING:
        return names.get(value, "名册里没有")
    return str(value)


def parted(form: RegisterTemplate, kept: Mapping[str, Any]) -> tuple[Pairs, Pairs]:
    """The answers that travel, and those that stay in the village, in the order of the form."""
    pairs = [(one, kept[one.key]) for one in form.fields if one.key in kept]
    mine = {one.key for one, _ in pairs if one.private}
    known = {one.key for one in form.fields}
    # Answers to fields that the form had once are kept with what stays.
    older = tuple((key, value) for key, value in kept.items() if key not in known)
    return (
        tuple((one.key, value) for one, value in pairs if one.key not in mine),
        (*((one.key, value) for one, value in pairs if one.key in mine), *older),
    )


def changes_between(
    form: RegisterTemplate, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[Change, ...]:
    """Every field whose answer differs, in words."""
    return tuple(
        Change(one.title, words_of(one, before.get(one.key), names), words_of(one, after.get(one.key), names))
        for one in form.fields
        if before.get(one.key) != after.get(one.key)
    )


def due_day(form: RegisterTemplate, noted_on: dt.date | None, kept: Mapping[str, Any]) -> dt.date | None:
    """The day on which an entry is due, whether or not it is settled; None for none."""
    field = form.due
    if field is None:
        return None
    if found := kept.get(field.key):
        return dt.date.fromisoformat(found)
    return noted_on + dt.timedelta(days=form.visit_days) if form.visit_days and noted_on is not None else None


def settled(form: RegisterTemplate, kept: Mapping[str, Any], state: str, left_on: dt.date | None) -> bool:
    """Whether nothing is due any more."""
    settles = form.settles
    return left_on is not None or state in form.closing or (settles is not None and bool(kept.get(settles.key)))


def next_due(form: RegisterTemplate, kept: Mapping[str, Any], done_on: dt.date) -> dt.date | None:
    """When it comes round again after it was done on a day; None where the register has no rhythm for it."""
    field = form.due
    every = kept.get(field.every, 0) if field is not None and field.every else 0
    return done_on + dt.timedelta(days=every) if every else None


def due_words(day: dt.date, on: dt.date) -> str:
    """逾期3天（9月27日） or 10月5日前."""
    late = (on - day).days
    if late > 0:
        return f"逾期{late}天（{short_date(day)}）"
    return "今天到期" if late == 0 else f"{short_date(day)}前"


def check_day(title: str, day: dt.date | None, today: dt.date) -> dt.date:
    """The day of an entry. Raises NotAllowed without one and for one to come."""
    if day is None:
        raise NotAllowed(f"“{title}”没有填。", "请填实际的日期。")
    if day > today:
        raise NotAllowed(
            f"“{title}”填的是{chinese_date(day)}，今天才{chinese_date(today)}。", "还没有发生的，到那天再登记。"
        )
    return day


def answered_state(form: RegisterTemplate, state: str) -> str:
    """The state of a reported entry once the township answered; a closed one stays closed."""
    answered = next((one for one in form.states if "答复" in one), state)
    return state if state in form.closing else answered


def clock_time(words: str) -> str:
    """14:20 from what was typed; nothing from nothing. Raises NotAllowed."""
    typed = half_width(tidy(words))
    if not typed:
        return ""
    found = _TIME.fullmatch(typed)
    if found is None:
        raise NotAllowed(f"时间写的是“{typed[:20]}”，看不出几点几分。", "请写成14:20。")
    return f"{int(found.group(1))}:{found.group(2)}"


def moment(day: dt.date, at: str) -> dt.datetime:
    """A day with its time, the day's beginning where none was noted."""
    hours, _, minutes = at.partition(":")
    return dt.datetime.combine(day, dt.time(int(hours), int(minutes)) if at else dt.time())


def waited(since: dt.datetime, until: dt.datetime) -> str:
    """2天3小时, 40分钟: how long something waits, in whole minutes."""
    minutes = max(0, int((until - since).total_seconds()) // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    return f"{hours}小时{minutes % 60}分钟" if hours else f"{minutes}分钟"


def check_money(
    form: RegisterTemplate, balance: int, amount_fen: int, *, approved_by: str, recipient: str, purpose: str
) -> None:
    """Refuse a sum that a fund cannot bear. Raises NotAllowed with the numbers."""
    if not form.money:
        raise NotAllowed(f"《{form.title}》不记收支。", "收支请登在资金类的台账里。")
    if not amount_fen:
        raise NotAllowed("金额是零。", "收入和支出都填大于零的数。")
    if not tidy(purpose):
        raise NotAllowed("还没写这笔钱的用途或来源。", "例如“慰问生活困难党员”“镇党委下拨”。")
    if amount_fen > 0:
        return
    if form.strict_money and balance + amount_fen < 0:
        raise NotAllowed(
            f"这笔支出{yuan(-amount_fen)}元，余额只有{yuan(balance)}元，还差{yuan(-amount_fen - balance)}元。",
            "请先登记收入，或减少这笔支出。",
        )
    if form.strict_money and not (tidy(approved_by) and tidy(recipient)):
        lacking = "审批人" if not tidy(approved_by) else "领款人"
        raise NotAllowed(f"支出还没有填{lacking}。", "每笔支出都要有审批人和领款人。")


def entitlement(members: int, rate_fen: int) -> int:
    """What so many members are entitled to at a rate each, in fen."""
    return members * rate_fen


def check_form(form: RegisterTemplate) -> RegisterTemplate:
    """A form as the village wrote it. Raises NotAllowed for one that cannot be kept."""
    if not tidy(form.title):
        raise NotAllowed("台账还没有名称。", "例如“护林巡查台账”。")
    if len(form.fields) > MOST_FIELDS:
        raise NotAllowed(f"《{form.title}》有{len(form.fields)}栏，超过{MOST_FIELDS}栏。", "请拆成两本台账。")
    for _, wrong in faults(form):
        raise NotAllowed(f"《{form.title}》的栏目{wrong}。", "请改好后再保存。")
    titles = [tidy(one.title) for one in form.fields]
    for title in titles:
        if titles.count(title) > 1:
            raise NotAllowed(f"《{form.title}》里“{title}”写了两次。", "请删去一栏或换个名称。")
    return form


def adapted(
    form: RegisterTemplate, *, title: str, rows: Sequence[tuple[str, FieldSort, Sequence[str], bool, bool]]
) -> RegisterTemplate:
    """The form with the rows (title, sort, choices, required, private) as its fields.

    A row whose title the form has keeps that field's key and everything that is not asked; a new one gets a key of
    its own. Fields that are left out keep their old answers unseen. Raises NotAllowed.
    """
    known = {one.title: one for one in form.fields}
    fields = []
    for words, sort, choices, required, private in rows:
        old = known.get(tidy(words))
        if old is None:
            # The same name gives the same key, so that answers come back with their field and never under another.
            old = RegisterField(f"{OWN}{same_id('register_field', tidy(words))[:12]}", tidy(words), sort)
        fields.append(
            dataclasses.replace(
                old,
                choices=tuple(choices),
                required=required,
                private=private or old.private,
                wall=old.wall and not private,
            )
        )
    lost = [one.title for one in form.fields if one.key in _carrying(form) and one.key not in {f.key for f in fields}]
    if lost:
        raise NotAllowed(f"“{lost[0]}”这一栏软件要用来算，不能删。", "不用它时留空即可。")
    return check_form(dataclasses.replace(form, title=tidy(title), fields=tuple(fields)))


def _carrying(form: RegisterTemplate) -> frozenset[str]:
    """Fields on which something hangs."""
    due, settles = form.due, form.settles
    return frozenset(
        one
        for one in (
            form.actor,
            form.missing_by,
            due.key if due else "",
            due.every if due else "",
            settles.key if settles else "",
        )
        if one
    )


def check_subject(form: RegisterTemplate, subject_id: str) -> None:
    """Refuse an entry without the one that it is about. Raises NotAllowed."""
    if form.about is not SubjectSort.NONE and form.about_required and not subject_id:
        raise NotAllowed(f"还没有选{form.about_title}。", "请从名册里选。")


def sums_of(form: RegisterTemplate, rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The sum of every field that is summed."""
    held = list(rows)
    return {one.key: sum(row.get(one.key) or 0 for row in held) for one in form.fields if one.sums}
