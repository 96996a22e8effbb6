"""Procedures that a village writes for itself: copied from another one, changed, taken out of use."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups import procedure_for
from village_desk.decisions.records import LocalProcedure
from village_desk.decisions.rules import refuse_broken
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id
from village_desk.kit.text import tidy
from village_desk.rulebook.rules import ProcedureTemplate, StageTemplate, packed
from village_desk.store.acts import act, retire


def copy_procedure(session: Session, *, key: str, name: str) -> str:
    """Keep a copy of a procedure under another name, to be changed; returns its key. Cases under way keep theirs.

    Raises NotFound, NotAllowed without a name or for one that is taken.
    """
    today = act(session).today
    source = procedure_for(session, key, today)
    return _keep(session, replace(source, name=tidy(name)), key=new_id(), version=1, copied_from=source.key)


def change_procedure(
    session: Session,
    *,
    key: str,
    name: str,
    stages: tuple[StageTemplate, ...],
    max_total_days: int = 0,
    motion_sources: tuple[str, ...] = (),
) -> int:
    """Write another version of a village's own procedure; new cases take it, those under way keep theirs.

    Returns the version. Raises NotFound, NotAllowed for one that the village did not write, or that cannot be followed.
    """
    newest = _newest(session, key)
    if newest is None:
        raise NotAllowed("软件自带的和上级下发的程序不能改。", "请先照它另存一份，再改自己的那一份。")
    source = procedure_for(session, key, act(session).today)
    template = replace(
        source,
        name=tidy(name),
        stages=tuple(replace(stage, no=number) for number, stage in enumerate(stages, start=1)),
        max_total_days=max_total_days,
        motion_sources=tuple(tidy(one) for one in motion_sources if tidy(one)),
        locked=False,
    )
    refuse_broken(template)
    version = newest.version + 1
    _keep(session, template, key=key, version=version, copied_from=newest.copied_from)
    return version


def drop_procedure(session: Session, *, key: str) -> None:
    """Take a village's own procedure out of use; cases under way keep it. Raises NotFound."""
    rows = _versions(session, key)
    if not rows:
        raise NotFound("找不到这个程序。", "它可能已经停用了。")
    for row in rows:
        retire(session, row)


def _keep(session: Session, template: ProcedureTemplate, *, key: str, version: int, copied_from: str) -> str:
    if not template.name:
        raise NotAllowed("程序还没有名称。", "例如“本村小型工程办理程序”。")
    others = session.scalars(select(LocalProcedure).where(LocalProcedure.retired.is_(False)))
    if any(row.name == template.name and row.key != key for row in others):
        raise NotAllowed(f"已经有一个叫“{template.name}”的程序。", "请换一个名称，或者直接改那一个。")
    today = act(session).today
    kept = replace(
        template, key=key, version=str(version), valid_from=today, valid_to=None, local=True, copies=copied_from
    )
    session.add(
        LocalProcedure(
            key=key,
            name=kept.name,
            version=version,
            copied_from=copied_from,
            valid_from=today,
            template=packed(kept),
        )
    )
    session.flush()
    return key


def _versions(session: Session, key: str) -> list[LocalProcedure]:
    found = session.scalars(select(LocalProcedure).where(LocalProcedure.key == key, LocalProcedure.retired.is_(False)))
    return sorted(found, key=lambda row: (row.version, row.id))


def _newest(session: Session, key: str) -> LocalProcedure | None:
    rows = _versions(session, key)
    return rows[-1] if rows else None
