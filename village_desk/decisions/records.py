"""What is kept of matters: the case with the procedure it began with, each step as it was done, and mandates."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class Decision(Record):
    """One case; `template` is the packed procedure of its opening day and never changes.

    `plan_version` counts the texts of the plan: a step that was voted on an older one is void.
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


class DecisionStage(Record):
    """One attempt at a step: its meeting and motion, or what its sheet says; the last attempt counts.

    `content` is what the sheet of the step says (提议事项, 审议意见, 实施结果), `opinion` the supervision committee's.
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
