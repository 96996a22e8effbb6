"""All that happened to some notices, read in one go and put in its order, with wrong dates put right."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.notices.lookups.terms import CalendarDays
from village_desk.notices.records import (
    Damage,
    DateSlip,
    Notice,
    NoticeApproval,
    NoticeArchiving,
    NoticeReview,
    NoticeSeal,
    Objection,
    ObjectionAnswer,
    OfNotice,
    Posting,
    PrintedSheet,
    ReviewReply,
    Takedown,
)
from village_desk.notices.rules.days import Hanging, Stretch, Terms, hanging
from village_desk.notices.rules.kinds import NoticeKind
from village_desk.notices.rules.life import Opinion, ReviewFact

R = TypeVar("R", bound=OfNotice)
_CHUNK = 500


@dataclass
class Facts:
    """What happened to one notice; dates are read through `day` and `terms`, which know the slips."""

    reviews: list[NoticeReview] = field(default_factory=list)
    seals: list[NoticeSeal] = field(default_factory=list)
    prints: list[PrintedSheet] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)
    takedowns: list[Takedown] = field(default_factory=list)
    slips: list[DateSlip] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    answers: list[ObjectionAnswer] = field(default_factory=list)
    replies: list[ReviewReply] = field(default_factory=list)
    approvals: list[NoticeApproval] = field(default_factory=list)
    archivings: list[NoticeArchiving] = field(default_factory=list)

    def last_slip(self, record_id: str) -> DateSlip | None:
        """The slip that stands for a record: the one that no other replaces; of two the later day decides."""
        mine = [slip for slip in self.slips if slip.record_id == record_id]
        replaced = {slip.replaces for slip in mine}
        standing = [slip for slip in mine if slip.id not in replaced]
        return max(standing, key=lambda slip: (slip.right_on or dt.date.min, slip.id), default=None)

    def day(self, record_id: str, entered: dt.date | None) -> dt.date:
        """The day of a posting, damage or takedown as it stands."""
        slip = self.last_slip(record_id)
        found = slip.right_on if slip is not None else entered
        assert found is not None
        return found

    def terms(self, posting: Posting) -> tuple[Terms, ...]:
        """The rule rows of the day of posting as it stands."""
        slip = self.last_slip(posting.id)
        return unpacked_terms(slip.terms if slip is not None else posting.terms)

    def boards(self) -> dict[str, list[Posting]]:
        """The postings of each board from the first to the last."""
        found: dict[str, list[Posting]] = defaultdict(list)
        for posting in sorted(self.postings, key=lambda each: (self.day(each.id, each.posted_on), each.id)):
            found[posting.board].append(posting)
        return found

    def end_of(self, posting: Posting) -> Damage | Takedown | None:
        """What ended a stay on a board; of two the earlier."""
        ends: list[tuple[dt.date, Damage | Takedown]] = [
            (self.day(each.id, each.found_on), each) for each in self.damages if each.posting_id == posting.id
        ]
        ends += [(self.day(each.id, each.taken_on), each) for each in self.takedowns if each.posting_id == posting.id]
        return min(ends, key=lambda end: (end[0], end[1].id))[1] if ends else None

    def off_on(self, posting: Posting) -> dt.date | None:
        """The day a sheet left its board, None while it hangs."""
        end = self.end_of(posting)
        if end is None:
            return None
        return self.day(end.id, end.found_on if isinstance(end, Damage) else end.taken_on)

    def state_on_board(self, postings: Sequence[Posting], kind: NoticeKind, days: CalendarDays) -> Hanging:
        """How the days stand on one board; the rows of its first posting hold for the whole stay."""
        stretches = tuple(Stretch(self.day(each.id, each.posted_on), self.off_on(each)) for each in postings)
        return hanging(stretches, self.terms(postings[0]), kind, days)

    def open_damage(self, postings: Sequence[Posting]) -> Damage | None:
        """The damage of a board that no posting has made good yet."""
        end = self.end_of(postings[-1])
        return end if isinstance(end, Damage) else None

    def review_facts(self) -> tuple[ReviewFact, ...]:
        """The reviews as rules judge them, in their order."""
        return tuple(
            ReviewFact(Opinion(each.opinion), each.wording, each.reviewed_on or dt.date.min, each.reviewer)
            for each in self.reviews
        )


def facts_of(session: Session, notice_ids: Iterable[str]) -> dict[str, Facts]:
    """What happened to each of these notices."""
    found: dict[str, Facts] = {identity: Facts() for identity in notice_ids}
    for review in _rows(session, NoticeReview, found):
        found[review.notice_id].reviews.append(review)
    for seal in _rows(session, NoticeSeal, found):
        found[seal.notice_id].seals.append(seal)
    for sheet in _rows(session, PrintedSheet, found):
        found[sheet.notice_id].prints.append(sheet)
    for posting in _rows(session, Posting, found):
        found[posting.notice_id].postings.append(posting)
    for damage in _rows(session, Damage, found):
        found[damage.notice_id].damages.append(damage)
    for takedown in _rows(session, Takedown, found):
        found[takedown.notice_id].takedowns.append(takedown)
    for slip in _rows(session, DateSlip, found):
        found[slip.notice_id].slips.append(slip)
    for objection in _rows(session, Objection, found):
        found[objection.notice_id].objections.append(objection)
    for answer in _rows(session, ObjectionAnswer, found):
        found[answer.notice_id].answers.append(answer)
    for reply in _rows(session, ReviewReply, found):
        found[reply.notice_id].replies.append(reply)
    for approval in _rows(session, NoticeApproval, found):
        found[approval.notice_id].approvals.append(approval)
    for archiving in _rows(session, NoticeArchiving, found):
        found[archiving.notice_id].archivings.append(archiving)
    for facts in found.values():
        facts.replies.sort(key=lambda each: (each.replied_on or dt.date.min, each.id))
        facts.approvals.sort(key=lambda each: (each.approved_on or dt.date.min, each.id))
        facts.archivings.sort(key=lambda each: (each.archived_on or dt.date.min, each.id))
        facts.reviews.sort(key=lambda each: (each.round, each.reviewed_on or dt.date.min, each.id))
        facts.seals.sort(key=lambda each: (each.number, each.id))
        facts.prints.sort(key=lambda each: (each.printed_on or dt.date.min, each.id))
        facts.objections.sort(key=lambda each: (each.raised_on or dt.date.min, each.id))
        facts.answers.sort(key=lambda each: (each.answered_on or dt.date.min, each.id))
    return found


@lru_cache(maxsize=256)
def unpacked_terms(rows: tuple[Any, ...]) -> tuple[Terms, ...]:
    """The rule rows that a record keeps; one row without days when it keeps none."""
    return tuple(Terms.unpacked(row) for row in rows) or (Terms("", 0),)


def notices_in_order(session: Session, *conditions: Any) -> list[Notice]:
    """Notices in use that meet the conditions."""
    return list(session.scalars(select(Notice).where(Notice.retired.is_(False), *conditions)))


def _rows(session: Session, record: type[R], wanted: dict[str, Facts]) -> list[R]:
    ids = list(wanted)
    found: list[R] = []
    for start in range(0, len(ids), _CHUNK):
        found += session.scalars(select(record).where(record.notice_id.in_(ids[start : start + _CHUNK])))
    return found
