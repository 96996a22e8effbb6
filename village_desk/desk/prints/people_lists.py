"""Lists of people by name, each with the number of people on it: households, representatives, by strokes, the log."""

from sqlalchemy.orm import Session

from village_desk.people import printout
from village_desk.people.lookups import PeopleFilter, bodies, person_ids, person_rows
from village_desk.people.lookups.leaving import exports
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.masking import Audience
from village_desk.people.rules.strokes import stroke_key
from village_desk.store.acts import act


def households(session: Session, group: str) -> tuple[bytes, str, int]:
    """The households of the village or of one group, for the office."""
    here = act(session)
    rows = person_rows(session, person_ids(session, PeopleFilter(group=group)))
    pdf = printout.household_list(rows, village=here.village_name, on=here.today, audience=Audience.INTERNAL)
    return pdf, f"{here.village_name}农户名册", len(rows)


def roster_by_strokes(session: Session, group: str) -> tuple[bytes, str, int]:
    """The roster in the order of surnames by strokes, for the office."""
    here = act(session)
    rows = person_rows(session, person_ids(session, PeopleFilter(group=group), order="strokes"))
    pdf = printout.roster(rows, village=here.village_name, on=here.today, audience=Audience.INTERNAL)
    return pdf, f"{here.village_name}村民花名册", len(rows)


def representatives(session: Session, _number: str) -> tuple[bytes, str, int]:
    """Today's representatives in the order of strokes, as they hang on the wall."""
    here = act(session)
    posts = [post for body in bodies(session, on=here.today) for post in body.posts if post.role == Role.REPRESENTATIVE]
    posts.sort(key=lambda post: stroke_key(post.name))
    pdf = printout.representative_list(posts, {}, village=here.village_name, on=here.today, audience=Audience.BOARD)
    return pdf, f"{here.village_name}村民代表名册", len(posts)


def export_log(session: Session, _number: str) -> tuple[bytes, str, int]:
    """What was printed or exported about people."""
    here = act(session)
    pdf = printout.export_log(exports(session), village=here.village_name, on=here.today)
    return pdf, f"{here.village_name}村民资料打印和导出记录", 0
