"""The frozen rows that other rooms, pages and paper get of notices and duties."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.archive.lookups import AttachmentRow
from village_desk.notices.rules.days import Hanging, Terms
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.notices.rules.life import NoticeState, Stage


@dataclass(frozen=True)
class StayRow:
    """One stay of a sheet on a board: put up by whom, and when and how it left; None and "" while it hangs."""

    posted_on: dt.date
    posted_by: str
    off_on: dt.date | None
    off_words: str


@dataclass(frozen=True)
class BoardRow:
    """One board: the last stretch of a sheet there, who put it up, how its days stand, and every stay in its order.

    `damage_id` names the damage that still waits for a new posting, "" for none.
    """

    board: str
    posting_id: str
    posted_on: dt.date
    posted_by: str
    off_on: dt.date | None
    off_words: str
    damage_id: str
    state: Hanging
    stays: tuple[StayRow, ...] = ()


@dataclass(frozen=True)
class StripRow:
    """One date of a sheet's life, in its order; `day` is None for what has not happened."""

    title: str
    day: dt.date | None
    words: str
    done: bool


@dataclass(frozen=True)
class ReviewRow:
    """One review by the supervision committee; an objection has the day of its answer where the place sets one."""

    id: str
    round: int
    opinion: str
    opinion_words: str
    words: str
    reviewer: str
    reviewed_on: dt.date
    holds: bool
    answer_due: dt.date | None = None
    replied_on: dt.date | None = None
    reply: str = ""


@dataclass(frozen=True)
class PrintRow:
    """One PDF that was made."""

    id: str
    purpose: str
    pdf_hash: str
    pages: int
    printed_on: dt.date


@dataclass(frozen=True)
class ObjectionRow:
    """One objection with its answer; `due_on` is the answer's day by the rule row, None where it sets none.

    `overdue` is an answer that is owed after its day, `answered_late` one that came after it.
    """

    id: str
    raised_on: dt.date
    raised_by: str
    words: str
    late: bool
    due_on: dt.date | None
    answered_on: dt.date | None
    answer: str
    overdue: bool = False
    answered_late: bool = False
    arithmetic: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventRow:
    """One date of the desk's own on a board: a posting, a damage or a taking down, with its record's id."""

    id: str
    what: str
    board: str
    day: dt.date
    slips: tuple[str, ...]


@dataclass(frozen=True)
class NoticeRow:
    """One line of the list of notices; `next_act` says what to do, with days.

    `seen` is filled only for a draft that was read alone, to go back with an edit.
    """

    id: str
    seen: str
    title: str
    kind: NoticeKind
    kind_words: str
    item: str
    issuer: Issuer
    issuer_words: str
    column: NoticeClass
    state: NoticeState
    stage: Stage
    stage_words: str
    number: str
    dated_on: dt.date | None
    posted_on: dt.date | None
    last_day: dt.date | None
    next_act: str
    duty_id: str
    source_room: str
    source_id: str
    answers_overdue: int = 0
    outside: bool = False


@dataclass(frozen=True)
class SheetPaper:
    """All that the printed sheet says; equal papers give equal PDFs.

    `grounds` are (act, law as cited), `phones` (whose, number), `period` the dates in words, `code` and `code_text`
    the signed head of the public chain ("" while a draft). `hung` are (board, posted, by, taken down) in words for the
    file copy.
    """

    title: str
    kind: NoticeKind
    number: str
    village: str
    issuer: Issuer
    issuer_name: str
    body: str
    grounds: tuple[tuple[str, str], ...]
    posting_law: str
    review: str
    period_name: str
    period: str
    objection: str
    phones: tuple[tuple[str, str], ...]
    dated_on: dt.date | None
    code: str
    code_text: str
    draft: bool
    record_id: str
    correction: str = ""
    seal: str = ""
    signer: str = ""
    approval: str = ""
    hung: tuple[tuple[str, str, str, str], ...] = ()
    sealed_on: dt.date | None = None


@dataclass(frozen=True)
class ApprovalRow:
    """A meeting's or the township's word on a sheet before it got its number."""

    id: str
    body_words: str
    approved_on: dt.date
    approved_by: str
    words: str
    holds: bool


@dataclass(frozen=True)
class OtherSheet:
    """A sheet that this one corrects, or that corrects it."""

    id: str
    title: str
    number: str
    final: bool


@dataclass(frozen=True)
class NoticeDetail:
    """A whole notice for its page: the line of the list, wording, boards, reviews, prints, objections, dates."""

    row: NoticeRow
    body: str
    grounds: tuple[tuple[str, str], ...]
    review_first: bool
    unmasked_reason: str
    wording: str
    terms: tuple[Terms, ...]
    boards: tuple[BoardRow, ...]
    reviews: tuple[ReviewRow, ...]
    prints: tuple[PrintRow, ...]
    objections: tuple[ObjectionRow, ...]
    strip: tuple[StripRow, ...]
    events: tuple[EventRow, ...]
    paper: SheetPaper
    approval: str = ""
    approvals: tuple[ApprovalRow, ...] = ()
    files: tuple[AttachmentRow, ...] = ()
    archived_on: dt.date | None = None
    archive_box: str = ""
    sealed_on: dt.date | None = None
    corrects: OtherSheet | None = None
    corrected_by: tuple[OtherSheet, ...] = ()
    outside: bool = False
    made_by: str = ""
    figures: tuple[int, ...] = ()


class DutyState(StrEnum):
    """Where a duty stands on a day."""

    TO_DO = "to_do"
    IN_WORK = "in_work"
    UNDER_REVIEW = "under_review"
    OVERDUE = "overdue"
    POSTED = "posted"
    NOT_APPLICABLE = "not_applicable"
    COMING = "coming"


DUTY_STATE_WORDS: dict[DutyState, str] = {
    DutyState.TO_DO: "待办",
    DutyState.IN_WORK: "办理中",
    DutyState.UNDER_REVIEW: "待监委会审核",
    DutyState.OVERDUE: "逾期",
    DutyState.POSTED: "已张贴",
    DutyState.NOT_APPLICABLE: "不适用",
    DutyState.COMING: "还没到时候",
}


@dataclass(frozen=True)
class DutyRow:
    """One duty on a day: what, by when, where it stands, and one sentence with the days and the next act.

    `days_left` is negative when overdue and None without a due day; `notice_id` is "" while nothing answers it.
    """

    id: str
    item: str
    kind: NoticeKind
    about: str
    source_room: str
    source_id: str
    due_on: dt.date | None
    legal_ref: str
    state: DutyState
    state_words: str
    days_left: int | None
    words: str
    notice_id: str

    @property
    def open(self) -> bool:
        """True while something is still owed."""
        return self.state not in {DutyState.POSTED, DutyState.NOT_APPLICABLE}
