"""What is kept of matters: the case with the procedure it began with, each step as it was done, and mandates."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class Decision(Record):
    """One case; `template` is the packed procedure of its opening day and never changes.

    `plan_version` counts the texts of the plan: a step that was voted on an older one is void. `changes_id` names the
    earlier case that this one amends, voids, brings up again or comes from, `change_reason` says why. `papers` are the
    names of what is kept with the case besides (验收单).
    """

    __tablename__ = "decision"

    title: Mapped[str] = township(absent="")
    matter_code: Mapped[str] = township(absent="")
    year: Mapped[int] = township(absent=0)
    number: Mapped[int | None] = township()
    opened_on: Mapped[dt.date | None] = township()
    motion_source: Mapped[str] = township(absent="")
    proposer: Mapped[str] = township(absent="")
    plan: Mapped[str] = township(absent="")
    plan_version: Mapped[int] = township(absent=1)
    amount_fen: Mapped[int | None] = township()
    template: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    one_shoulder: Mapped[bool] = township(absent=False)
    stands_in: Mapped[bool] = township(absent=False)
    from_paper: Mapped[bool] = township(absent=False)
    state: Mapped[str] = township(absent="open")
    closing_reason: Mapped[str] = township(absent="")
    changes_id: Mapped[str] = township(absent="", index=True)
    change_kind: Mapped[str] = township(absent="")
    change_reason: Mapped[str] = township(absent="")
    papers: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class DecisionStage(Record):
    """One attempt at a step: its meeting and motion, or what its sheet says; the last attempt counts.

    `content` is what the sheet of the step says (提议事项, 审议意见, 实施结果), `opinion` the supervision committee's.
    A step without a meeting has `done_on`, `fields` of (name, words) and the names of its `evidence`; `skipped` is why
    it was left out. A step copied from paper has `paper_on`, its `body` and `paper_counts` of (name, number), and
    `missing` names what that paper lacks.
    """

    __tablename__ = "decision_stage"

    decision_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    attempt: Mapped[int] = township(absent=1)
    meeting_id: Mapped[str] = township(absent="")
    motion_id: Mapped[str] = township(absent="")
    merged: Mapped[bool] = township(absent=False)
    plan_version: Mapped[int] = township(absent=1)
    content: Mapped[str] = township(absent="")
    opinion: Mapped[str] = township(absent="")
    opinion_by: Mapped[str] = township(absent="")
    opinion_on: Mapped[dt.date | None] = township()
    done_on: Mapped[dt.date | None] = township()
    done_by: Mapped[str] = township(absent="")
    checked_by: Mapped[str] = township(absent="")
    fields: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    evidence: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    skipped: Mapped[str] = township(absent="")
    paper_on: Mapped[dt.date | None] = township()
    body: Mapped[str] = township(absent="")
    rule_kind: Mapped[str] = township(absent="")
    paper_counts: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    missing: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class Judgement(Record):
    """What a person decided where the rules leave it to a person: on which finding, who, why.

    It holds for that finding alone. A finding that the law itself decides is never open to a judgement.
    """

    __tablename__ = "decision_judgement"
    __merge__ = Merge.APPEND_ONLY

    decision_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    code: Mapped[str] = township(absent="")
    finding: Mapped[str] = township(absent="")
    reason: Mapped[str] = township(absent="")
    judged_by: Mapped[str] = township(absent="")
    judged_on: Mapped[dt.date | None] = township()


class Mandate(Record):
    """What the villagers' meeting let the representatives decide, and until when; `matter_codes` are M01, M03 …"""

    __tablename__ = "mandate"

    title: Mapped[str] = township(absent="")
    matter_codes: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    granted_on: Mapped[dt.date | None] = township()
    valid_to: Mapped[dt.date | None] = township()
    basis: Mapped[str] = township(absent="")
    posted_on: Mapped[dt.date | None] = township()
    filed_on: Mapped[dt.date | None] = township()
    in_charter: Mapped[bool] = township(absent=False)


class DecisionFiling(Record):
    """What an office answered to a case by stick or on paper, or the day its plan was put up for comment."""

    __tablename__ = "decision_filing"

    decision_id: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str] = township(absent="filing")
    answered_on: Mapped[dt.date | None] = township()
    office: Mapped[str] = township(absent="")
    number: Mapped[str] = township(absent="")
    opinion: Mapped[str] = township(absent="")
    agreed: Mapped[bool] = township(absent=True)
    way: Mapped[str] = township(absent="")


class DecisionWork(Record):
    """One thing to carry out of a resolution: who does it, by when, and up to which sum (fen)."""

    __tablename__ = "decision_work"

    decision_id: Mapped[str] = township(absent="", index=True)
    no: Mapped[int] = township(absent=1)
    title: Mapped[str] = township(absent="")
    owner: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    amount_fen: Mapped[int | None] = township()
    done_on: Mapped[dt.date | None] = township()


class WorkProgress(Record):
    """How far something had come on a day, in words, and what was spent for it since the last time (fen)."""

    __tablename__ = "decision_progress"
    __merge__ = Merge.APPEND_ONLY

    decision_id: Mapped[str] = township(absent="", index=True)
    work_id: Mapped[str] = township(absent="", index=True)
    noted_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")
    spent_fen: Mapped[int] = township(absent=0)


class DecisionReturn(Record):
    """A case sent back to an earlier step, or up to the villagers' meeting, with the reason."""

    __tablename__ = "decision_return"
    __merge__ = Merge.APPEND_ONLY

    decision_id: Mapped[str] = township(absent="", index=True)
    from_no: Mapped[int] = township(absent=1)
    to_no: Mapped[int] = township(absent=1)
    way: Mapped[str] = township(absent="back")
    reason: Mapped[str] = township(absent="")
    returned_on: Mapped[dt.date | None] = township()


class LocalProcedure(Record):
    """One version of a procedure that the village wrote for itself; `template` is packed and never changes."""

    __tablename__ = "local_procedure"

    key: Mapped[str] = township(absent="", index=True)
    name: Mapped[str] = township(absent="")
    version: Mapped[int] = township(absent=1)
    copied_from: Mapped[str] = township(absent="")
    valid_from: Mapped[dt.date | None] = township()
    template: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
