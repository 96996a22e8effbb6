"""The facts of a case as the record holds them, and the shape of the verdict on it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.meetings.rules import MeetingFacts, Verdict, VerdictState
from village_desk.notices.rules.days import Hanging
from village_desk.rulebook.rules import Body, MatterType, ProcedureTemplate, StageKind


@dataclass(frozen=True)
class Mandate:
    """What the villagers' meeting let the representatives decide (村民委员会组织法 28, 29), and until when."""

    matter_codes: tuple[str, ...]
    granted_on: dt.date
    valid_to: dt.date | None = None
    title: str = ""
    posted_on: dt.date | None = None
    filed_on: dt.date | None = None
    in_charter: bool = False

    def covers(self, code: str, on: dt.date) -> bool:
        """Whether the matter may be decided on this day under the mandate."""
        return code in self.matter_codes and self.granted_on <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class PublicationFacts:
    """The sheet that a step puts on the wall: where each board stands, and whether the supervision committee spoke.

    `posted_on` is the first posting; `words` names the sheet and its stage while it does not hang yet.
    """

    posted_on: dt.date | None = None
    boards: tuple[Hanging, ...] = ()
    supervised: bool = False
    words: str = ""


class FilingKind(StrEnum):
    """What passes between the village and an office over a case, or hangs on the wall before its vote."""

    REVIEW = "review"
    APPROVAL = "approval"
    FILING = "filing"
    COMMENT = "comment"

    @property
    def words(self) -> str:
        """The kind as the clerk names it."""
        return {"review": "审核", "approval": "批准", "filing": "备案", "comment": "征求意见"}[self]


@dataclass(frozen=True)
class Filing:
    """One answer of an office by stick or on paper: its day, number and opinion; `agreed` is False for a refusal."""

    kind: FilingKind
    on: dt.date
    office: str = ""
    number: str = ""
    agreed: bool = True


@dataclass(frozen=True)
class TaskFacts:
    """A step that is no meeting, as it was done: `fields` are (name, words), `evidence` what is at hand.

    `skipped` is the reason why it was left out.
    """

    done_on: dt.date | None = None
    done_by: str = ""
    checked_by: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    skipped: str = ""


class ChangeKind(StrEnum):
    """What a case does to an earlier one."""

    AMENDS = "amends"
    VOIDS = "voids"
    RESUBMITS = "resubmits"
    PROMOTES = "promotes"

    @property
    def words(self) -> str:
        """The relation in the clerk's words."""
        return {
            "amends": "变更原决议",
            "voids": "撤销原决议",
            "resubmits": "否决后重新提出",
            "promotes": "由议事转来",
        }[self]


@dataclass(frozen=True)
class Change:
    """The earlier case that this one changes, with the body that decided it."""

    kind: ChangeKind
    number: str
    title: str
    body: Body | None = None


@dataclass(frozen=True)
class Judged:
    """What a person decided on one finding of the checker; another finding needs another judgement."""

    code: str
    finding: str
    by: str
    reason: str


@dataclass(frozen=True)
class StageFacts:
    """What is recorded of one step; all empty while nothing is. `text_version` is that of the voted text.

    `from_paper` numbers were copied from a sheet without a roll; `missing` names what that sheet did not say.
    """

    no: int
    body: Body | None = None
    rule_kind: str = ""
    meeting: MeetingFacts | None = None
    publication: PublicationFacts | None = None
    text_version: int = 0
    current_version: int = 0
    supervision_attended: bool = False
    township_signed: bool = False
    merged: bool = False
    judged: tuple[Judged, ...] = ()
    task: TaskFacts | None = None
    adviser_heard: bool = False
    from_paper: bool = False
    missing: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day of the act: the meeting's, the task's, or the first posting's."""
        if self.meeting is not None:
            return self.meeting.held_on
        if self.task is not None and self.task.done_on is not None:
            return self.task.done_on
        return self.publication.posted_on if self.publication is not None else None


@dataclass(frozen=True)
class CaseFacts:
    """A case as recorded; `stands_in` when the village has no collective and its committee acts for it.

    `from_paper` cases were half done before the desk came (补录): they are never judged as passed. `villagers` and
    `representatives` are those of the opening day, where the place asks how many brought the matter up together.
    """

    matter_code: str
    opened_on: dt.date
    template: ProcedureTemplate
    stages: tuple[StageFacts, ...]
    today: dt.date
    one_shoulder: bool = False
    stands_in: bool = False
    mandates: tuple[Mandate, ...] = ()
    from_paper: bool = False
    filings: tuple[Filing, ...] = ()
    change: Change | None = None
    amount_fen: int | None = None
    papers: tuple[str, ...] = ()
    proposer: str = ""
    villagers: int = 0
    representatives: int = 0

    def stage(self, no: int) -> StageFacts:
        """The facts of a step; empty ones when nothing is recorded."""
        return next((stage for stage in self.stages if stage.no == no), StageFacts(no))


@dataclass(frozen=True)
class StageVerdict:
    """The verdict on one step, with its name, kind and day."""

    no: int
    key: str
    name: str
    day: dt.date | None
    verdict: Verdict
    kind: StageKind = StageKind.MEETING


@dataclass(frozen=True)
class CaseVerdict:
    """The verdict on the whole case; `current_no` is the step that comes next, 0 when all are done."""

    state: VerdictState
    stages: tuple[StageVerdict, ...]
    sentence: str
    next_act: str
    current_no: int

    def stage(self, no: int) -> StageVerdict:
        """The verdict on a step by its number."""
        return self.stages[no - 1]

    def in_the_way(self, no: int) -> StageVerdict | None:
        """The first step before this one that must stand and does not; None when a sheet of the step may hang."""
        before = (stage for stage in self.stages if stage.no < no and stage.kind is not StageKind.PUBLICATION)
        return next((stage for stage in before if stage.verdict.state is not VerdictState.STANDS), None)

    @property
    def may_publish(self) -> bool:
        """True when every step before the first sheet stands, so that the resolution may go to the board."""
        first = next((stage.no for stage in self.stages if stage.kind is StageKind.PUBLICATION), len(self.stages) + 1)
        return self.in_the_way(first) is None


def case_number(year: int, number: int) -> str:
    """〔2026〕3号: hexagonal brackets, no 第, no leading zero (GB/T 9704-2012)."""
    return f"〔{year}〕{number}号"


def refuse_unvoteable(matter: MatterType) -> None:
    """Raises NotAllowed for a matter that no village vote decides, with the reason and the right way."""
    if matter.refusal:
        raise NotAllowed(matter.refusal, matter.refusal_advice)
