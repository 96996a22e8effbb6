"""Sheets of bodies, grids and links by name: what names the one that is meant, and the bytes with their title."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.meetings.lookups import training
from village_desk.meetings.printout.training import reserve_list
from village_desk.people import printout
from village_desk.people.lookups import (
    LinkKindRow,
    bodies,
    find_households,
    grid_of,
    grid_tree,
    homes_in,
    link_card,
    link_holders,
    link_kinds,
    links,
    without_contact,
    without_grid,
)
from village_desk.store.acts import act

Sheet = tuple[bytes, str]


def grids(session: Session, number: str) -> Sheet:
    """The grids of the village with their households."""
    here = act(session)
    units = grid_tree(session, on=here.today)
    homes = {unit.id: homes_in(session, unit_id=unit.id, on=here.today) for unit in units if unit.leaf}
    loose = without_grid(session, on=here.today)
    content = printout.grid_list(units, homes, loose, village=here.village_name, on=here.today)
    return content, f"{here.village_name}网格表"


def household_card(session: Session, number: str) -> Sheet:
    """The card of one household with its grid. Raises NotFound."""
    here = act(session)
    found = find_households(session, number, limit=1)
    if not found:
        raise NotFound(f"找不到“{number}”这一户。", "请写户号或户主姓名。")
    chain = grid_of(session, household_id=found[0].id, on=here.today)
    content = printout.household_chain(found[0], chain, village=here.village_name, on=here.today)
    return content, f"{here.village_name}户网格卡"


def link_list(session: Session, number: str) -> Sheet:
    """Who stands by whom in one kind of link. Raises NotFound."""
    here, kind = act(session), _kind(session, number)
    rows = links(session, on=here.today, kind_id=kind.id)
    content = printout.link_list(rows, kind.rule, village=here.village_name, on=here.today)
    return content, f"{here.village_name}{kind.name}公示表"


def card(session: Session, number: str) -> Sheet:
    """The card of one link holder, named 种类/姓名. Raises NotFound."""
    here = act(session)
    words, _, name = number.partition("/")
    kind = _kind(session, words)
    holder = next((one for one in link_holders(session, kind_id=kind.id, on=here.today) if one.name == name), None)
    found = link_card(session, kind_id=kind.id, from_id=holder.id, on=here.today) if holder else None
    if found is None:
        raise NotFound(f"“{name}”没有登记{kind.name}。", "请写成“党员联系户/张大山”。")
    return printout.link_card(found, village=here.village_name), f"{name}{kind.name}联系卡"


def no_contact(session: Session, number: str) -> Sheet:
    """Households without a contact of one kind. Raises NotFound."""
    here, kind = act(session), _kind(session, number)
    title = f"{here.village_name}没有{kind.name}的户"
    homes = without_contact(session, kind_id=kind.id, on=here.today)
    return printout.home_list(homes, title=title, on=here.today), title


def members(session: Session, number: str) -> Sheet:
    """The members of one body, or of all. Raises NotFound."""
    here = act(session)
    found = [body for body in bodies(session, on=here.today) if not number or number in body.name]
    if not found:
        raise NotFound(f"找不到“{number}”这个组织。", "不写名称就打印全部组织。")
    content = printout.body_members(found, village=here.village_name, on=here.today)
    return content, f"{here.village_name}组织成员名册"


def pledges(session: Session, number: str) -> Sheet:
    """Posts and promises for the wall."""
    here = act(session)
    posts = [post for body in bodies(session, on=here.today) for post in body.posts if post.pledge]
    content = printout.pledge_wall(posts, village=here.village_name, on=here.today)
    return content, f"{here.village_name}党员岗位和承诺公示"


def reserves(session: Session, number: str) -> Sheet:
    """Who is being prepared for a post, with the training each has done."""
    here = act(session)
    rows = training.reserves(session, on=here.today)
    return reserve_list(rows, village=here.village_name, on=here.today), f"{here.village_name}后备干部名册"


def _kind(session: Session, words: str) -> LinkKindRow:
    found = [kind for kind in link_kinds(session, on=act(session).today) if words and words in kind.name]
    if not found:
        raise NotFound(f"没有“{words}”这种联系。", "请写联系的名称，例如党员联系户。")
    return found[0]
