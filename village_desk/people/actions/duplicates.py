"""Two entries for one person: merge them, take a merge back, or say that they are two people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.people.actions.checking import find_person
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.duplicates import reasons_for
from village_desk.people.records import PersonAlias, PersonDistinct
from village_desk.store.acts import act, retire


def merge_persons(session: Session, *, person_id: str, kept_id: str, note: str = "") -> str:
    """From now on the first entry stands for the person of the second; returns the alias's id.

    Nothing that names the first entry is rewritten: posts, attendance, points and notices are shown with the person
    kept, and come back when the merge is taken back. Raises NotAllowed for two numbers that both hold.
    """
    known = aliases(session)
    gone, kept = find_person(session, known.of(person_id)), find_person(session, known.of(kept_id))
    if gone.id == kept.id:
        raise NotAllowed(f"这两条已经是同一个人（{kept.name}）。", "不用再合并一次。")
    if gone.identity and kept.identity and gone.identity != kept.identity and not tidy(note):
        raise NotAllowed(
            f"{gone.name}和{kept.name}的身份证号不同，看起来是两个人。",
            "确实是同一个人的，请写明是哪一个号码错了，再合并。",
        )
    reasons = reasons_for(session, gone.id, kept.id)
    alias = PersonAlias(
        person_id=gone.id, kept_id=kept.id, merged_on=act(session).today, reasons=reasons, note=tidy(note)
    )
    session.add(alias)
    session.flush()
    return alias.id


def unmerge_persons(session: Session, *, alias_id: str) -> None:
    """The two entries are two again, each with what was booked under it."""
    alias = session.get(PersonAlias, alias_id)
    if alias is None or alias.retired:
        raise NotFound("找不到这次合并。", "可能已经拆开，请刷新后再查。")
    retire(session, alias)


def mark_distinct(session: Session, *, person_id: str, other_id: str, note: str = "") -> None:
    """These two are two people and are not offered again."""
    first, second = sorted((find_person(session, person_id).id, find_person(session, other_id).id))
    if session.scalars(
        select(PersonDistinct.id).where(
            PersonDistinct.person_id == first, PersonDistinct.other_id == second, PersonDistinct.retired.is_(False)
        )
    ).first():
        return
    session.add(PersonDistinct(person_id=first, other_id=second, note=tidy(note)))
    session.flush()
