"""What is missing among bodies and posts: bodies of a set that was taken over, named posts that too few hold."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.people.lookups.posts import PostRow, all_posts
from village_desk.people.lookups.presets import presets
from village_desk.people.records import Organisation, PostKind
from village_desk.people.rules.bodies import BODY_WORDS


@dataclass(frozen=True)
class BodyGap:
    """A body that a set asks for and the village has not."""

    preset: str
    words: str
    sentence: str


@dataclass(frozen=True)
class PostGap:
    """A named post with how many hold it; `sentence` is empty when enough do."""

    id: str
    name: str
    preset: str
    least: int
    holders: tuple[PostRow, ...]
    sentence: str


def missing_bodies(session: Session, *, on: dt.date) -> tuple[BodyGap, ...]:
    """What the sets of bodies ask for that were taken over, and what is not there on that day."""
    rows = [
        one
        for one in session.scalars(select(Organisation).where(Organisation.retired.is_(False)))
        if (one.founded_on is None or one.founded_on <= on) and (one.ended_on is None or one.ended_on > on)
    ]
    used = set(session.scalars(select(Organisation.preset).where(Organisation.preset != "").distinct()))
    found = []
    for preset in presets().bodies:
        if preset.key not in used:
            continue
        for kind, name in preset.bodies:
            if any(one.kind == kind and (not name or one.name == name) for one in rows):
                continue
            words = name or BODY_WORDS[kind]
            found.append(BodyGap(preset.name, words, f"{preset.name}还缺{words}。"))
    return tuple(found)


def post_gaps(session: Session, *, on: dt.date) -> tuple[PostGap, ...]:
    """The named posts of the village with their holders on that day, those that too few hold first."""
    held: dict[str, list[PostRow]] = {}
    for post in all_posts(session):
        if post.title and post.held_on(on):
            held.setdefault(post.title, []).append(post)
    found = []
    for kind in session.scalars(select(PostKind).where(PostKind.retired.is_(False))):
        holders = tuple(held.get(kind.name, ()))
        missing = kind.least - len(holders)
        sentence = ""
        if missing > 0:
            sentence = f"{kind.name}还没有人担任。" if not holders else f"{kind.name}还差{missing}人。"
        found.append(PostGap(kind.id, kind.name, kind.preset, kind.least, holders, sentence))
    return tuple(sorted(found, key=lambda gap: (not gap.sentence, gap.preset, gap.name)))
