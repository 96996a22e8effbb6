"""The frozen rows that pages, paper and other rooms get of cases."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.decisions.rules import CaseVerdict, ChangeKind, FilingKind, TaskFacts
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.meetings.rules import Verdict, VerdictState
from village_desk.notices.lookups import BoardRow
from village_desk.notices.rules.life import Stage
from village_desk.rulebook.rules import Body, MatterType, ProcedureTemplate, StageTemplate
from village_desk.schedule.rules import PostingPeriod


class DecisionState(StrEnum):
    """What the record itself keeps of a case."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class DecisionRow:
    """One line of the list of cases; `step` is the one that comes next, 0 when all are done."""

    id: str
    number: str
    title: str
    matter: str
    opened_on: dt.date
    state: DecisionState
    verdict: VerdictState
    words: str
    step: int
    step_name: str
    steps: int
    next_act: str


@dataclass(frozen=True)
class NoticeLink:
    """The sheet of a publication step; `postings` are the last (posted, off, board), `boards` every stay on each.

    `period_name` is what the kind of sheet calls its days: 公开期限 or 公示期.
    """

    id: str
    title: str
    number: str
    stage: Stage
    stage_words: str
    next_act: str
    postings: tuple[tuple[dt.date, dt.date | None, str], ...]
    last_day: dt.date | None
    review: str
    boards: tuple[BoardRow, ...]
    period_name: str


@dataclass(frozen=True)
class PaperRow:
    """The numbers of a meeting as an old sheet gives them; zero where it says nothing."""

    held_on: dt.date
    body: Body
    rule_kind: str
    eligible: int
    present: int
    yes: int
    no: int
    abstain: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class FilingRow:
    """What an office answered."""

    id: str
    kind: FilingKind
    on: dt.date
    office: str
    number: str
    opinion: str
    agreed: bool
    way: str

    @property
    def words(self) -> str:
        """The answer as sheets and lists show it."""
        verdict = "" if self.kind is FilingKind.COMMENT else "同意" if self.agreed else "不同意"
        parts = [self.office, f"{self.kind.words}{verdict}", self.number, self.opinion]
        return "　".join(part for part in parts if part)


@dataclass(frozen=True)
class ProgressRow:
    """How far a thing had come on a day; money in fen."""

    on: dt.date
    words: str
    spent_fen: int


@dataclass(frozen=True)
class WorkRow:
    """One thing to carry out, with how far it has come; money in fen."""

    id: str
    no: int
    title: str
    owner: str
    due_on: dt.date | None
    amount_fen: int | None
    done_on: dt.date | None
    progress: tuple[ProgressRow, ...]
    late: bool
    decision_id: str = ""

    @property
    def spent_fen(self) -> int:
        """Everything spent for it so far."""
        return sum(one.spent_fen for one in self.progress)

    @property
    def over(self) -> bool:
        """True when more was spent than planned."""
        return self.amount_fen is not None and self.spent_fen > self.amount_fen


@dataclass(frozen=True)
class MoneyRow:
    """What the accounts rest on a decision: its contracts as (number and subject, party, fen), its payments in fen."""

    contracts: tuple[tuple[str, str, int], ...] = ()
    payments: int = 0
    paid_fen: int = 0


@dataclass(frozen=True)
class ReturnRow:
    """A case sent back, or up to the villagers."""

    from_no: int
    to_no: int
    up: bool
    reason: str
    on: dt.date


@dataclass(frozen=True)
class ChangeRow:
    """Another case that changes this one, or that this one changes; `stands` once its vote does."""

    id: str
    kind: ChangeKind
    number: str
    title: str
    reason: str
    stands: bool


@dataclass(frozen=True)
class StageRow:
    """One step of a case with its last attempt, its verdict and what hangs on it.

    `posted_today` is how long a sheet of this step would hang if it were posted today, while there is none. `said` are
    (name, words) that its sheet holds besides, `files` how many photos and scans lie with its meeting or its notice.
    """

    no: int
    template: StageTemplate
    day: dt.date | None
    verdict: Verdict
    attempt: int
    merged: bool
    content: str
    opinion: str
    opinion_by: str
    opinion_on: dt.date | None
    meeting: MeetingDetail | None
    motion: MotionRow | None
    notice: NoticeLink | None
    duty_words: str
    posted_today: PostingPeriod | None
    task: TaskFacts | None = None
    paper: PaperRow | None = None
    said: tuple[tuple[str, str], ...] = ()
    files: int = 0
    responsible: str = ""
    """Who answered first for the village on the day of the step."""

    @property
    def done(self) -> bool:
        """True when the step stands."""
        return self.verdict.state is VerdictState.STANDS


@dataclass(frozen=True)
class MandateRow:
    """One mandate that the villagers' meeting gave."""

    id: str
    title: str
    matter_codes: tuple[str, ...]
    matters: str
    granted_on: dt.date
    valid_to: dt.date | None
    basis: str
    posted_on: dt.date | None = None
    filed_on: dt.date | None = None
    in_charter: bool = False


@dataclass(frozen=True)
class DecisionDetail:
    """A whole case for its page and its sheets."""

    row: DecisionRow
    seen: str
    matter: MatterType | None
    template_name: str
    law_version: str
    motion_sources: tuple[str, ...]
    motion_source: str
    proposer: str
    plan: str
    plan_version: int
    amount_fen: int | None
    one_shoulder: bool
    stands_in: bool
    from_paper: bool
    closing_reason: str
    stages: tuple[StageRow, ...]
    verdict: CaseVerdict
    village: str
    filings: tuple[FilingRow, ...] = ()
    works: tuple[WorkRow, ...] = ()
    returns: tuple[ReturnRow, ...] = ()
    changes: ChangeRow | None = None
    changed_by: tuple[ChangeRow, ...] = ()
    papers: tuple[str, ...] = ()
    template: ProcedureTemplate | None = None
    money: MoneyRow = MoneyRow()

    @property
    def template_votes(self) -> bool:
        """True when the village votes in one of the steps."""
        return any(stage.template.by_matter for stage in self.stages)

    @property
    def settled(self) -> bool:
        """True when the village's vote carried the plan: its text is final."""
        vote = next((stage for stage in self.stages if stage.template.by_matter), None)
        return vote is not None and vote.done

    def stage(self, no: int) -> StageRow:
        """The step of this number."""
        return self.stages[no - 1]
