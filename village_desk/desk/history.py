"""What the window asks of the village file itself: undo and redo, copies, search across rooms."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.decisions.lookups import all_decisions
from village_desk.desk.search import Hit
from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.kit.text import short_date
from village_desk.notices.lookups import all_notices
from village_desk.people.lookups import PersonRow, find_people
from village_desk.people.lookups.leaving import undone_words
from village_desk.registers.lookups.cases import cases as service_cases
from village_desk.store.acts import act
from village_desk.store.base import Merge, all_specs
from village_desk.store.copies import list_copies
from village_desk.store.file import VillageFile

_LOOKED_BACK = 200
# How the store names the deed of an undo, followed by the step that it takes back.
_UNDO = "undo:"
_FOUND_EACH = 6
TITLE_TABLES = frozenset({"decision", "notice", "service_case"})


def undo_last(file: VillageFile) -> str:
    """Undo the newest step of this computer that still stands; returns the sentence for the clerk."""
    for step in file.steps(limit=_LOOKED_BACK):
        if step.mine and not step.undone and not step.deed.startswith(_UNDO):
            undone = file.undo(step.id)
            with file.reading() as session:
                return undone_words(session, "刚才的一步", [(one.table, one.record) for one in undone.kept])
    raise NotAllowed("没有可以撤销的步骤。", "撤销只管这台电脑上做过的事。")


def redo_last(file: VillageFile) -> str:
    """Take back the newest undo after which nothing else was done; returns the sentence for the clerk."""
    steps = file.steps(limit=_LOOKED_BACK)
    deeds = {step.id: step.deed for step in steps}
    for step in steps:
        if not step.mine or not step.deed.startswith(_UNDO):
            break
        takes_back_an_undo = deeds.get(step.deed.removeprefix(_UNDO), "").startswith(_UNDO)
        if not step.undone and not takes_back_an_undo:
            file.undo(step.id)
            return "已恢复刚才撤销的一步。"
    raise NotAllowed("没有可以恢复的步骤。", "只有刚刚撤销的一步可以恢复。")


def can_be_undone(tables: frozenset[str]) -> bool:
    """Whether a step over these tables is one that Ctrl+Z takes back; entries that are booked are reversed instead."""
    merges = {spec.table: spec.merge for spec in all_specs()}
    return bool(tables) and all(merges.get(table) in (Merge.PER_FIELD, None) for table in tables)


def last_copy_words(file: VillageFile) -> str:
    """When the newest copy was made, for the status line."""
    copies = list_copies(file.path, file.copies_folder)
    if not copies:
        return "还没有"
    try:
        made = dt.datetime.fromtimestamp(copies[0].path.stat().st_mtime)
    except OSError:
        return "还没有"
    day = "今天" if made.date() == dt.date.today() else short_date(made.date())
    return f"{day}{made:%H:%M}"


def copy_on_leaving(file: VillageFile) -> None:
    """A copy when the window closes; a disk that refuses must not keep the clerk from leaving."""
    try:
        file.keep_copy()
    except DeskError:
        return


def people_found(session: Session, *, words: str) -> list[Hit]:
    """People for some words, the likeliest first."""
    return [Hit(_person_words(one), "user", "people", one.id) for one in find_people(session, words, limit=_FOUND_EACH)]


def titles(session: Session) -> list[Hit]:
    """Every decision, sheet and service case by its title; kept by the window until one of TITLE_TABLES changes."""
    cases = [
        Hit(f"议题：{one.title}（{one.number}）", "list-checks", "decisions", one.id) for one in all_decisions(session)
    ]
    sheets = [
        Hit(f"{one.kind_words}：{one.title}", "megaphone", "notices", one.id)
        for one in all_notices(session, on=act(session).today)
    ]
    service = [
        Hit(f"办件：{one.matter}（{one.number}，{one.applicant}）", "hand-helping", "cases", one.id)
        for one in service_cases(session)
    ]
    return cases + sheets + service


def _person_words(one: PersonRow) -> str:
    age = f"{one.age_words}岁" if one.age_words else ""
    number = f"户号{one.household_no}" if one.household_no else ""
    return "  ".join(words for words in (one.name, one.group, age, number) if words)
