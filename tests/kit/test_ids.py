"""Random ids, and ids that two desks agree on."""

import re

from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.ids import new_id, same_id, secret_same_id

FORM = re.compile(r"[0-9a-f]{32}")


def test_new_ids_have_one_form_and_differ() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(FORM.fullmatch(one) for one in ids)


def test_the_same_id_never_changes_between_releases() -> None:
    # Files of years ago hold ids made by this function; a changed value here would part them from new ones.
    assert same_id("stage_vote", "abc", "3") == "77fb367b221e7debf4b25e8c6b25165a"
    assert secret_same_id(b"secret", "person", "320924196803050011") == "cc14f9e8ad078911a6f7c1d34dcf8c6a"


@given(st.lists(st.text(max_size=4), min_size=1, max_size=4), st.lists(st.text(max_size=4), min_size=1, max_size=4))
def test_different_parts_never_share_an_id(one: list[str], other: list[str]) -> None:
    assert (same_id(*one) == same_id(*other)) == (one == other)
    assert (secret_same_id(b"s", *one) == secret_same_id(b"s", *other)) == (one == other)


def test_parts_are_told_apart_where_they_meet() -> None:
    assert same_id("k", "ab", "c") != same_id("k", "a", "bc") != same_id("k", "abc")


def test_ids_of_personal_data_depend_on_the_secret_of_the_village() -> None:
    assert secret_same_id(b"one", "person", "x") != secret_same_id(b"two", "person", "x") != same_id("person", "x")
    assert FORM.fullmatch(secret_same_id(b"one", "person", "x"))
