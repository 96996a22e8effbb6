"""The frozen rows that pages, paper and other rooms get of a round of assessment."""

import datetime as dt
from dataclasses import dataclass

from village_desk.assessments.lookups.following import ConsequenceRow, LineRow
from village_desk.assessments.lookups.reports import ReportRow
from village_desk.assessments.rules.forms import Form, ItemKind, StageKey, Target
from village_desk.assessments.rules.running import StageState, Unproved
from village_desk.assessments.rules.scoring import Mark, Tally, Total, points_words
from village_desk.notices.lookups import DutyRow, NoticeRow


@dataclass(frozen=True)
class MarkRow:
    """What one rater put on one line; `files` and `links` prove it."""

    id: str
    rater: str
    place: int
    mark: Mark
    ways: tuple[str, ...]
    note: str
    links: tuple[tuple[str, str, str], ...]
    files: int
    marked_on: dt.date | None


@dataclass(frozen=True)
class TallyRow:
    """A count of ballots by one rater."""

    rater: str
    tally: Tally
    occasion: str
    counted_on: dt.date | None


@dataclass(frozen=True)
class HitRow:
    """A veto, 一律 or 必奖 line that hit a subject; `id` is "" for one that comes from a negative list."""

    id: str
    place: int
    kind: ItemKind
    text: str
    fact: str
    document: str
    found_on: dt.date | None


@dataclass(frozen=True)
class Received:
    """A result that came from above."""

    grade: str
    tenths: int | None
    rank: int | None
    on: dt.date
    by: str
    document: str


@dataclass(frozen=True)
class SubjectResult:
    """One subject of a round: marks, ballots, hits, its own total, grade and rank, and what came from above.

    `counted` are (answered yes, of how many) among lines that are only counted.
    """

    id: str
    seen: str
    target: Target
    subject_id: str
    name: str
    marks: tuple[MarkRow, ...]
    tallies: tuple[TallyRow, ...]
    hits: tuple[HitRow, ...]
    total: Total
    counted: tuple[int, int]
    own_grade: str
    rank: int | None
    missing: tuple[tuple[StageKey, str], ...]
    received: Received | None

    @property
    def vetoed(self) -> bool:
        """Whether a veto turned the result."""
        return any(hit.kind is ItemKind.VETO for hit in self.hits)

    @property
    def grade(self) -> str:
        """The grade that stands: the one from above, else one's own."""
        return self.received.grade if self.received and self.received.grade else self.own_grade

    @property
    def reasons(self) -> str:
        """Why it was vetoed."""
        return "；".join(f"{hit.text}：{hit.fact}" for hit in self.hits if hit.kind is ItemKind.VETO)

    @property
    def result_words(self) -> str:
        """Points or x/10 in short."""
        if self.received and self.received.tenths is not None:
            return f"{points_words(self.received.tenths)}分"
        if self.total.tenths is not None:
            return f"{points_words(self.total.tenths)}分"
        return f"{self.counted[0]}/{self.counted[1]}" if self.counted[1] else ""

    def mark_at(self, rater: str, place: int) -> MarkRow | None:
        """What a rater put on a line."""
        return next((row for row in self.marks if (row.rater, row.place) == (rater, place)), None)

    def tally_of(self, rater: str) -> TallyRow | None:
        """What a rater's ballots came to."""
        return next((row for row in self.tallies if row.rater == rater), None)

    def proved(self, place: int) -> bool:
        """Whether a line has a file or a linked record."""
        return any(row.files or row.links for row in self.marks if row.place == place)


@dataclass(frozen=True)
class AssessmentRow:
    """One round in the list."""

    id: str
    title: str
    year: int
    form_name: str
    closed_on: dt.date | None
    subjects: int
    state_words: str
    tone: str


@dataclass(frozen=True)
class AssessmentDetail:
    """A whole round for its page and paper."""

    row: AssessmentRow
    seen: str
    form_id: str
    form_version: int
    form: Form
    village: str
    members: tuple[str, ...]
    kickoff_on: dt.date | None
    notice_no: str
    period: str
    four: tuple[str, str, str, str]
    given_by: str
    signed_on: dt.date | None
    closed_on: dt.date | None
    decided_by: str
    why_unproved: str
    summary: str
    subjects: tuple[SubjectResult, ...]
    stages: tuple[StageState, ...]
    unproved: tuple[Unproved, ...]
    consequences: tuple[ConsequenceRow, ...]
    lines: tuple[LineRow, ...]
    reports: tuple[ReportRow, ...]
    duties: tuple[DutyRow, ...]
    notices: tuple[NoticeRow, ...]

    @property
    def next_act(self) -> str:
        """What the first open stage waits for."""
        waiting = next((one for one in self.stages if not one.done), None)
        return waiting.words if waiting else "这次考评已经办完。"

    @property
    def in_rank(self) -> tuple[SubjectResult, ...]:
        """The subjects as the result lists them: by rank, the vetoed last, those without a total by name."""
        return tuple(
            sorted(self.subjects, key=lambda one: (one.rank is None, one.rank or 0, one.vetoed, one.name, one.id))
        )

    def subject(self, subject_id: str) -> SubjectResult | None:
        """One subject by the id of its line."""
        return next((one for one in self.subjects if one.id == subject_id), None)
