"""Two entries for one person: found with reasons, merged without rewriting, and taken apart again."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.people.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.people import actions, lookups
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.duplicates import Entry, Reason, pairs, resolved
from village_desk.people.rules.electorates import Assembly
from village_desk.store.file import VillageFile

Make = Callable[..., str]


def entry(person_id: str, name: str, **facts: str) -> Entry:
    """An entry; what is not given is not known."""
    known = {"former_name": "", "sounds": "", "birth": "", "identity": "", "household_id": "", "phone": ""}
    return Entry(person_id=person_id, name=name, **{**known, **facts})


def merge(village: VillageFile, gone: str, kept: str, note: str = "") -> str:
    """One merge."""
    with village.writing("people.merge_persons") as session:
        return actions.merge_persons(session, person_id=gone, kept_id=kept, note=note)


def eligible(village: VillageFile, body: Assembly) -> list[str]:
    """Ids on the roll of a body."""
    with village.reading() as session:
        return [one.person_id for one in lookups.roll(session, body=body, on=TODAY).eligible]


def listed(village: VillageFile) -> list[str]:
    """Ids in the list."""
    with village.reading() as session:
        return lookups.person_ids(session, lookups.PeopleFilter())


def test_each_reason_finds_its_pair() -> None:
    found = pairs(
        [
            entry("a", "王伟", identity="110101196803051234", birth="1968-03-05", sounds="wangwei"),
            entry("b", "王韦", identity="110101196803051234"),
            entry("c", "王维", birth="1968-03-05", sounds="wangwei"),
            entry("d", "李红", birth="1980-01-01", former_name="李秀红"),
            entry("e", "李秀红", birth="1980-01-01"),
            entry("f", "张三", household_id="h", birth="1970-01-01"),
            entry("g", "张三", household_id="h"),
            entry("h", "张三", household_id="h", birth="1999-01-01"),
            entry("i", "赵四", phone="13812345678"),
            entry("j", "赵四", phone="13812345678"),
        ]
    )
    assert {(pair.one, pair.other): pair.reasons for pair in found} == {
        ("a", "b"): (Reason.IDENTITY,),
        ("a", "c"): (Reason.PINYIN_BIRTH,),
        ("d", "e"): (Reason.FORMER_NAME,),
        ("f", "g"): (Reason.NAME_HOUSEHOLD,),
        ("g", "h"): (Reason.NAME_HOUSEHOLD,),
        ("i", "j"): (Reason.NAME_PHONE,),
    }


def test_two_numbers_that_both_hold_speak_against_it() -> None:
    same = {"birth": "1968-03-05"}
    assert pairs([entry("a", "王伟", identity="1", **same), entry("b", "王伟", identity="2", **same)]) == ()
    assert len(pairs([entry("a", "王伟", identity="1", **same), entry("b", "王伟", **same)])) == 1


def test_chains_are_followed_and_circles_end() -> None:
    assert resolved({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}
    assert resolved({"a": "b", "b": "a", "x": "b"}) == {"b": "a", "x": "a"}


def test_what_was_booked_under_either_entry_stands_with_the_person_and_comes_back(
    settled: VillageFile, person: Make
) -> None:
    kept, gone = person("王伟", birth="1968-03-05"), person("王维", birth="1968-03-05")
    with settled.writing("people.posts") as session:
        actions.add_party_member(session, person_id=gone, full_on=dt.date(2000, 7, 1))
        actions.appoint(session, person_id=gone, role=Role.SECRETARY, from_on=dt.date(2021, 3, 1))
        actions.appoint(session, person_id=kept, role=Role.REPRESENTATIVE, from_on=dt.date(2021, 3, 1))
    with settled.reading() as session:
        (pair,) = lookups.possible_doubles(session)
    assert pair.reasons == ("姓名读音和出生日期相同，可能是同音字",)
    before, digest = listed(settled), settled.digest()
    alias = merge(settled, gone, kept)
    assert listed(settled) == [kept]
    assert eligible(settled, Assembly.VILLAGERS_MEETING) == [kept]
    assert eligible(settled, Assembly.PARTY_MEMBERS) == [kept]
    assert eligible(settled, Assembly.BRANCH_COMMITTEE) == [kept]
    with settled.reading() as session:
        card = lookups.person_card(session, gone)
        assert (card.id, card.row.name) == (kept, "王伟")
        assert {post.role_words for post in card.posts} == {"村党支部书记", "村民代表"}
        assert card.party is not None
        assert [one.name for one in lookups.party_members(session)] == ["王伟"]
        assert lookups.possible_doubles(session) == ()
        # A sheet that was made before still names whom it named.
        assert lookups.names_of(session, [gone]) == {gone: "王维"}
    with pytest.raises(NotAllowed, match="已经是同一个人"):
        merge(settled, kept, gone)
    with settled.writing("people.unmerge_persons") as session:
        actions.unmerge_persons(session, alias_id=alias)
    assert listed(settled) == before
    assert eligible(settled, Assembly.PARTY_MEMBERS) == [gone]
    with settled.reading() as session:
        assert [post.role_words for post in lookups.person_card(session, kept).posts] == ["村民代表"]
    # Only the alias itself was ever written.
    merge(settled, gone, kept)
    settled.undo(settled.steps()[0].id)
    assert listed(settled) == before
    settled.rebuild()
    assert listed(settled) == before
    assert settled.digest() != digest


def test_a_merge_survives_a_rebuild_and_holds_its_person_in_the_register(settled: VillageFile, person: Make) -> None:
    gone = person("王维", birth="1968-03-05")
    kept = person("王伟", birth="1968-03-05")
    step = settled.steps()[0].id
    merge(settled, gone, kept)
    settled.rebuild()
    assert listed(settled) == [kept]
    # Somebody for whom another entry stands is in use and stays when his registration is undone.
    settled.undo(step)
    assert listed(settled) == [kept]


def test_pairs_that_are_two_people_are_not_offered_again_and_two_numbers_ask_for_a_word(
    settled: VillageFile, person: Make
) -> None:
    one, other = person("王伟", birth="1968-03-05"), person("王伟", birth="1968-03-05", sex="female")
    with settled.writing("people.mark_distinct") as session:
        actions.mark_distinct(session, person_id=other, other_id=one, note="一个住一组，一个住五组")
    with settled.reading() as session:
        assert lookups.possible_doubles(session) == ()
    first = person("李红", birth="1980-01-01", identity="110101198001010029")
    second = person("李红", birth="1980-01-01", identity="110101198001010045")
    with pytest.raises(NotAllowed, match="身份证号不同"):
        merge(settled, first, second)
    merge(settled, first, second, "前一个号码的顺序码抄错")
    with settled.reading() as session:
        (row,) = lookups.merges(session)
        assert (row.gone, row.kept, row.note) == ("李红", "李红", "前一个号码的顺序码抄错")


def test_what_is_done_about_the_person_reaches_what_stands_under_the_merged_entry(
    settled: VillageFile, person: Make
) -> None:
    kept, gone = person("王伟", birth="1968-03-05"), person("王维", birth="1968-03-05")
    with settled.writing("people.posts") as session:
        actions.add_party_member(session, person_id=gone, full_on=dt.date(2000, 7, 1))
        actions.appoint(session, person_id=gone, role=Role.REPRESENTATIVE, from_on=dt.date(2021, 3, 1))
    merge(settled, gone, kept)
    with settled.writing("people.appoint") as session:
        # The full membership that stands under the other entry is his.
        actions.appoint(session, person_id=kept, role=Role.BRANCH_MEMBER, from_on=dt.date(2026, 1, 1))
    with pytest.raises(NotAllowed, match="王伟已经是村民代表"), settled.writing("people.appoint") as session:
        actions.appoint(session, person_id=kept, role=Role.REPRESENTATIVE, from_on=dt.date(2026, 1, 1))
    with settled.writing("people.leave_branch") as session:
        actions.leave_branch(session, person_id=kept, on=dt.date(2026, 3, 1), how="组织关系转出")
    assert eligible(settled, Assembly.PARTY_MEMBERS) == []
    with settled.writing("people.record_death") as session:
        actions.record_death(session, person_id=kept, on=dt.date(2026, 3, 10))
    with settled.reading() as session:
        assert all(post.ended_on is not None for post in lookups.posts_of(session, kept))
