"""One service case as pages and paper show it: its words, also masked, its history, and the filters of the list."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.text import chinese_date, short_date
from village_desk.people.rules.masking import Audience, Private, masked, masked_name, screened
from village_desk.registers.rules.cases import (
    CASH_WORDS,
    MODE_WORDS,
    RATING_WORDS,
    WITH_TOWNSHIP,
    Cash,
    CashKind,
    Flow,
    Line,
    Mode,
    Rating,
    StageKind,
)

HIDDEN = "（内容不公开）"
# What is due within so many days stands among the due ones.
SOON_DAYS = 3


class Pile(StrEnum):
    """The filters over the list, in their order."""

    OPEN = "open"
    DUE = "due"
    LATE = "late"
    OURS = "ours"
    TOWNSHIP = "township"
    NO_REPLY = "no_reply"
    UNRATED = "unrated"
    CARRY = "carry"
    TRIPS = "trips"
    CLOSED = "closed"
    ALL = "all"


PILE_WORDS: dict[Pile, str] = {
    Pile.OPEN: "在办",
    Pile.DUE: "快到期",
    Pile.LATE: "已超期",
    Pile.OURS: "等村里办",
    Pile.TOWNSHIP: "等镇里办",
    Pile.NO_REPLY: "超期没有答复",
    Pile.UNRATED: "还没评价",
    Pile.CARRY: "等着上送",
    Pile.TRIPS: "多跑了腿",
    Pile.CLOSED: "已办结",
    Pile.ALL: "全部",
}


@dataclass(frozen=True)
class CaseRow:
    """One case; `late` says why it is late on the day of reading, `next_words` what comes next."""

    id: str
    year: int
    number: str
    kind: str
    kind_name: str
    flow: Flow
    line: Line
    category: str
    service_way: str
    sensitive: bool
    welfare: bool
    mode: Mode
    matter: str
    content: str
    person_id: str
    household_id: str
    applicant: str
    phone: str
    source: str
    source_line: str
    source_room: str
    source_id: str
    source_words: str
    materials: tuple[str, ...]
    first_asked: str
    taken_on: dt.date
    due_on: dt.date | None
    outside_due_on: dt.date | None
    stage: StageKind
    stage_on: dt.date
    team_id: str
    team: str
    agent_id: str
    agent: str
    batch_id: str
    needs_carrying: bool
    carried_on: dt.date | None
    returned_on: dt.date | None
    trips: int
    cost_fen: int
    paid_by: str
    replied_on: dt.date | None
    reply_way: str
    reply: str
    confirmed: bool
    level: str
    rating: Rating
    rated_on: dt.date | None
    conduct: str
    closed_on: dt.date | None
    overdue_reason: str
    overdue_by: str
    closing_note: str
    withdrawn: bool
    cash: Cash
    late: str

    @property
    def title(self) -> str:
        """What it is about, as the clerk's own screen shows it."""
        return f"{self.matter}：{self.content}" if self.sensitive and self.content else self.matter

    @property
    def shown_title(self) -> str:
        """What it is about on paper: of a sensitive case only its kind."""
        return f"{self.kind_name}{HIDDEN}" if self.sensitive else screened(self.matter, Audience.BOARD)

    @property
    def shown_name(self) -> str:
        """The applicant on paper: of a sensitive case only the surname."""
        return masked_name(self.applicant) if self.sensitive else self.applicant

    @property
    def shown_phone(self) -> str:
        """The phone on paper; a sensitive case has none."""
        return "" if self.sensitive else masked(Private.PHONE, self.phone, Audience.BOARD)

    @property
    def stage_words(self) -> str:
        """How far it is: 已办结, or the last stage."""
        if self.withdrawn:
            return "已撤回"
        return "已办结" if self.closed_on is not None else self.flow.stage(self.stage).name

    @property
    def acts_until(self) -> dt.date | None:
        """The day until which somebody has to act: the township's while the case lies there, else the promised one."""
        if self.closed_on is not None:
            return None
        if self.stage in WITH_TOWNSHIP and self.outside_due_on is not None:
            return self.outside_due_on
        return None if self.replied_on is not None else self.due_on

    @property
    def next_words(self) -> str:
        """What comes next and until when."""
        if self.closed_on is not None:
            return "还没有评价。" if self.is_unrated else f"{self.stage_words}。"
        if self.late:
            return self.late
        following = self.flow.next_stages(self.stage)[-1]
        until = f"，{short_date(self.due_on)}前办结" if self.due_on is not None else ""
        if self.stage in WITH_TOWNSHIP:
            when = f"，限期{short_date(self.outside_due_on)}" if self.outside_due_on is not None else ""
            return f"等镇里办{when}。"
        return f"下一步：{following.name}{until}。"

    @property
    def is_unrated(self) -> bool:
        """Whether the village has yet to ask what the person says of it."""
        asked = self.flow.has(StageKind.RATED) and self.rating is Rating.NONE
        done = self.closed_on is not None or self.stage is StageKind.ANSWERED
        return asked and done and not self.closing_note

    @property
    def mode_words(self) -> str:
        """直接办理, 承诺办理, 明确答复."""
        return MODE_WORDS[self.mode]

    @property
    def on_time(self) -> bool | None:
        """Whether it was done in time; None while it is not done, or where no day was promised."""
        done_on = self.replied_on or self.closed_on
        if done_on is None or self.due_on is None or self.withdrawn:
            return None
        return done_on <= self.due_on

    @property
    def rating_words(self) -> str:
        """满意 …; 未评价 where the person was not asked yet."""
        return RATING_WORDS[self.rating] or ("未评价" if self.flow.has(StageKind.RATED) else "")

    def lies_on(self, pile: Pile, today: dt.date) -> bool:
        """Whether the filter shows it."""
        is_open = self.closed_on is None
        match pile:
            case Pile.OPEN:
                return is_open
            case Pile.DUE:
                soon = self.due_on is not None and 0 <= (self.due_on - today).days <= SOON_DAYS
                return is_open and soon and not self.late
            case Pile.LATE:
                return bool(self.late)
            case Pile.OURS:
                return is_open and self.stage not in WITH_TOWNSHIP
            case Pile.TOWNSHIP:
                return is_open and self.stage in WITH_TOWNSHIP
            case Pile.NO_REPLY:
                return bool(self.late) and self.replied_on is None
            case Pile.UNRATED:
                return self.is_unrated
            case Pile.CARRY:
                return is_open and self.needs_carrying
            case Pile.TRIPS:
                return self.trips > 1
            case Pile.CLOSED:
                return not is_open
        return True


@dataclass(frozen=True)
class StepRow:
    """One thing that happened to a case, as its history shows it."""

    id: str
    what: str
    name: str
    on: dt.date
    by: str
    way: str
    unit: str
    order_no: str
    due_on: dt.date | None
    shown: bool
    words: str

    @property
    def sentence(self) -> str:
        """11月3日 承办（王建国）：到镇里交了材料。"""
        who = "、".join(part for part in (self.by, self.unit) if part)
        told = [f"单号{self.order_no}" if self.order_no else "", self.way, self.words]
        told.append(f"限{chinese_date(self.due_on)}前" if self.due_on is not None else "")
        said = "，".join(part for part in told if part).rstrip("。")
        named = f"{self.name}（{who}）" if who else self.name
        return f"{chinese_date(self.on)}　{named}{f'：{said}' if said else ''}。"


@dataclass(frozen=True)
class CashRow:
    """One amount that went through the agent's hands, in fen."""

    id: str
    what: CashKind
    amount_fen: int
    on: dt.date
    voucher: str
    note: str

    @property
    def what_words(self) -> str:
        """收到, 代缴、代付, 退还."""
        return CASH_WORDS[self.what]


@dataclass(frozen=True)
class CaseDetail:
    """One case with everything that happened to it; `seen` goes back with an edit."""

    row: CaseRow
    seen: str
    steps: tuple[StepRow, ...]
    cash: tuple[CashRow, ...]
    money: bool

    def step(self, kind: StageKind) -> StepRow | None:
        """The last time a stage was entered."""
        return next((one for one in reversed(self.steps) if one.what == kind), None)
