"""Service cases: the stages that a kind of case goes through, what each needs, when it is late and when it may end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, short_date, tidy

MOST_LIMIT_DAYS = 250
MOST_TRIPS = 50


class StageKind(StrEnum):
    """What can happen to a case, in the order in which a case may go; a flow names some of them."""

    TAKEN = "taken"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    ORDERED = "ordered"
    HANDLED = "handled"
    UP = "up"
    BACK = "back"
    FEEDBACK = "feedback"
    ANSWERED = "answered"
    FOLLOWED = "followed"
    CHECKED = "checked"
    RATED = "rated"


# What can only follow certain stages: nobody takes what he was not given, nothing comes back that was not sent.
_ONLY_AFTER: dict[StageKind, frozenset[StageKind]] = {
    StageKind.ACCEPTED: frozenset({StageKind.ASSIGNED}),
    StageKind.BACK: frozenset({StageKind.UP}),
    StageKind.ORDERED: frozenset({StageKind.REPORTED}),
    StageKind.FEEDBACK: frozenset({StageKind.REPORTED, StageKind.ORDERED, StageKind.HANDLED}),
}
# Between these the case lies with the township.
WITH_TOWNSHIP = frozenset({StageKind.UP, StageKind.REPORTED, StageKind.ORDERED})


class Mode(StrEnum):
    """How the village takes a case on: done at once, promised for a day, or answered that it cannot be done."""

    AT_ONCE = "at_once"
    PROMISED = "promised"
    REPLY = "reply"


MODE_WORDS: dict[Mode, str] = {
    Mode.AT_ONCE: "直接办理",
    Mode.PROMISED: "承诺办理",
    Mode.REPLY: "明确答复",
}


class Line(StrEnum):
    """The two sorts of service cases that are counted apart."""

    AFFAIRS = "affairs"
    RIGHTS = "rights"


LINE_WORDS: dict[Line, str] = {Line.AFFAIRS: "办事", Line.RIGHTS: "维权"}


class Rating(StrEnum):
    """What the person says of it."""

    NONE = ""
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


RATING_WORDS: dict[Rating, str] = {
    Rating.NONE: "",
    Rating.GOOD: "满意",
    Rating.FAIR: "基本满意",
    Rating.POOR: "不满意",
}


class Level(StrEnum):
    """Where a dispute was settled, or a case handled."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    ABOVE = "above"


LEVEL_WORDS: dict[Level, str] = {Level.VILLAGE: "村里", Level.TOWNSHIP: "镇里", Level.ABOVE: "县里以上"}


class CashKind(StrEnum):
    """Money of a person that passes through the agent's hands."""

    RECEIVED = "received"
    PAID = "paid"
    RETURNED = "returned"


CASH_WORDS: dict[CashKind, str] = {
    CashKind.RECEIVED: "收到",
    CashKind.PAID: "代缴、代付",
    CashKind.RETURNED: "退还",
}


@dataclass(frozen=True)
class Stage:
    """One stage of a flow: optional ones may be passed over; the case ends with the one that closes."""

    kind: StageKind
    name: str
    optional: bool = False
    closes: bool = False


@dataclass(frozen=True)
class Flow:
    """The way of a case. `unrated_days` after its last stage but rating it may end with a note instead of a rating."""

    key: str
    name: str
    stages: tuple[Stage, ...]
    unrated_days: int = 0
    source: str = ""

    def has(self, kind: StageKind) -> bool:
        """Whether the stage belongs to this way."""
        return any(one.kind is kind for one in self.stages)

    def stage(self, kind: StageKind) -> Stage:
        """That stage. Raises NotAllowed where this way has none."""
        found = next((one for one in self.stages if one.kind is kind), None)
        if found is None:
            raise NotAllowed(f"“{self.name}”的办件没有这一步。", "请看办件卡上列出的步骤。")
        return found

    def place(self, kind: StageKind) -> int:
        """Where the stage stands, counted from 0. Raises NotAllowed where this way has none."""
        return self.stages.index(self.stage(kind))

    @property
    def closing(self) -> Stage:
        """The stage that ends the case."""
        return next(one for one in self.stages if one.closes)

    def next_stages(self, at: StageKind) -> tuple[Stage, ...]:
        """What may come after a stage, the last of it is what must come; what went up has to come back first."""
        found = []
        for one in self.stages[self.place(at) + 1 :]:
            if at not in _ONLY_AFTER.get(one.kind, {at}) and one.optional:
                continue
            found.append(one)
            if at is StageKind.UP and one.kind is StageKind.BACK:
                break
            if not one.optional:
                break
        return tuple(found)

    def check_next(self, at: StageKind, wanted: StageKind) -> Stage:
        """The wanted stage. Raises NotAllowed when another must come first."""
        stage = self.stage(wanted)
        allowed = self.next_stages(at)
        if stage not in allowed:
            if self.place(wanted) <= self.place(at):
                raise NotAllowed(f"这件已经办到“{self.stage(at).name}”，不能再登记“{stage.name}”。", "请看办件经过。")
            raise NotAllowed(
                f"这件刚办到“{self.stage(at).name}”，还不能登记“{stage.name}”。", f"请先登记“{allowed[-1].name}”。"
            )
        return stage


@dataclass(frozen=True)
class Kind:
    """A kind of case; `limit` are the working days promised where no date is named, 0 for none.

    `warning` is said before a kind that is switched off may be switched on.
    """

    key: str
    name: str
    group: str
    flow: str
    line: Line = Line.AFFAIRS
    limit: int = 0
    money: bool = False
    sensitive: bool = False
    welfare: bool = False
    must_report: bool = False
    active: bool = True
    warning: str = ""
    own: bool = False


@dataclass(frozen=True)
class Lists:
    """What the fields of a case are chosen from."""

    categories: tuple[str, ...]
    service_ways: tuple[str, ...]
    sources: tuple[str, ...]
    lines: tuple[str, ...]
    conduct: tuple[str, ...]
    reply_ways: tuple[str, ...]


@dataclass(frozen=True)
class Presets:
    """Everything that ships for service cases."""

    flows: tuple[Flow, ...]
    kinds: tuple[Kind, ...]
    lists: Lists


@dataclass(frozen=True)
class Cash:
    """The money of one case, in fen."""

    received: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def in_hand(self) -> int:
        """What the agent still holds, in fen."""
        return self.received - self.paid - self.returned


@dataclass(frozen=True)
class Standing:
    """The facts from which a case's lateness is judged."""

    mode: Mode
    taken_on: dt.date
    due_on: dt.date | None
    outside_due_on: dt.date | None
    stage: StageKind
    answered_on: dt.date | None
    closed_on: dt.date | None

    def late_words(self, today: dt.date) -> str:
        """Why the case is late on a day, as a sentence; empty when it is not."""
        if self.closed_on is not None or self.answered_on is not None:
            return ""
        if self.stage in WITH_TOWNSHIP and self.outside_due_on is not None and self.outside_due_on < today:
            asked = "镇里还没有反馈" if self.stage is StageKind.ORDERED else "镇里还没有返回结果"
            return f"{asked}，限期{short_date(self.outside_due_on)}，已过{(today - self.outside_due_on).days}天。"
        if self.mode is Mode.AT_ONCE and self.taken_on < today:
            return f"登记为直接办理，{short_date(self.taken_on)}当天没有办结。"
        if self.due_on is not None and self.due_on < today:
            return f"承诺{short_date(self.due_on)}前办结，已超期{(today - self.due_on).days}天。"
        return ""


def check_taking(
    *, applicant: str, matter: str, first_asked: str, mode: Mode, due_on: dt.date | None, taken_on: dt.date, reply: str
) -> None:
    """What must be there when a case is taken on. Raises NotAllowed."""
    if not tidy(applicant):
        raise NotAllowed("还没有填是谁来办。", "请选名册里的人，外村人直接写姓名。")
    if not tidy(matter):
        raise NotAllowed("还没有填办什么事。", "例如“代办老年证”。")
    if not tidy(first_asked):
        raise NotAllowed("首问人不能空着。", "谁先接待的，就写谁。")
    if mode is Mode.PROMISED and due_on is None:
        raise NotAllowed("承诺办理要有承诺日期。", "请填承诺哪一天办好；不能定日期的，请选明确答复。")
    if due_on is not None and due_on < taken_on:
        raise NotAllowed(f"承诺日期{chinese_date(due_on)}早于受理日期。", "请核对这两个日期。")
    if mode is Mode.REPLY and not tidy(reply):
        raise NotAllowed("明确答复要写答复的内容。", "请写清楚为什么办不了、该找谁办。")


def check_day(words: str, on: dt.date, *, after: dt.date | None, today: dt.date) -> None:
    """A stage lies neither ahead nor before the stage it follows. Raises NotAllowed."""
    if on > today:
        raise NotAllowed(f"{words}的日期在今天以后。", "请填实际的日期。")
    if after is not None and on < after:
        raise NotAllowed(f"{words}不能早于上一步（{chinese_date(after)}）。", "请核对日期。")


def check_overdue_reason(due_on: dt.date | None, on: dt.date, reason: str) -> None:
    """A case that ends after its day needs a reason first. Raises NotAllowed."""
    if due_on is not None and on > due_on and not tidy(reason):
        raise NotAllowed(
            f"这件承诺{chinese_date(due_on)}前办结，超期{(on - due_on).days}天，还没有写超期原因。",
            "请写明超期原因和责任人，再办结。",
        )


def check_cash(cash: Cash) -> None:
    """A case with money ends when nothing of it is left. Raises NotAllowed."""
    if cash.in_hand > 0:
        raise NotAllowed(
            f"收了{yuan(cash.received)}元，代缴{yuan(cash.paid)}元，退还{yuan(cash.returned)}元，手里还有{yuan(cash.in_hand)}元。",
            "请登记代缴的凭证，或把余款退还本人，再办结。",
        )
    if cash.in_hand < 0:
        raise NotAllowed(
            f"代缴和退还比收到的多{yuan(-cash.in_hand)}元。", "请核对金额；垫付的，收到本人的钱后登记再办结。"
        )


def check_unrated(flow: Flow, last_on: dt.date, on: dt.date, note: str) -> None:
    """A case whose rating does not come may end with a note after some days. Raises NotAllowed."""
    if on < last_on + dt.timedelta(days=flow.unrated_days):
        raise NotAllowed(
            f"办结才{(on - last_on).days}天，还没有评价，不能直接结案。",
            f"请再问一次；满{flow.unrated_days}天没有评价的，写明情况后可以结案。",
        )
    if not tidy(note):
        raise NotAllowed("没有评价就结案，要写明情况。", "例如“两次电话没有接通”。")


def check_flow(flow: Flow) -> None:
    """A way begins with taking a case on and has one end; nothing stands twice. Raises NotAllowed."""
    kinds = [one.kind for one in flow.stages]
    if not kinds or kinds[0] is not StageKind.TAKEN or sum(one.closes for one in flow.stages) != 1:
        raise NotAllowed(f"“{flow.name}”的步骤不完整。", "第一步是受理，并且要有一步是结案。")
    if len(set(kinds)) != len(kinds):
        raise NotAllowed(f"“{flow.name}”有一步写了两次。", "请删去一步。")


def next_number(taken: Sequence[int]) -> int:
    """The smallest number of a year that is free, so that the numbers run without gaps."""
    used = set(taken)
    return next(one for one in range(1, len(used) + 2) if one not in used)


def number_words(year: int, number: int | None) -> str:
    """2026-012; 待编号 on a laptop that does not give numbers."""
    return f"{year}-{number:03d}" if number else "待编号"
