"""The lists of a village's year on paper: the plan, what was posted, uses of seals; and the answer to an inquiry."""

import re

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.notices import printout
from village_desk.notices.lookups import complaint_lines, inquiries, posted_register, seal_register, year_plan
from village_desk.store.acts import act

Paper = tuple[bytes, str]


def plan(session: Session, number: str) -> Paper:
    """The plan of a year, this year without an answer."""
    here = act(session)
    year = _year(number, here.today.year)
    found = year_plan(session, year=year, on=here.today)
    return printout.year_plan(found), f"{here.village_name}{year}年村务公开计划"


def posted(session: Session, number: str) -> Paper:
    """What was posted in a year."""
    here = act(session)
    year = _year(number, here.today.year)
    rows = posted_register(session, year=year, on=here.today)
    return printout.posted_register(rows, here.village_name, year), f"{here.village_name}{year}年村务公开登记簿"


def seals(session: Session, number: str) -> Paper:
    """The uses of seals of a year."""
    here = act(session)
    year = _year(number, here.today.year)
    rows = seal_register(session, year=year)
    return printout.seal_register(rows, here.village_name, year), f"{here.village_name}{year}年用章登记簿"


def complaints(session: Session, _number: str) -> Paper:
    """By which numbers and to whom villagers complain."""
    here = act(session)
    return printout.complaint_plate(complaint_lines(session, on=here.today)), f"{here.village_name}监督举报电话"


def answer(session: Session, number: str) -> Paper:
    """The answer to the inquiry of this person, or of these words. Raises NotFound, NotAllowed."""
    here = act(session)
    found = [
        row for row in inquiries(session, on=here.today) if number in (row.id, row.raised_by) or number in row.words
    ]
    if not found:
        raise NotFound(f"没有“{number}”提出的查询。", "请写提出人的姓名，或查询内容里的几个字。")
    if len(found) > 1:
        raise NotAllowed(f"“{number}”对得上{len(found)}条查询。", "请写查询内容里的几个字。")
    return printout.answer(found[0], here.village_name), f"{found[0].raised_by}的答复"


def _year(number: str, usual: int) -> int:
    found = re.search(r"\d{4}", number)
    return int(found[0]) if found else usual
