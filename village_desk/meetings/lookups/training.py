"""The reserve list: who is being prepared for which post, and the training each has done."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.meetings.records import Activity, ActivityAttendance
from village_desk.meetings.rules.activities import ActivityKind
from village_desk.people.lookups import PostRow, aliases, all_posts

RESERVE = "村主职后备干部"


@dataclass(frozen=True)
class Training:
    """One training that somebody took part in; `minutes` may be 0 where nobody noted them."""

    on: dt.date
    title: str
    minutes: int


@dataclass(frozen=True)
class ReserveRow:
    """One who is being prepared, with his training, the latest first."""

    id: str
    post: PostRow
    trainings: tuple[Training, ...]

    @property
    def minutes(self) -> int:
        """All minutes of training."""
        return sum(one.minutes for one in self.trainings)


def reserves(session: Session, *, on: dt.date, title: str = RESERVE) -> tuple[ReserveRow, ...]:
    """Holders of the named post on a day with the training that they did until then; a merged entry is its person."""
    held = [post for post in all_posts(session) if post.title == title and post.held_on(on)]
    known, wanted = aliases(session), {post.person_id for post in held}
    done: dict[str, list[Training]] = {}
    for came, activity in session.execute(
        select(ActivityAttendance, Activity)
        .join(Activity, Activity.id == ActivityAttendance.activity_id)
        .where(
            ActivityAttendance.retired.is_(False),
            Activity.retired.is_(False),
            ActivityAttendance.came.is_(True),
            Activity.kind == ActivityKind.LESSON.value,
            Activity.held_on <= on,
        )
        .order_by(Activity.held_on.desc())
    ):
        who = known.of(came.person_id)
        if who in wanted and activity.held_on is not None:
            done.setdefault(who, []).append(Training(activity.held_on, activity.title, came.minutes))
    return tuple(ReserveRow(post.id, post, tuple(done.get(post.person_id, ()))) for post in held)
