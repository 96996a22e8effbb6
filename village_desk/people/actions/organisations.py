"""Bodies beyond the standard ones: sets taken over, own ones, named posts that a village wants, and pledges."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.posts import organisation_record, standard_body
from village_desk.people.lookups.presets import presets
from village_desk.people.records import Organisation, Post, PostKind
from village_desk.people.rules.bodies import BODY_WORDS, PARTY_BODIES, STANDARD_BODIES, Body, Founding
from village_desk.store.acts import act, retire

_ONE_OF_A_KIND = (*STANDARD_BODIES, Body.VILLAGERS_COUNCIL, Body.COLLECTIVE_REPRESENTATIVES, Body.COLLECTIVE_WATCH)


def adopt_bodies(session: Session, *, key: str) -> tuple[str, ...]:
    """Make the bodies of a shipped set that are missing; returns the ids of all of them."""
    preset = next((one for one in presets().bodies if one.key == key), None)
    if preset is None:
        raise NotFound(f"没有“{key}”这套组织。", "请从列表里选，或用“增加组织”逐个建立。")
    found = []
    for kind, name in preset.bodies:
        if not name:
            found.append(standard_body(session, kind, preset=key))
            continue
        known = session.scalars(
            select(Organisation).where(
                Organisation.kind == kind.value, Organisation.name == name, Organisation.retired.is_(False)
            )
        ).first()
        found.append(known.id if known is not None else _made(session, kind, name, preset=key))
    session.flush()
    return tuple(found)


def add_organisation(
    session: Session,
    *,
    kind: str,
    name: str = "",
    founding: str = "",
    parents: tuple[str, ...] = (),
    founded_on: dt.date | None = None,
    phone: str = "",
) -> str:
    """Make one body; returns its id. `parents` are the names of those under which it was set up.

    Raises NotAllowed for several parents of a body that was not set up jointly (联建), or a name twice.
    """
    wanted = _kind(kind)
    how, above = _founding(founding), _parents(founding, parents)
    if wanted in _ONE_OF_A_KIND and not (wanted is Body.PARTY_BRANCH and tidy(name)):
        existing = session.scalars(
            select(Organisation).where(Organisation.kind == wanted.value, Organisation.retired.is_(False))
        ).first()
        if existing is not None:
            raise NotAllowed(f"已经建立了{existing.name}。", "不用再建一次。")
        organisation_id = standard_body(session, wanted)
    else:
        if not tidy(name):
            raise NotAllowed(f"请填写{BODY_WORDS[wanted]}的名称。", "例如妇女联合会、第一党小组、民事代办服务队。")
        if session.scalars(
            select(Organisation.id).where(
                Organisation.kind == wanted.value, Organisation.name == tidy(name), Organisation.retired.is_(False)
            )
        ).first():
            raise NotAllowed(f"已经有“{tidy(name)}”了。", "请换一个名称，或直接使用已有的。")
        organisation_id = _made(session, wanted, tidy(name))
    made = organisation_record(session, organisation_id)
    made.founding, made.parents, made.founded_on, made.phone = how.value, above, founded_on, tidy(phone) or None
    session.flush()
    return organisation_id


def edit_organisation(
    session: Session,
    *,
    organisation_id: str,
    name: str,
    founding: str = "",
    parents: tuple[str, ...] = (),
    founded_on: dt.date | None = None,
    phone: str = "",
) -> None:
    """Change a body's name and how it was set up. Raises NotAllowed as add_organisation does."""
    organisation = organisation_record(session, organisation_id)
    if not tidy(name):
        raise NotAllowed("组织要有名称。", "请填写名称。")
    organisation.name, organisation.founding = tidy(name), _founding(founding).value
    organisation.parents, organisation.founded_on = _parents(founding, parents), founded_on
    organisation.phone = tidy(phone) or None
    session.flush()


def end_organisation(session: Session, *, organisation_id: str, on: dt.date, why: str) -> None:
    """A body exists no longer from that day on; the posts in it end with it. Raises NotAllowed without a reason."""
    organisation = organisation_record(session, organisation_id)
    if not tidy(why):
        raise NotAllowed("请写明撤销的原因。", "例如合并、到期、任务完成。")
    if organisation.ended_on is not None:
        raise NotAllowed(f"{organisation.name}已登记为{chinese_date(organisation.ended_on)}撤销。", "不用再登记一次。")
    organisation.ended_on = on
    for post in session.scalars(
        select(Post).where(Post.organisation_id == organisation_id, Post.ended_on.is_(None), Post.retired.is_(False))
    ):
        if post.from_on is None or post.from_on <= on:
            post.ended_on, post.ended_why = on, tidy(why)
    session.flush()


def adopt_posts(session: Session, *, key: str) -> int:
    """Take over a shipped set of named posts; returns how many came new."""
    preset = next((one for one in presets().posts if one.key == key), None)
    if preset is None:
        raise NotFound(f"没有“{key}”这套岗位。", "请从列表里选，或自己增加岗位。")
    standard_body(session, Body.VILLAGE_OFFICE)
    return sum(_post_kind(session, name, preset.least, key) for name in preset.posts)


def add_post_kind(session: Session, *, name: str, least: int = 1) -> None:
    """Name a post that the village wants to have, and how many are to hold it. Raises NotAllowed for one twice."""
    if not tidy(name):
        raise NotAllowed("请填写岗位的名称。", "例如民事代办员、护林员。")
    if least < 0:
        raise NotAllowed("人数不能小于零。", "没有要求的填0。")
    standard_body(session, Body.VILLAGE_OFFICE)
    if not _post_kind(session, tidy(name), least, ""):
        raise NotAllowed(f"已经有“{tidy(name)}”这个岗位。", "可以直接任命。")


def drop_post_kind(session: Session, *, post_kind_id: str) -> None:
    """The village does not want this post any more; who holds it keeps it until its end is entered."""
    found = session.get(PostKind, post_kind_id)
    if found is None or found.retired:
        raise NotFound("找不到这个岗位。", "可能刚被撤销，请刷新后再查。")
    retire(session, found)


def pledge(
    session: Session, *, post_id: str, text: str, due: dt.date | None = None, result: str = "", task: str = ""
) -> None:
    """What the holder of a post took on and promised, by when, and what came of it.

    Raises NotAllowed without a promise.
    """
    post = session.get(Post, post_id)
    if post is None or post.retired:
        raise NotFound("找不到这个职务。", "可能刚被撤销，请刷新后再查。")
    if not tidy(text):
        raise NotAllowed("请写明承诺的内容。", "例如每月走访10户、半年内修好一段水渠。")
    post.pledge, post.pledge_due, post.pledge_result, post.task = tidy(text), due, tidy(result), tidy(task)
    session.flush()


def _made(session: Session, kind: Body, name: str, *, preset: str = "") -> str:
    wanted = same_id("organisation", act(session).village, kind.value, name)
    known = session.get(Organisation, wanted)
    if known is not None:
        known.retired, known.name, known.ended_on = False, name, None
    else:
        session.add(Organisation(id=wanted, kind=kind.value, name=name, preset=preset))
    session.flush()
    return wanted


def _post_kind(session: Session, name: str, least: int, preset: str) -> bool:
    wanted = same_id("post_kind", act(session).village, name)
    known = session.get(PostKind, wanted)
    if known is not None and not known.retired:
        return False
    if known is not None:
        known.retired, known.least, known.preset = False, least, preset
    else:
        session.add(PostKind(id=wanted, name=name, least=least, preset=preset))
    session.flush()
    return True


def _kind(kind: str) -> Body:
    try:
        return Body(kind)
    except ValueError:
        raise NotAllowed(f"没有“{kind}”这种组织。", "请从组织种类里选。") from None


def _founding(word: str) -> Founding:
    try:
        return Founding(word)
    except ValueError:
        names = "、".join(one.words for one in Founding if one is not Founding.UNKNOWN)
        raise NotAllowed(f"没有“{word}”这种组建方式。", f"可选：{names}。") from None


def _parents(founding: str, parents: tuple[str, ...]) -> tuple[str, ...]:
    how = _founding(founding)
    named = tuple(dict.fromkeys(tidy(one) for one in parents if tidy(one)))
    if how.most_parents and len(named) > how.most_parents:
        raise NotAllowed(
            f"{how.words}的党组织只有一个上级或依托单位，现在写了{len(named)}个。", "几家一起组建的，组建方式请选联建。"
        )
    return named


def party_kinds() -> tuple[Body, ...]:
    """The kinds that have a way of founding."""
    return PARTY_BODIES
