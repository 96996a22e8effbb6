"""What the service desk keeps beside its cases: kinds switched on or off, the guide book, and the hotlines."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id, same_id
from village_desk.kit.text import tidy
from village_desk.registers.lookups.cases import flow_named, kinds, one_kind
from village_desk.registers.records.cases import CaseKind, ServiceGuide, ServiceLine
from village_desk.registers.rules.cases import MOST_LIMIT_DAYS
from village_desk.store.acts import act, edit, retire
from village_desk.store.operators import Role


def switch_kind(session: Session, *, key: str, active: bool, reason: str = "", limit_days: int = 0) -> None:
    """Switch a kind of case on or off, or change the working days it promises.

    One that ships switched off with a warning needs another operator than the clerk, and a reason with its ground.
    Raises NotFound, NotAllowed.
    """
    kind = one_kind(session, key)
    if not 0 <= limit_days <= MOST_LIMIT_DAYS:
        raise NotAllowed(f"承诺{limit_days}个工作日不对。", f"请填1到{MOST_LIMIT_DAYS}。")
    if active and kind.warning and not kind.active:
        if act(session).role != Role.SECOND:
            raise NotAllowed(f"“{kind.name}”不能由文书自己启用。{kind.warning}", "确有依据的，请复核人坐上来启用。")
        if not tidy(reason):
            raise NotAllowed(f"启用“{kind.name}”要写依据。{kind.warning}", "请写上级文件的文号。")
    record = session.scalars(select(CaseKind).where(CaseKind.key == key, CaseKind.retired.is_(False))).first()
    if record is None:
        record = CaseKind(id=same_id("case_kind", act(session).village, key), key=key)
        session.add(record)
    record.active, record.reason, record.decided_by = active, tidy(reason), act(session).actor
    record.limit_days = limit_days or record.limit_days
    session.flush()


def add_kind(session: Session, *, name: str, flow: str, limit_days: int) -> str:
    """Add a kind of case of the village's own, which goes one of the shipped ways; returns its key.

    Raises NotFound, NotAllowed.
    """
    way = flow_named(flow)
    if not tidy(name):
        raise NotAllowed("还没有填类别的名称。", "例如“代领快递”。")
    if any(one.name == tidy(name) for one in kinds(session, with_off=True)):
        raise NotAllowed(f"已经有“{tidy(name)}”这一类。", "没有启用的，启用就行。")
    if not 0 < limit_days <= MOST_LIMIT_DAYS:
        raise NotAllowed("还没有填承诺几个工作日办结。", f"请填1到{MOST_LIMIT_DAYS}。")
    key = f"own-{new_id()[:12]}"
    session.add(CaseKind(key=key, name=tidy(name), flow=way.key, limit_days=limit_days))
    session.flush()
    return key


def keep_guide(
    session: Session,
    *,
    name: str,
    guide_id: str = "",
    seen: str = "",
    kind: str = "",
    conditions: str = "",
    steps: str = "",
    handled_by: str = "",
    contact: str = "",
    materials: str = "",
    limit_days: int = 0,
    active: bool = True,
) -> str:
    """Keep one matter of the guide book, a new one or a changed one; returns its id. What is missing may come later.

    Raises NotFound, NotAllowed without a name.
    """
    if not tidy(name):
        raise NotAllowed("还没有填事项的名称。", "例如“城乡居民医保缴费”。")
    if not 0 <= limit_days <= MOST_LIMIT_DAYS:
        raise NotAllowed(f"{limit_days}个工作日不对。", f"请填0到{MOST_LIMIT_DAYS}。")
    values = {
        "name": tidy(name),
        "kind": kind,
        "conditions": tidy(conditions),
        "steps": tidy(steps),
        "handled_by": tidy(handled_by),
        "contact": tidy(contact),
        "materials": tidy(materials),
        "limit_days": limit_days,
        "active": active,
    }
    if guide_id:
        edit(session, _guide(session, guide_id), seen=seen, **values)
        return guide_id
    guide = ServiceGuide(**values)
    session.add(guide)
    session.flush()
    return guide.id


def drop_guide(session: Session, *, guide_id: str) -> None:
    """Take a matter out of the guide book. Raises NotFound."""
    retire(session, _guide(session, guide_id))


def keep_line(session: Session, *, name: str, answered_by: str, number: str) -> str:
    """Keep a hotline: its name, who answers, and the number that everybody may know; one of that name is changed.

    Raises NotAllowed.
    """
    if not tidy(name) or not tidy(number):
        raise NotAllowed("热线要有名称和号码。", "例如“党群服务，0515-88001234”。")
    identity = same_id("service_line", act(session).village, tidy(name))
    line = session.get(ServiceLine, identity)
    if line is None:
        line = ServiceLine(id=identity, name=tidy(name))
        session.add(line)
    line.answered_by, line.number, line.retired = tidy(answered_by), tidy(number), False
    session.flush()
    return identity


def drop_line(session: Session, *, line_id: str) -> None:
    """Take a hotline off the plate. Raises NotFound."""
    line = session.get(ServiceLine, line_id)
    if line is None or line.retired:
        raise NotFound("找不到这条热线。", "请刷新后再试。")
    retire(session, line)


def _guide(session: Session, guide_id: str) -> ServiceGuide:
    guide = session.get(ServiceGuide, guide_id)
    if guide is None or guide.retired:
        raise NotFound("找不到这条办事指南。", "请刷新后再试。")
    return guide
