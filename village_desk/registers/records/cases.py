"""Service cases with what happened to them, money that passes through, batches, guide items, hotlines and kinds.

Who asks and what he told stays in the village: the township gets number, kind, days and stages.
"""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township, village_only


class ServiceCase(Record):
    """One service case; `flow` is the packed way of its opening day and never changes, `stage` how far it is.

    `matter` is what it is about in a few words; of a sensitive case it is the kind's name, and `content` has the words.
    `due_on` is the promised day, `outside_due_on` until when the township has to answer. `person_id` is empty for
    somebody who is not on the roll, `withdrawn` says that the person asks no more. `agent` is who handles it, by name,
    also for somebody from outside. `source_room` and `source_id` name the visit or meeting that it came from.
    """

    __tablename__ = "service_case"

    year: Mapped[int] = township(absent=0, index=True)
    number: Mapped[int | None] = township()
    kind: Mapped[str] = township(absent="")
    flow: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    line: Mapped[str] = township(absent="affairs")
    category: Mapped[str] = township(absent="")
    service_way: Mapped[str] = township(absent="")
    sensitive: Mapped[bool] = township(absent=False)
    welfare: Mapped[bool] = township(absent=False)
    mode: Mapped[str] = township(absent="promised")
    matter: Mapped[str] = township(absent="")
    content: Mapped[str | None] = village_only()
    person_id: Mapped[str | None] = village_only(index=True)
    household_id: Mapped[str | None] = village_only(index=True)
    applicant: Mapped[str | None] = village_only()
    phone: Mapped[str | None] = village_only()
    source: Mapped[str] = township(absent="")
    source_line: Mapped[str] = township(absent="")
    source_room: Mapped[str] = township(absent="")
    source_id: Mapped[str] = township(absent="", index=True)
    source_words: Mapped[str | None] = village_only()
    materials: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    first_asked: Mapped[str] = township(absent="")
    taken_on: Mapped[dt.date | None] = township(index=True)
    due_on: Mapped[dt.date | None] = township()
    outside_due_on: Mapped[dt.date | None] = township()
    stage: Mapped[str] = township(absent="taken")
    stage_on: Mapped[dt.date | None] = township()
    team_id: Mapped[str] = township(absent="")
    agent_id: Mapped[str] = township(absent="", index=True)
    agent: Mapped[str] = township(absent="")
    batch_id: Mapped[str] = township(absent="", index=True)
    needs_carrying: Mapped[bool] = township(absent=False)
    carried_on: Mapped[dt.date | None] = township()
    returned_on: Mapped[dt.date | None] = township()
    trips: Mapped[int] = township(absent=0)
    cost_fen: Mapped[int] = township(absent=0)
    paid_by: Mapped[str] = township(absent="")
    replied_on: Mapped[dt.date | None] = township()
    reply_way: Mapped[str] = township(absent="")
    reply: Mapped[str | None] = village_only()
    confirmed: Mapped[bool] = township(absent=False)
    level: Mapped[str] = township(absent="")
    rating: Mapped[str] = township(absent="")
    rated_on: Mapped[dt.date | None] = township()
    conduct: Mapped[str] = township(absent="")
    closed_on: Mapped[dt.date | None] = township(index=True)
    overdue_reason: Mapped[str | None] = village_only()
    overdue_by: Mapped[str] = township(absent="")
    closing_note: Mapped[str | None] = village_only()
    withdrawn: Mapped[bool] = township(absent=False)


class CaseStep(Record):
    """One thing that happened to a case: a stage, a refusal, or progress (`what`), on a day, by whom, in words.

    `unit`, `order_no` and `due_on` belong to an order of the township; `shown` progress may be posted.
    """

    __tablename__ = "case_step"

    case_id: Mapped[str] = township(absent="", index=True)
    place: Mapped[int] = township(absent=0)
    what: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    by_id: Mapped[str] = township(absent="")
    by: Mapped[str] = township(absent="")
    way: Mapped[str] = township(absent="")
    unit: Mapped[str] = township(absent="")
    order_no: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    shown: Mapped[bool] = township(absent=False)
    words: Mapped[str | None] = village_only()


class CaseCash(Record):
    """Money received from a person, paid for him or given back, in fen; an error is put right below zero."""

    __tablename__ = "case_cash"
    __merge__ = Merge.APPEND_ONLY

    case_id: Mapped[str] = township(absent="", index=True)
    what: Mapped[str] = township(absent="")
    amount_fen: Mapped[int] = township(absent=0)
    happened_on: Mapped[dt.date | None] = township()
    voucher: Mapped[str] = township(absent="")
    note: Mapped[str | None] = village_only()


class CaseBatch(Record):
    """One time that cases were carried up together: its number in the year, where to, by whom, until when."""

    __tablename__ = "case_batch"

    year: Mapped[int] = township(absent=0)
    number: Mapped[int] = township(absent=0)
    carried_on: Mapped[dt.date | None] = township()
    carried_by: Mapped[str] = township(absent="")
    unit: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()


class ProgressSheet(Record):
    """A progress notice that was drafted, and the steps that stand on it."""

    __tablename__ = "case_progress_sheet"

    notice_id: Mapped[str] = township(absent="", index=True)
    made_on: Mapped[dt.date | None] = township()
    step_ids: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class ServiceGuide(Record):
    """What people must know of a matter: conditions, steps, who handles it and the duty phone, materials, days."""

    __tablename__ = "service_guide"
    __public__ = True

    name: Mapped[str] = township(absent="")
    kind: Mapped[str] = township(absent="")
    conditions: Mapped[str] = township(absent="")
    steps: Mapped[str] = township(absent="")
    handled_by: Mapped[str] = township(absent="")
    contact: Mapped[str] = township(absent="")
    materials: Mapped[str] = township(absent="")
    limit_days: Mapped[int] = township(absent=0)
    active: Mapped[bool] = township(absent=True)


class ServiceLine(Record):
    """A hotline as it stands on the plate: its name, who answers, and the number that everybody may know."""

    __tablename__ = "service_line"
    __public__ = True

    name: Mapped[str] = township(absent="")
    answered_by: Mapped[str] = township(absent="")
    number: Mapped[str] = township(absent="")


class CaseKind(Record):
    """A kind of case that the village switched on or off, or added: then with `name`, `flow` and `limit_days`."""

    __tablename__ = "case_kind"

    key: Mapped[str] = township(absent="", index=True)
    name: Mapped[str] = township(absent="")
    flow: Mapped[str] = township(absent="")
    limit_days: Mapped[int] = township(absent=0)
    active: Mapped[bool] = township(absent=True)
    reason: Mapped[str] = township(absent="")
    decided_by: Mapped[str] = township(absent="")
