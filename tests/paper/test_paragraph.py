"""Chinese lines: what may begin and end them, what stays whole, and that no ink leaves the margins."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.paper.fonts import Missing, Role
from village_desk.paper.paragraph import NEVER_FIRST, NEVER_LAST, Align, Line, Run, extent, set_lines

SIZE = 15.75
PIECES = st.sampled_from(
    [
        *"村民代表会议通过道路硬化工程资金公开喆堃",
        *"，。、；：？！",
        "“一事一议”",
        "《村民委员会组织法》",
        "（含税）",
        "）、",
        "”（",
        "——",
        "……",
        "1,286,430.55元",
        "2026年10月8日",
        "12.6%",
        "￥300",
        "〔2026〕3号",
        "3301**********1234",
        "WPS",
        "𬭎",
        "·",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=120).map("".join)
WIDTHS = st.integers(15, 28).map(lambda characters: characters * SIZE)
NUMBER = re.compile(r"[0-9A-Za-z*][0-9A-Za-z*.,%]*")


def lines_of(text: str, width: float, **options: float) -> list[Line]:
    return set_lines([Run(text, Role.BODY, SIZE)], width, **options)  # type: ignore[arg-type]  # indents only


def ink_end(line: Line) -> float:
    """Where the ink of a line ends: the right half of a closing mark is blank."""
    last = line.segments[-1]
    width = sum(last.face.width(ch) for ch in last.text) * last.size + last.space * (len(last.text) - 1)
    blank = 0.5 * last.size if last.text[-1] in "，。、；：？！）》〕”" else 0.0
    return last.x + width - blank


@given(TEXTS, WIDTHS)
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str, width: float) -> None:
    lines = lines_of(text, width, first=2 * SIZE)
    assert [line.text for line in lines[1:] if line.text[0] in NEVER_FIRST and not _all_marks(text)] == []
    assert [line.text for line in lines[:-1] if line.text[-1] in NEVER_LAST and not _all_marks(text)] == []


def _all_marks(text: str) -> bool:
    # A run of marks longer than a line has no allowed break at all.
    return re.search(r"[，。、；：？！“”（）《》〔〕—…·￥%]{14,}", text) is not None


@given(TEXTS, WIDTHS)
def test_the_text_comes_out_whole_and_in_order(text: str, width: float) -> None:
    assert "".join(line.text for line in lines_of(text, width)) == text


@given(TEXTS, WIDTHS)
def test_numbers_and_words_are_not_torn(text: str, width: float) -> None:
    lines = lines_of(text, width)
    ends = {sum(len(line.text) for line in lines[: at + 1]) for at in range(len(lines) - 1)}
    for match in NUMBER.finditer(text):
        if extent([Run(match[0], Role.BODY, SIZE)])[1] <= width / 2 and not _joined_longer(text, match, width):
            assert not ends & set(range(match.start() + 1, match.end()))


def _joined_longer(text: str, match: re.Match[str], width: float) -> bool:
    # Numbers that touch form one word, which may be longer than half a line.
    start, end = match.start(), match.end()
    while start and re.match(r"[0-9A-Za-z*.,%]", text[start - 1]):
        start -= 1
    while end < len(text) and re.match(r"[0-9A-Za-z*.,%]", text[end]):
        end += 1
    return extent([Run(text[start:end], Role.BODY, SIZE)])[1] > width / 2


@given(TEXTS, WIDTHS)
def test_no_ink_leaves_the_margins(text: str, width: float) -> None:
    for line in lines_of(text, width, first=2 * SIZE):
        assert line.segments[0].x >= -0.5 * SIZE
        if not _all_marks(text):
            assert ink_end(line) <= width + 0.1


@given(st.lists(st.sampled_from("村民代表会议通过道路硬化工程资金公开，。、"), min_size=60, max_size=150).map("".join))
def test_plain_lines_are_flush_with_both_margins(text: str) -> None:
    text = re.sub("[，。、]{2,}", "，", text)
    width = 28 * SIZE + 1.2
    for line in lines_of(text, width)[:-1]:
        assert abs(ink_end(line) + (0.5 * SIZE if line.text[-1] in "，。、" else 0) - width) < 0.51 * SIZE


def test_twenty_eight_characters_stand_in_the_line_of_the_standard() -> None:
    lines = lines_of("村" * 60, 156 / 25.4 * 72)
    assert [len(line.text) for line in lines] == [28, 28, 4]
    first = lines[0]
    assert first.segments[0].x == 0.0
    assert abs(ink_end(first) - 156 / 25.4 * 72) < 0.05


def test_meeting_marks_share_a_square() -> None:
    one, two = lines_of("《法》《法》", 1000)[0], lines_of("《法》法《法》", 1000)[0]
    assert two.width - one.width == pytest.approx(1.5 * SIZE)


def test_dashes_and_dots_stay_together() -> None:
    for pair in ("——", "……"):
        for lead in range(10, 20):
            for line in lines_of("村" * lead + pair + "村" * 20, 15 * SIZE):
                assert line.text.count(pair[0]) in {0, 2}


def test_a_word_longer_than_the_line_is_broken_rather_than_hung_over() -> None:
    lines = lines_of("A" * 200, 10 * SIZE)
    assert "".join(line.text for line in lines) == "A" * 200
    assert all(ink_end(line) <= 10 * SIZE + 0.1 for line in lines)


def test_a_newline_begins_a_line_and_indents_hold() -> None:
    lines = lines_of("第一段\n第二段" + "长" * 30, 20 * SIZE, first=2 * SIZE, rest=SIZE)
    assert [line.text[:3] for line in lines] == ["第一段", "第二段", "长长长"]
    assert [line.segments[0].x for line in lines] == [2 * SIZE, SIZE, SIZE]


@pytest.mark.parametrize(("align", "start"), [(Align.LEFT, 0.0), (Align.CENTRE, 4.0), (Align.RIGHT, 8.0)])
def test_short_lines_stand_where_they_are_asked(align: Align, start: float) -> None:
    (line,) = set_lines([Run("村民", Role.BODY, SIZE)], 10 * SIZE, align=align)
    assert line.segments[0].x == pytest.approx(start * SIZE)


def test_the_last_line_is_never_a_single_character() -> None:
    assert [line.text for line in lines_of("村" * 20 + "过。", 20 * SIZE)] == ["村" * 19, "村过。"]
    assert [len(line.text) for line in lines_of("村" * 41, 20 * SIZE)] == [20, 19, 2]


def test_white_at_the_end_keeps_its_room() -> None:
    (line,) = set_lines([Run("签字：　　", Role.BODY, SIZE)], 10 * SIZE, align=Align.RIGHT)
    assert line.segments[0].x == pytest.approx(5 * SIZE)


def test_missing_characters_are_collected_with_the_label() -> None:
    missing: list[Missing] = []
    set_lines([Run("李\U000323af四", Role.BODY, SIZE)], 100, where="户主姓名", missing=missing)
    assert missing == [Missing("\U000323af", "户主姓名")]


def test_no_text_gives_no_lines() -> None:
    assert lines_of("", 100) == []
    assert lines_of("\u200b", 100) == []
