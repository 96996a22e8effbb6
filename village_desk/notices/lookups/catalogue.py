"""The catalogue as it holds in this village: the packs' items, the village's own choices, days and additions."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.notices.records import CatalogueChoice, CatalogueSetting, LocalItem
from village_desk.notices.rules.catalogue import Item, Setting, Settings
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.rulebook.lookups import packs_in_use, rulebook
from village_desk.rulebook.rules import CatalogueItem, Cycle, Trigger
from village_desk.schedule.lookups import first_day
from village_desk.store.acts import act

FIRST_LOCAL = "L01"
# Issuer and name of the pack into which a county's workbook is made.
COUNTY_PACK = ("county", "catalogue")


def settings_of(session: Session) -> Settings:
    """The days that the village set, and from when it is reminded: without an answer from the file's first day."""
    rows = session.scalars(
        select(CatalogueSetting).where(
            CatalogueSetting.retired.is_(False), CatalogueSetting.village == act(session).village
        )
    )
    values = {row.name: row.value for row in rows}
    days: dict[Setting, int] = {
        setting: int(values[setting])
        for setting in Setting
        if setting is not Setting.BEGINS and values.get(setting, "").isdecimal()
    }
    begins = values.get(Setting.BEGINS, "")
    return Settings(days, dt.date.fromisoformat(begins) if begins else first_day(session))


def catalogue(session: Session, *, on: dt.date, with_left_out: bool = False) -> tuple[Item, ...]:
    """Every item in force on a day, ordered by column and code; left-out ones only when asked for."""
    village = act(session).village
    choices = {
        row.code: row
        for row in session.scalars(
            select(CatalogueChoice).where(CatalogueChoice.retired.is_(False), CatalogueChoice.village == village)
        )
    }
    found = [_item(row, choices.get(row.code)) for row in rulebook(session).catalogue(on)]
    own = session.scalars(select(LocalItem).where(LocalItem.retired.is_(False), LocalItem.village == village))
    found += [_local(row, choices.get(row.code)) for row in own]
    columns = list(NoticeClass)
    kept = (item for item in found if with_left_out or not item.left_out)
    return tuple(sorted(kept, key=lambda item: (columns.index(item.column), bool(item.local_id), item.code)))


def item_of(session: Session, code: str, *, on: dt.date) -> Item | None:
    """The item of this code, None when no catalogue has it."""
    return next((item for item in catalogue(session, on=on, with_left_out=True) if item.code == code), None)


def has_county_catalogue(session: Session) -> bool:
    """True while a county's list lies over the shipped one."""
    return any((one.issuer, one.pack) == COUNTY_PACK and one.installed for one in packs_in_use(session))


def next_local_code(session: Session) -> str:
    """L01, L02 …: the next code for an item of the village's own; a dropped one's is not given again."""
    taken = session.scalars(select(LocalItem.code).where(LocalItem.village == act(session).village))
    numbers = [int(code[1:]) for code in taken if code[:1] == "L" and code[1:].isdecimal()]
    return f"L{max(numbers, default=0) + 1:02d}"


def _item(row: CatalogueItem, choice: CatalogueChoice | None) -> Item:
    cycle = Cycle(choice.cycle) if choice is not None and choice.cycle in set(Cycle) else row.cycle
    return Item(
        row.code,
        NoticeClass(row.column),
        row.heading,
        row.name,
        cycle,
        row.trigger,
        Issuer(row.issuer),
        NoticeKind(row.sort.value),
        row.posting,
        row.legal_ref,
        (choice.due_day if choice is not None else 0) or row.due_day,
        row.due_month,
        row.within_days,
        row.working_days,
        row.sensitive,
        row.masks,
        row.mandatory,
        row.ask,
        row.source_note,
        "",
        choice.left_out if choice is not None else "",
    )


def _local(row: LocalItem, choice: CatalogueChoice | None) -> Item:
    return Item(
        row.code,
        NoticeClass(row.column) if row.column in set(NoticeClass) else NoticeClass.VILLAGE,
        row.heading or "本村增加",
        row.name,
        Cycle(row.cycle) if row.cycle in set(Cycle) else Cycle.ON_EVENT,
        Trigger.NONE,
        Issuer(row.issuer) if row.issuer in set(Issuer) else Issuer.COMMITTEE,
        NoticeKind.PUBLICATION,
        row.posting,
        row.legal_ref,
        row.due_day,
        row.due_month,
        row.within_days,
        sensitive=row.sensitive,
        local_id=row.id,
        left_out=choice.left_out if choice is not None else "",
    )
