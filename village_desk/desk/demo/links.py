"""The sample village's grids and links: areas of fifty to a hundred households, members and their households."""

from village_desk.desk.demo.story import VILLAGE, Story
from village_desk.people.actions import (
    add_unit,
    adopt_grid,
    adopt_link_kind,
    adopt_posts,
    appoint,
    link,
    place_households,
    pledge,
    record_link_contact,
)
from village_desk.people.lookups import home_lines, party_members

# The last group stays out, so that the lists of what is missing have something to show.
_SIZE, _EACH, _MEMBERS = 90, 15, 12


def tell_links(story: Story) -> None:
    """Grids and their workers, members with their households, a township cadre's visits."""
    story.on(-80, lambda: _found_grids(story))
    story.on(-75, lambda: _link_members(story))
    story.on(-2, lambda: _visit(story))


def _found_grids(story: Story) -> None:
    on = story.day(-80)
    with story.writing("people.add_unit") as session:
        adopt_grid(session, key="area_groups")
        top = add_unit(session, name=f"{VILLAGE}党支部", depth=1, from_on=on)
        groups: dict[str, list[str]] = {}
        for line in home_lines(session):
            groups.setdefault(line.group, []).append(line.id)
        workers = [one.id for one in party_members(session)]
        kind = adopt_link_kind(session, key="grid_worker")
        areas: list[list[str]] = [[]]
        for homes in list(groups.values())[:-1]:
            if len(areas[-1]) + len(homes) > _SIZE:
                areas.append([])
            areas[-1] += homes
        for number, homes in enumerate(areas):
            name = f"第{'一二三四五六七八九'[number]}片区"
            unit = add_unit(
                session,
                name=name,
                depth=2,
                parent_id=top,
                code=f"{number + 1:02d}",
                person_id=workers[number],
                from_on=on,
            )
            place_households(session, grid_id=unit, household_ids=tuple(homes), on=on)
            link(session, kind_id=kind, from_id=workers[number + 9], to_ids=(unit,), from_on=on)
    story.count("grids", len(areas) + 1)


def _link_members(story: Story) -> None:
    on = story.day(-75)
    with story.writing("people.link") as session:
        kind = adopt_link_kind(session, key="member_households")
        homes = [line.id for line in home_lines(session)]
        members = [one.id for one in party_members(session) if not one.probationary]
        for number, member in enumerate(members[:_MEMBERS]):
            mine = tuple(homes[number * _EACH : number * _EACH + _EACH])
            link(session, kind_id=kind, from_id=member, to_ids=mine, from_on=on, phone_shown=number % 2 == 0)
        adopt_posts(session, key="six_posts")
        post = appoint(session, person_id=members[3], role="duty_post", title="科技服务员", from_on=on, how="设岗定责")
        pledge(session, post_id=post, task="稻田病虫害防治", text="每月到田头看一次，全年办四次农技课")
    story.count("linked_households", _MEMBERS * _EACH)


def _visit(story: Story) -> None:
    with story.writing("people.record_link_contact") as session:
        kind = adopt_link_kind(session, key="member_households")
        members = [one.id for one in party_members(session) if not one.probationary][:6]
        home = home_lines(session)[0].id
        for member in members:
            record_link_contact(session, kind_id=kind, from_id=member, on=story.day(-2), way="visit")
        record_link_contact(
            session,
            kind_id=kind,
            from_id=members[0],
            on=story.day(-3),
            way="visit",
            to_id=home,
            what="门口路灯不亮",
            settled="已报电工，三天内修好",
        )
    story.count("visits", len(members) + 1)
