"""What a village settles of its catalogue: days, cycles, items left out with a reason, items of its own."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.notices.lookups import item_of, next_local_code
from village_desk.notices.records import CatalogueChoice, CatalogueSetting, LocalItem
from village_desk.notices.rules.catalogue import Item, Setting, check_day
from village_desk.notices.rules.kinds import Issuer, NoticeClass
from village_desk.rulebook.rules import Cycle
from village_desk.store.acts import act, retire


def set_due_day(session: Session, *, setting: str, day: int) -> None:
    """Set the day by which a quarter's (month's, half-year's, year's) items hang, such as 8, 15 or 20.

    Raises NotAllowed for what is no day of a month.
    """
    check_day(Setting(setting), day)
    _set(session, Setting(setting), str(day))


def begin_reminders(session: Session, *, on: dt.date) -> None:
    """Let the catalogue remind only of what is due from this day on, for a village that starts in mid-year."""
    _set(session, Setting.BEGINS, on.isoformat())


def choose_for_item(session: Session, *, code: str, cycle: str = "", due_day: int = 0) -> None:
    """Give one item another cycle (every month where much money moves) or day. Raises NotFound, NotAllowed."""
    item = _item(session, code)
    if due_day:
        check_day(Setting.QUARTER_DAY, due_day)
    order = list(Cycle)
    if cycle and item.mandatory and item.cycle.periodic and order.index(Cycle(cycle)) > order.index(item.cycle):
        raise NotAllowed(
            f"“{item.name}”按{item.legal_ref}是{item.cycle.words}公开，不能改成{Cycle(cycle).words}。",
            "只能公开得更勤；不再适用的，请等上级目录修改。",
        )
    choice = _choice(session, code)
    choice.cycle, choice.due_day = cycle and Cycle(cycle).value, due_day
    session.flush()


def leave_out(session: Session, *, code: str, reason: str) -> None:
    """Leave an item out of the catalogue. Raises NotFound, NotAllowed without a reason and for what is mandatory."""
    item = _item(session, code)
    if item.mandatory:
        raise NotAllowed(
            f"“{item.name}”是必须公开的（{item.legal_ref}），不能从目录里去掉。",
            "本期没有内容的，在任务里标为“不适用”并写明原因。",
        )
    if not tidy(reason):
        raise NotAllowed("从目录里去掉要写明原因。", "例如：本村没有集体供水，不收水电费。")
    _choice(session, code).left_out = tidy(reason)
    session.flush()


def take_back_in(session: Session, *, code: str) -> None:
    """Take an item into the catalogue again. Raises NotFound."""
    _item(session, code)
    _choice(session, code).left_out = ""
    session.flush()


def add_local_item(
    session: Session,
    *,
    name: str,
    cycle: str = Cycle.QUARTER,
    column: str = NoticeClass.VILLAGE,
    issuer: str = Issuer.COMMITTEE,
    heading: str = "",
    legal_ref: str = "",
    due_day: int = 0,
    within_days: int = 0,
    sensitive: bool = False,
) -> str:
    """Add an item of the village's own and return its code (L01 …). Raises NotAllowed without a name."""
    if not tidy(name):
        raise NotAllowed("还没有写公开什么。", "例如“自来水水质检测结果”。")
    if due_day:
        check_day(Setting.QUARTER_DAY, due_day)
    code = next_local_code(session)
    session.add(
        LocalItem(
            id=same_id("catalogue_local_item", act(session).village, code),
            code=code,
            column=NoticeClass(column).value,
            heading=tidy(heading),
            name=tidy(name),
            cycle=Cycle(cycle).value,
            issuer=Issuer(issuer).value,
            legal_ref=tidy(legal_ref) or "本村决定",
            due_day=due_day,
            within_days=within_days,
            sensitive=sensitive,
        )
    )
    session.flush()
    return code


def drop_local_item(session: Session, *, code: str) -> None:
    """Drop an item that the village added; what hung for it stays. Raises NotFound."""
    row = session.get(LocalItem, same_id("catalogue_local_item", act(session).village, code))
    if row is None or row.retired:
        raise NotFound(f"目录里没有本村增加的{code}。", "上级目录里的事项不能在村里删除。")
    retire(session, row)


def _item(session: Session, code: str) -> Item:
    item = item_of(session, code, on=act(session).today)
    if item is None:
        raise NotFound(f"目录里没有{code}这一项。", "请刷新后再选。")
    return item


def _choice(session: Session, code: str) -> CatalogueChoice:
    identity = same_id("catalogue_choice", act(session).village, code)
    choice = session.get(CatalogueChoice, identity)
    if choice is None:
        choice = CatalogueChoice(id=identity, code=code)
        session.add(choice)
    choice.retired = False
    return choice


def _set(session: Session, setting: Setting, value: str) -> None:
    identity = same_id("catalogue_setting", act(session).village, setting.value)
    row = session.get(CatalogueSetting, identity)
    if row is None:
        session.add(CatalogueSetting(id=identity, name=setting.value, value=value))
    else:
        row.value = value
    session.flush()
