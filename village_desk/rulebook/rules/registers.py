"""The rows of register templates: which fields a register has, what is due, who is missing, what may hang on a wall."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class FieldSort(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    MONEY = "money"  # fen
    NUMBER = "number"
    AREA = "area"  # hundredths of a mu
    CHOICE = "choice"
    YES = "yes"
    PERSON = "person"
    HOUSEHOLD = "household"
    ORGANISATION = "organisation"
    GRID = "grid"
    CONTRACT = "contract"
    DECISION = "decision"  # its number and title: decisions stand above registers

    @property
    def words(self) -> str:
        """What a clerk calls it."""
        return _SORT_WORDS[self]


_SORT_WORDS = {
    FieldSort.TEXT: "一行文字",
    FieldSort.LONG: "多行文字",
    FieldSort.DAY: "日期",
    FieldSort.MONEY: "金额",
    FieldSort.NUMBER: "整数",
    FieldSort.AREA: "面积（亩）",
    FieldSort.CHOICE: "从几项里选",
    FieldSort.YES: "是或否",
    FieldSort.PERSON: "人",
    FieldSort.HOUSEHOLD: "户",
    FieldSort.ORGANISATION: "组织",
    FieldSort.GRID: "网格",
    FieldSort.CONTRACT: "合同",
    FieldSort.DECISION: "决议",
}


class SubjectSort(StrEnum):
    """Whom or what an entry is about."""

    NONE = ""
    PERSON = "person"
    MEMBER = "member"
    HOUSEHOLD = "household"
    ORGANISATION = "organisation"
    GRID = "grid"


class Missing(StrEnum):
    """Whom the other list of a register names: what should stand in it and does not."""

    NONE = ""
    HOUSEHOLDS = "households"  # households without an entry this year
    GRIDS = "grids"  # grids without an entry this month
    DAYS = "days"  # days of this month without an entry
    PLEDGES = "pledges"  # holders of posts of the two committees who lack one of the choices of `missing_by`
    ENDED_POSTS = "ended_posts"  # people whose post ended of late and who have no entry since
    CHOICES = "choices"  # choices of `missing_by` without an entry this year


@dataclass(frozen=True)
class RegisterField:
    """One field. A `private` one never leaves the village; `wall` fields may stand on a notice.

    A day that is `due` stays due until the field that `settles` is filled in, or the entry's state settles it.
    `every` names the field with the days after which a due day comes round again.
    """

    key: str
    title: str
    sort: FieldSort = FieldSort.TEXT
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    private: bool = False
    sums: bool = False
    due: bool = False
    settles: bool = False
    wall: bool = False
    every: str = ""
    hint: str = ""


@dataclass(frozen=True)
class RegisterTemplate:
    """One register as a pack describes it.

    An entry of a `private` register never leaves the village, not even that there is one. People enter and leave one
    that `enrols`, with a reason. `money` keeps sums in and out with a balance: `strict_money` lets it never fall below
    nothing and asks for approval and recipient. `counts` is what an entry counts as in the calendar, done by the
    person in the field `actor`. `reports` are told upwards at once. `closing` states settle what is due. `visit_days`
    is how soon after its day an entry's due day lies when nobody gives one. `hidden_from` are operators' roles that
    may not read it; an `optional` register is used only once the village switches it on; `counted` private registers
    give the township their number of entries. `head` is the heading of the index, `missing_only` are the choices of
    `missing_by` that nobody may lack; who may be a subject is taken from the register `about_in`, those answered there
    as `about_as`.
    """

    key: str
    title: str
    head: str
    law_version: str
    region: str
    valid_from: dt.date
    valid_to: dt.date | None
    fields: tuple[RegisterField, ...]
    about: SubjectSort = SubjectSort.NONE
    about_title: str = "对象"
    about_required: bool = True
    about_in: str = ""
    about_as: str = ""
    day_title: str = "日期"
    states: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    private: bool = False
    counted: bool = False
    enrols: bool = False
    money: bool = False
    strict_money: bool = False
    counts: str = ""
    actor: str = ""
    reports: bool = False
    visit_days: int = 0
    missing: Missing = Missing.NONE
    missing_by: str = ""
    missing_only: tuple[str, ...] = ()
    missing_words: str = ""
    hidden_from: tuple[str, ...] = ()
    optional: bool = False
    wall_title: str = ""
    signs: tuple[str, ...] = ("登记人", "审核人")
    legal_ref: str = ""
    note: str = ""
    source_note: str = ""

    def field(self, key: str) -> RegisterField | None:
        """The field of that key."""
        return next((one for one in self.fields if one.key == key), None)

    @property
    def due(self) -> RegisterField | None:
        """The field with the day on which something is due."""
        return next((one for one in self.fields if one.due), None)

    @property
    def settles(self) -> RegisterField | None:
        """The field that settles what is due."""
        return next((one for one in self.fields if one.settles), None)


def faults(row: RegisterTemplate) -> Iterator[tuple[str, str]]:
    """What is wrong with a template: pairs of column and what it should be."""
    keys = [one.key for one in row.fields]
    for one in row.fields:
        if not one.key or not one.title:
            yield "fields", "有一栏没有名称"
        elif keys.count(one.key) > 1:
            yield "fields", f"里“{one.title}”的key写了两次"
        if one.sort is FieldSort.CHOICE and not one.choices:
            yield "fields", f"里“{one.title}”没有写可以选哪几项"
        if one.sums and one.sort not in {FieldSort.MONEY, FieldSort.NUMBER, FieldSort.AREA}:
            yield "fields", f"里“{one.title}”不是数，不能合计"
        if one.due and one.sort is not FieldSort.DAY:
            yield "fields", f"里“{one.title}”不是日期，不能到期"
        if one.every and one.every not in keys:
            yield "fields", f"里“{one.title}”的every要是另一栏的key"
        if one.wall and (one.private or row.private):
            yield "fields", f"里“{one.title}”只在村里看，不能上墙"
    if sum(one.due for one in row.fields) > 1:
        yield "fields", "里只能有一栏是到期的日期"
    if not row.fields:
        yield "fields", "没有填，台账至少要有一栏"
    if set(row.closing) - set(row.states):
        yield "closing", "要是states里的几个"
    for column in ("actor", "missing_by"):
        named = getattr(row, column)
        if named and named not in keys:
            yield column, "要是一栏的key"
