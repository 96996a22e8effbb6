"""What a township is asked about points: the entries of its villages that wait for its confirmation."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.points.lookups.path import applications
from village_desk.points.lookups.schemes import all_rule_sets
from village_desk.points.records import PointApplication
from village_desk.points.rules.entries import ApplicationState, Stage
from village_desk.points.rules.numbers import signed
from village_desk.sync.answers import Asks, Choice, Question, Topic

CONFIRMED = "confirmed"
NOT_CONFIRMED = "not_confirmed"


def _questions(session: Session) -> Iterator[Question]:
    """Every entry that waits for the township, by village and set."""
    sets = {one.id: one for one in all_rule_sets(session)}
    asking = [one.id for one in sets.values() if any(one.rules.township_of(each.item) for each in one.items)]
    open_ones = session.scalars(
        select(PointApplication.id).where(
            PointApplication.retired.is_(False),
            PointApplication.state == ApplicationState.APPLIED.value,
            PointApplication.set_id.in_(asking),
        )
    )
    rows = [row for row in applications(session, ids=open_ones.all()) if row.stage is Stage.TOWNSHIP]
    villages: dict[str, str] = {}
    for start in range(0, len(rows), 500):
        ids = [row.id for row in rows[start : start + 500]]
        found = select(PointApplication.id, PointApplication.village).where(PointApplication.id.in_(ids))
        villages.update({one: village for one, village in session.execute(found)})
    for row in rows:
        yield Question(
            PointApplication.__tablename__,
            row.id,
            villages[row.id],
            f"《{sets[row.set_id].name}》",
            f"{row.group}{row.subject}",
            f"{row.item} {signed(row.points, row.decimals)}分",
            "；".join(each for each in (f"{short_date(row.happened_on)}{row.event}", row.evidence) if each),
            row.happened_on,
        )


TOWNSHIP_TOPIC = Topic(
    PointApplication.__tablename__,
    "积分认定",
    (
        Choice(CONFIRMED, "认定", "已认定", must=frozenset({Asks.DOCUMENT})),
        Choice(NOT_CONFIRMED, "不予认定", "未认定", must=frozenset({Asks.DOCUMENT, Asks.WORDS})),
    ),
    _questions,
)
