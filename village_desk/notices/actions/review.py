"""The supervision committee's opinion of a sheet before it gets its number."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.notices.actions.drafts import draft_of
from village_desk.notices.lookups import facts_of, wording_of
from village_desk.notices.records import NoticeReview
from village_desk.notices.rules.life import Opinion, Reviewer, check_not_future, check_reviewer
from village_desk.people.lookups import PostRow, bodies, names_of, person_rows, posts_of
from village_desk.people.rules.bodies import Body
from village_desk.store.acts import act
from village_desk.store.operators import Role as SeatRole

LOGIN, PAPER = "login", "paper"
_OFFICE = frozenset({"clerk", "bookkeeper"})


def review_notice(
    session: Session,
    *,
    notice_id: str,
    opinion: str,
    reviewer_id: str,
    reviewed_on: dt.date,
    way: str = PAPER,
    words: str = "",
) -> str:
    """Enter a review and return its id: at the desk under the committee's own login, or a signature on paper.

    Any member of the committee may sign. Raises NotFound; NotAllowed for the clerk, members of the villagers'
    committee and their relatives (村民委员会组织法 37), and for an objection without its reason.
    """
    notice = draft_of(session, notice_id)
    check_not_future(reviewed_on, act(session).today, "审核日期")
    if way == LOGIN and act(session).role != SeatRole.SUPERVISOR:
        raise NotAllowed(
            "现在坐在电脑前的不是村务监督委员会的操作人。",
            "请监委会成员用自己的口令登录；在审核单上签字的，请选“纸质签字”。",
        )
    reviewer = _reviewer(session, reviewer_id, reviewed_on)
    check_reviewer(reviewer)
    if opinion != Opinion.AGREED and not tidy(words):
        raise NotAllowed("不同意公开或修改后公开，要写明意见。", "请照审核单上的原话写。")
    earlier = facts_of(session, [notice_id])[notice_id].reviews
    number = max((each.round for each in earlier), default=0) + 1
    wording = wording_of(notice)
    review = NoticeReview(
        id=same_id("notice_review", notice_id, str(number), reviewer_id, wording),
        notice_id=notice_id,
        round=number,
        wording=wording,
        opinion=Opinion(opinion).value,
        words=tidy(words),
        reviewer_id=reviewer_id,
        reviewer=reviewer.name,
        reviewed_on=reviewed_on,
        way=PAPER if way == PAPER else LOGIN,
    )
    session.add(review)
    session.flush()
    return review.id


def _reviewer(session: Session, person_id: str, day: dt.date) -> Reviewer:
    name = names_of(session, [person_id]).get(person_id)
    if name is None:
        raise NotFound("名册里找不到这位审核人。", "请从名册里选。")
    held = [post for post in posts_of(session, person_id) if post.held_on(day)]
    seat = next((post for post in held if post.body == Body.SUPERVISION_COMMITTEE), None)
    return Reviewer(
        name,
        on_supervision=seat is not None,
        on_committee=any(post.body == Body.VILLAGERS_COMMITTEE for post in held),
        clerk=any(post.role in _OFFICE for post in held),
        # A reason given at the appointment says that the two are no near relatives.
        relative_of="" if seat is None or seat.despite else _relative(session, person_id, day),
    )


def _relative(session: Session, person_id: str, day: dt.date) -> str:
    """The committee member who lives in the same household, "" when none does."""
    committee: list[PostRow] = [
        post for body in bodies(session, on=day) if body.kind == Body.VILLAGERS_COMMITTEE for post in body.posts
    ]
    homes = {row.id: row.household_id for row in person_rows(session, [person_id, *(p.person_id for p in committee)])}
    mine = homes.get(person_id, "")
    return next((post.name for post in committee if mine and homes.get(post.person_id) == mine), "")
