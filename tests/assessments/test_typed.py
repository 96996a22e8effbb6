"""What is typed into the cells of sheets and forms, and what scores make of it: whole numbers all the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessments.test_rounds import BALLOT, BANDS, THREE
from village_desk.assessments.rules.forms import Item, ItemKind, Rater, RaterHow, Rounding, StageKey, Ties, Way
from village_desk.assessments.rules.scoring import Tally, ballot_part, divided, points_words, ranks, tenths_typed
from village_desk.assessments.rules.typed import (
    STAGE_DOES,
    answer_typed,
    answer_words,
    ballot_typed,
    band_cells,
    bands_typed,
    item_cells,
    items_typed,
    rater_cells,
    raters_typed,
    stages_typed,
    ways_typed,
)
from village_desk.kit.errors import NotAllowed

SCORE, RATE, YES = (Item("走访", kind, 10) for kind in (ItemKind.SCORE, ItemKind.RATE, ItemKind.YES))


@pytest.mark.parametrize(
    ("item", "typed", "shown"),
    [
        (SCORE, "8.5", "8.5"),
        (SCORE, "９", "9"),
        (RATE, "43/50", "43/50"),
        (RATE, "43／50", "43/50"),
        (YES, "√", "√"),
        (YES, "有", "√"),
        (YES, "x", "×"),
        (YES, "没有", "×"),
    ],
)
def test_an_answer_is_read_as_a_clerk_types_it(item: Item, typed: str, shown: str) -> None:
    mark = answer_typed(item, typed)
    assert mark is not None
    assert answer_words(item, mark) == shown


@pytest.mark.parametrize(
    ("item", "typed", "told"),
    [
        (SCORE, "8.55", "最多一位小数"),
        (SCORE, "八分", "不是分数"),
        (SCORE, "-1", "不是分数"),
        (RATE, "86%", "满意票/有效票"),
        (YES, "也许", "要填√或×"),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_it_is_filled(item: Item, typed: str, told: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        answer_typed(item, typed)
    assert told in f"{refusal.value.message}{refusal.value.advice}"


def test_a_form_comes_back_from_its_cells_as_it_was() -> None:
    assert answer_typed(YES, " ") is None
    assert items_typed([item_cells(item) for item in THREE.items], THREE.items) == THREE.items
    assert raters_typed([rater_cells(one) for one in THREE.raters]) == THREE.raters
    assert bands_typed([band_cells(one) for one in BANDS]) == BANDS
    assert ballot_typed([[one.name, str(one.worth)] for one in BALLOT]) == BALLOT
    named = dict(THREE.stages)
    rows = [[does, named.get(key, "")] for key, does in STAGE_DOES.items()]
    assert [key for key, _ in stages_typed(rows)] == [key for key, _ in THREE.stages]
    assert ways_typed("看、查 访") == (Way.LOOK, Way.CHECK, Way.VISIT)
    with pytest.raises(NotAllowed, match="不是查看方式"):
        ways_typed("问")
    with pytest.raises(NotAllowed, match="整数"):
        bands_typed([["好", "高", "", ""]])


@given(st.integers(0, 10_000), st.integers(1, 500))
def test_both_roundings_stay_within_a_tenth_and_never_exceed_the_whole(top: int, bottom: int) -> None:
    down, up = divided(top, bottom, Rounding.DOWN), divided(top, bottom, Rounding.HALF_UP)
    assert down * bottom <= top < (down + 1) * bottom
    assert up - down in (0, 1)
    assert tenths_typed(points_words(up)) == up


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3).filter(sum))
def test_one_more_satisfied_ballot_never_lowers_the_part(votes: list[int]) -> None:
    rater = Rater("群众测评", 100, RaterHow.BALLOT, StageKey.MASS)

    def part(counted: list[int]) -> int:
        tally = Tally(sum(counted), sum(counted), 0, tuple(counted))
        tenths = ballot_part(THREE, rater, tally).tenths
        assert tenths is not None
        return tenths

    assert 0 <= part(votes) <= part([votes[0] + 1, *votes[1:]]) <= 1000


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=9))
def test_no_veto_ranks_before_anybody_without_one(rows: list[tuple[int, bool]]) -> None:
    named = [(str(at), tenths, vetoed) for at, (tenths, vetoed) in enumerate(rows)]
    for ties in Ties:
        order = ranks(named, ties)
        for one, tenths, vetoed in named:
            for other, than, too in named:
                if (vetoed, -tenths) == (too, -than):
                    assert order[one] == order[other]
                elif (vetoed, -tenths) < (too, -than):
                    assert order[one] < order[other]
