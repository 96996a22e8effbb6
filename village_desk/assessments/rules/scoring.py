"""From marks and ballots to a total, a grade and a rank: in tenths of a point as whole numbers, with the working."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_desk.assessments.rules.forms import (
    FULL,
    HITS,
    BallotGrade,
    Band,
    Form,
    Item,
    ItemKind,
    Rater,
    RaterHow,
    Rounding,
    Ties,
)
from village_desk.kit.errors import NotAllowed

VETOED = "否决"
TENTHS = 10


@dataclass(frozen=True)
class Mark:
    """What one rater put on one line: `tenths` of points, yes or no, or `good` of `valid` people asked."""

    tenths: int = 0
    yes: bool = False
    good: int = 0
    valid: int = 0


@dataclass(frozen=True)
class Tally:
    """A count of secret ballots; `votes` are in the order of the grades. Nobody's name is kept."""

    issued: int
    returned: int
    invalid: int
    votes: tuple[int, ...]

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.invalid


@dataclass(frozen=True)
class Part:
    """What one rater's judgement comes to, None while it is missing; `working` says how."""

    name: str
    weight: int
    tenths: int | None
    working: str


@dataclass(frozen=True)
class Total:
    """The weighted total in tenths, None while a part is missing, with its working."""

    tenths: int | None
    working: str
    parts: tuple[Part, ...]


def points_words(tenths: int) -> str:
    """886 tenths are 88.6, 900 are 90."""
    return f"{tenths // TENTHS}.{tenths % TENTHS}".removesuffix(".0")


def tenths_typed(typed: str) -> int:
    """88.6 is 886 tenths. Raises NotAllowed for anything but a number with at most one decimal."""
    whole, point, part = typed.strip().partition(".")
    if not whole.isascii() or not whole.isdigit() or (point and not (len(part) == 1 and part.isdigit())):
        raise NotAllowed(f"“{typed}”不是分数。", "请填数字，最多一位小数，例如 8.5。")
    return int(whole) * TENTHS + (int(part) if part else 0)


def divided(top: int, bottom: int, rounding: Rounding) -> int:
    """A quotient of whole numbers, by the form's rule."""
    return (2 * top + bottom) // (2 * bottom) if rounding is Rounding.HALF_UP else top // bottom


def check_mark(item: Item, mark: Mark) -> None:
    """Refuse more points than the line has, or more satisfied people than were asked. Raises NotAllowed."""
    if item.kind is ItemKind.SCORE and not 0 <= mark.tenths <= item.most * TENTHS:
        raise NotAllowed(f"“{item.text}”最多{item.most}分，不能填{points_words(mark.tenths)}分。", "请核对这一项。")
    if item.kind is ItemKind.RATE and not (0 <= mark.good <= mark.valid and mark.valid > 0):
        raise NotAllowed(
            f"“{item.text}”要填有效票数和其中满意（优秀）的票数，现在是{mark.valid}票里有{mark.good}票。",
            "请核对票数。",
        )


def check_tally(grades: Sequence[BallotGrade], tally: Tally) -> None:
    """Ballots must add up: returned at most issued, valid is the sum of the votes. Raises NotAllowed."""
    if len(tally.votes) != len(grades):
        raise NotAllowed(f"测评票有{len(grades)}个档次，现在填了{len(tally.votes)}个票数。", "没有票的档次填0。")
    if min((tally.issued, tally.returned, tally.invalid, *tally.votes)) < 0:
        raise NotAllowed("票数不能是负数。", "请核对计票单。")
    if tally.returned > tally.issued:
        raise NotAllowed(
            f"发出{tally.issued}张票，收回{tally.returned}张，多了{tally.returned - tally.issued}张。", "请核对。"
        )
    if tally.invalid > tally.returned or sum(tally.votes) != tally.valid:
        raise NotAllowed(
            f"收回{tally.returned}张、废票{tally.invalid}张，有效票应是{tally.valid}张，"
            f"各档次加起来是{sum(tally.votes)}张。",
            "请照计票单核对。",
        )
    if tally.valid == 0:
        raise NotAllowed("没有一张有效票，算不出结果。", "请重新测评。")


def item_part(item: Item, mark: Mark, rounding: Rounding) -> tuple[int, str]:
    """The tenths of one line and how they came about."""
    if item.kind is ItemKind.RATE:
        tenths = divided(item.most * TENTHS * mark.good, mark.valid, rounding) if mark.valid else 0
        return tenths, f"{item.most}×{mark.good}÷{mark.valid}＝{points_words(tenths)}"
    if item.kind is ItemKind.YES:
        tenths = item.most * TENTHS if mark.yes else 0
        return tenths, points_words(tenths)
    return mark.tenths, points_words(mark.tenths)


def sheet_part(form: Form, rater: Rater, marks: Mapping[int, Mark]) -> Part:
    """What a filled sheet comes to; a line without a mark leaves it open."""
    places = [at for at, item in enumerate(form.items) if item.scored]
    missing = [at for at in places if at not in marks]
    if missing or not places:
        return Part(rater.name, rater.weight, None, f"还有{len(missing)}项没有评。")
    parts = [item_part(form.items[at], marks[at], form.rounding) for at in places]
    tenths = sum(one for one, _ in parts)
    rates = [words for at, (_, words) in zip(places, parts, strict=True) if form.items[at].kind is ItemKind.RATE]
    added = "＋".join(points_words(one) for one, _ in parts)
    told = f"（其中折算：{'；'.join(rates)}）" if rates else ""
    return Part(rater.name, rater.weight, tenths, f"{added}＝{points_words(tenths)}{told}")


def sheet_whole(form: Form, marks: Mapping[int, Mark]) -> bool:
    """Whether every line that asks for an answer has one; optional lines and those that hit or do not need none."""
    return all(at in marks for at, item in enumerate(form.items) if item.kind not in HITS and not item.optional)


def ballot_part(form: Form, rater: Rater, tally: Tally | None) -> Part:
    """What a count of ballots comes to, out of 100."""
    if tally is None or not tally.valid:
        return Part(rater.name, rater.weight, None, "还没有登记计票。")
    worth = sum(votes * grade.worth for votes, grade in zip(tally.votes, form.ballot, strict=True))
    tenths = divided(worth * TENTHS, tally.valid, form.rounding)
    added = "＋".join(
        f"{votes}×{grade.worth}" for votes, grade in zip(tally.votes, form.ballot, strict=True) if grade.worth
    )
    return Part(rater.name, rater.weight, tenths, f"（{added}）÷{tally.valid}＝{points_words(tenths)}")


def total_part(rater: Rater, tenths: int | None) -> Part:
    """A total that was given from above."""
    return Part(rater.name, rater.weight, tenths, "照通知登记" if tenths is not None else "还没有登记。")


def part_of(form: Form, rater: Rater, marks: Mapping[int, Mark], tally: Tally | None, given: int | None) -> Part:
    """What one rater's judgement comes to."""
    if rater.how is RaterHow.BALLOT:
        return ballot_part(form, rater, tally)
    return total_part(rater, given) if rater.how is RaterHow.TOTAL else sheet_part(form, rater, marks)


def total_of(form: Form, parts: Sequence[Part]) -> Total:
    """The weighted total; one rater alone needs no weighing."""
    if any(part.tenths is None for part in parts):
        missing = "、".join(part.name for part in parts if part.tenths is None)
        return Total(None, f"还缺{missing}。", tuple(parts))
    worth = sum((part.tenths or 0) * part.weight for part in parts)
    tenths = divided(worth, FULL, form.rounding)
    if len(parts) == 1:
        return Total(tenths, f"{parts[0].name}：{parts[0].working}", tuple(parts))
    added = "＋".join(f"{points_words(part.tenths or 0)}×{part.weight}%" for part in parts)
    return Total(tenths, f"{added}＝{points_words(tenths)}", tuple(parts))


def band_of(form: Form, tenths: int | None) -> Band | None:
    """The grade of a total, None without bands or without a total."""
    if tenths is None:
        return None
    fitting = [one for one in form.bands if tenths >= one.least * TENTHS]
    return max(fitting, key=lambda one: one.least, default=None)


def ranks(rows: Sequence[tuple[str, int | None, bool]], ties: Ties) -> dict[str, int]:
    """Rank by total, (id, tenths, vetoed) each: equal totals share a rank, and a veto stands behind everybody else."""
    rated = [(one, tenths, vetoed) for one, tenths, vetoed in rows if tenths is not None]
    order = sorted(rated, key=lambda row: (row[2], -(row[1] or 0)))
    found: dict[str, int] = {}
    before: tuple[bool, int] | None = None
    rank = 0
    for place, (one, tenths, vetoed) in enumerate(order, start=1):
        if (vetoed, tenths) != before:
            rank = place if ties is Ties.SKIP else rank + 1
        before = (vetoed, tenths or 0)
        found[one] = rank
    return found
