"""The frozen rows that pages, paper and other rooms get of cases."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.decisions.rules import CaseVerdict
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.meetings.rules import Verdict, VerdictState
from village_desk.notices.lookups import BoardRow
from village_desk.notices.rules.life import Stage
from village_desk.rulebook.rules import MatterType, StageTemplate
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
class StageRow:
    """One step of a case with its last attempt, its verdict and what hangs on it.

    `posted_today` is how long a sheet of this step would hang if it were posted today, while there is none.
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

    def stage(self, no: int) -> StageRow:
        """The step of this number."""
        return self.stages[no - 1]
