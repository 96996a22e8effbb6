"""The facts of a case as the record holds them, and the shape of the verdict on it."""

import datetime as dt
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.meetings.rules import MeetingFacts, Verdict, VerdictState
from village_desk.notices.rules.days import Hanging
from village_desk.rulebook.rules import Body, MatterType, ProcedureTemplate


@dataclass(frozen=True)
class Mandate:
    """What the villagers' meeting let the representatives decide (村民委员会组织法 28, 29), and until when."""

    matter_codes: tuple[str, ...]
    granted_on: dt.date
    valid_to: dt.date | None = None
    title: str = ""

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


@dataclass(frozen=True)
class Judged:
    """What a person decided on one finding of the checker; another finding needs another judgement."""

    code: str
    finding: str
    by: str
    reason: str


@dataclass(frozen=True)
class StageFacts:
    """What is recorded of one step; all empty while nothing is. `text_version` is that of the voted text."""

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

    @property
    def day(self) -> dt.date | None:
        """The day of the act: the meeting's, or the first posting's."""
        if self.meeting is not None:
            return self.meeting.held_on
        return self.publication.posted_on if self.publication is not None else None


@dataclass(frozen=True)
class CaseFacts:
    """A case as recorded; `stands_in` when the village has no collective and its committee acts for it.

    `from_paper` cases were half done before the desk came (补录): they are never judged as passed.
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

    def stage(self, no: int) -> StageFacts:
        """The facts of a step; empty ones when nothing is recorded."""
        return next((stage for stage in self.stages if stage.no == no), StageFacts(no))


@dataclass(frozen=True)
class StageVerdict:
    """The verdict on one step, with its name and day."""

    no: int
    key: str
    name: str
    day: dt.date | None
    verdict: Verdict


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

    @property
    def may_publish(self) -> bool:
        """True when every meeting step stands, so that the resolution may go to the board."""
        return all(s.verdict.state is VerdictState.STANDS for s in self.stages if s.key not in PUBLICATIONS)


PUBLICATIONS = frozenset({"publish_decision", "publish_result"})


def case_number(year: int, number: int) -> str:
    """〔2026〕3号: hexagonal brackets, no 第, no leading zero (GB/T 9704-2012)."""
    return f"〔{year}〕{number}号"


def refuse_unvoteable(matter: MatterType) -> None:
    """Raises NotAllowed for a matter that no village vote decides, with the reason and the right way."""
    if matter.refusal:
        raise NotAllowed(matter.refusal, matter.refusal_advice)
