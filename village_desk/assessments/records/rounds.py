"""Forms of assessment, rounds with their subjects, marks, ballots and vetoes, and what follows from the results."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from village_desk.store.base import Merge, PackedTuple, Record, township


class AssessmentForm(Record):
    """A form as the village keeps it; `content` is the whole form, `version` counts its changes."""

    __tablename__ = "assessment_form"

    name: Mapped[str] = township(absent="")
    version: Mapped[int] = township(absent=1)
    content: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())


class AssessmentRound(Record):
    """One round by the form of its opening day; `members` are the names of the group that assesses.

    `given_by` and `signed_on` are those of a letter of responsibility, `plan`, `way`, `matter` and `demands` what is
    fixed before a report (四定).
    """

    __tablename__ = "assessment_round"

    form_id: Mapped[str] = township(absent="", index=True)
    title: Mapped[str] = township(absent="")
    year: Mapped[int] = township(absent=0)
    form_version: Mapped[int] = township(absent=1)
    form: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    members: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    kickoff_on: Mapped[dt.date | None] = township()
    notice_no: Mapped[str] = township(absent="")
    period: Mapped[str] = township(absent="")
    plan: Mapped[str] = township(absent="")
    way: Mapped[str] = township(absent="")
    matter: Mapped[str] = township(absent="")
    demands: Mapped[str] = township(absent="")
    given_by: Mapped[str] = township(absent="")
    signed_on: Mapped[dt.date | None] = township()
    closed_on: Mapped[dt.date | None] = township()
    decided_by: Mapped[str] = township(absent="")
    why_unproved: Mapped[str] = township(absent="")
    summary: Mapped[str] = township(absent="")


class AssessmentSubject(Record):
    """Who or what a round assesses, and the result that came from above, if one did."""

    __tablename__ = "assessment_subject"

    round_id: Mapped[str] = township(absent="", index=True)
    target: Mapped[str] = township(absent="village")
    subject_id: Mapped[str] = township(absent="", index=True)
    name: Mapped[str] = township(absent="")
    received_grade: Mapped[str] = township(absent="")
    received_tenths: Mapped[int | None] = township()
    received_rank: Mapped[int | None] = township()
    received_on: Mapped[dt.date | None] = township()
    received_by: Mapped[str] = township(absent="")
    document: Mapped[str] = township(absent="")


class AssessmentMark(Record):
    """What one rater put on one line (`place` from 0) of a subject; place -1 is a total that was given from above.

    `ways` are the ways of checking; `links` are rows (table, id, words) of records that prove it.
    """

    __tablename__ = "assessment_mark"

    round_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    rater: Mapped[str] = township(absent="")
    place: Mapped[int] = township(absent=0)
    tenths: Mapped[int] = township(absent=0)
    yes: Mapped[bool] = township(absent=False)
    good: Mapped[int] = township(absent=0)
    valid: Mapped[int] = township(absent=0)
    ways: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    note: Mapped[str] = township(absent="")
    links: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    marked_on: Mapped[dt.date | None] = township()


class BallotTally(Record):
    """A count of secret ballots on one subject: numbers only, nobody's name; `votes` in the order of the grades."""

    __tablename__ = "ballot_tally"

    round_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    rater: Mapped[str] = township(absent="")
    issued: Mapped[int] = township(absent=0)
    returned: Mapped[int] = township(absent=0)
    invalid: Mapped[int] = township(absent=0)
    votes: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    occasion: Mapped[str] = township(absent="")
    counted_on: Mapped[dt.date | None] = township()


class ItemHit(Record):
    """A veto, a 一律 or a 必奖 line of a round that hit a subject: the fact, and the paper that confirms it."""

    __tablename__ = "item_hit"

    round_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    place: Mapped[int] = township(absent=0)
    fact: Mapped[str] = township(absent="")
    document: Mapped[str] = township(absent="")
    found_on: Mapped[dt.date | None] = township()


class ConductBreach(Record):
    """Somebody acted against a line of a negative list; confirmed, a veto line turns the year's result."""

    __tablename__ = "conduct_breach"

    form_id: Mapped[str] = township(absent="", index=True)
    place: Mapped[int] = township(absent=0)
    person_id: Mapped[str] = township(absent="", index=True)
    fact: Mapped[str] = township(absent="")
    happened_on: Mapped[dt.date | None] = township()
    source: Mapped[str] = township(absent="")
    confirmed_on: Mapped[dt.date | None] = township()
    result: Mapped[str] = township(absent="")


class WorkReport(Record):
    """One report on a year's work (述职): by whom, to the higher party body or to the members' meeting, when."""

    __tablename__ = "work_report"

    person_id: Mapped[str] = township(absent="", index=True)
    round_id: Mapped[str] = township(absent="", index=True)
    year: Mapped[int] = township(absent=0)
    direction: Mapped[str] = township(absent="members")
    audience: Mapped[str] = township(absent="")
    reported_on: Mapped[dt.date | None] = township()
    words: Mapped[str] = township(absent="")


class AssessmentConsequence(Record):
    """What follows from a result, with its due day: praise, criticism, a talk, a 一律 or 必奖 line."""

    __tablename__ = "assessment_consequence"

    round_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    kind: Mapped[str] = township(absent="praise")
    words: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    done_on: Mapped[dt.date | None] = township()
    done_words: Mapped[str] = township(absent="")


class RectificationLine(Record):
    """One problem on its way: cause, measure, who is responsible, deadline, done, accepted by the township."""

    __tablename__ = "rectification_line"
    __merge__ = Merge.PER_FIELD

    round_id: Mapped[str] = township(absent="", index=True)
    subject_id: Mapped[str] = township(absent="", index=True)
    place: Mapped[int] = township(absent=-1)
    problem: Mapped[str] = township(absent="")
    cause: Mapped[str] = township(absent="")
    measure: Mapped[str] = township(absent="")
    unit: Mapped[str] = township(absent="")
    owner_id: Mapped[str] = township(absent="")
    due_on: Mapped[dt.date | None] = township()
    done_on: Mapped[dt.date | None] = township()
    done_words: Mapped[str] = township(absent="")
    accepted_on: Mapped[dt.date | None] = township()
    accepted_by: Mapped[str] = township(absent="")
    links: Mapped[tuple[Any, ...]] = township(PackedTuple, absent=())
    on_wall: Mapped[bool] = township(absent=False)
