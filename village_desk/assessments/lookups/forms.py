"""Forms of assessment: those that come with the desk, those that the village keeps, and one read from a file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.assessments.records import AssessmentForm, AssessmentRound, ConductBreach
from village_desk.assessments.rules.forms import (
    BallotGrade,
    Band,
    Evidence,
    Follow,
    Form,
    Item,
    ItemKind,
    Rater,
    RaterHow,
    Rounding,
    StageKey,
    Target,
    Ties,
    blanks,
    check_form,
    unpack,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.resources import path
from village_desk.people.lookups import names_of
from village_desk.store.acts import seen

_LARGEST = 200_000


@dataclass(frozen=True)
class FormRow:
    """A form; `id` is "" while the village has not taken a shipped one over. `blanks` say why it is locked."""

    id: str
    seen: str
    version: int
    form: Form
    blanks: tuple[str, ...]
    rounds: int = 0


@dataclass(frozen=True)
class BreachRow:
    """One breach of a negative list; unconfirmed ones count for nothing."""

    id: str
    seen: str
    form_id: str
    place: int
    text: str
    veto: bool
    person_id: str
    name: str
    fact: str
    happened_on: Any
    source: str
    confirmed_on: Any
    result: str


def shipped_forms() -> tuple[Form, ...]:
    """The forms that come with the desk: texts as published, blank lines where only their number is known."""
    return _shipped()


@cache
def _shipped() -> tuple[Form, ...]:
    content = path("packs", "national", "assessments", "assessments.toml").read_text(encoding="utf-8")
    return tuple(_form(row) for row in tomllib.loads(content)["form"])


def read_forms(content: bytes) -> tuple[Form, ...]:
    """The forms of a file in the manner of the shipped ones. Raises NotAllowed with what is wrong in it."""
    if len(content) > _LARGEST:
        raise NotAllowed("这个模板文件太大。", "模板文件一般不到20KB，请核对选的文件。")
    try:
        rows = tomllib.loads(content.decode("utf-8")).get("form", [])
        found = tuple(_form(row) for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NotAllowed("这个文件不是考评模板，或者里面有写错的地方。", "请向发文件的单位核对。") from problem
    if not found:
        raise NotAllowed("这个文件里没有考评模板。", "请核对选的文件。")
    for one in found:
        check_form(one)
    return found


def forms(session: Session) -> tuple[FormRow, ...]:
    """The village's own forms by name, then the shipped ones that it has not taken over."""
    used: dict[str, int] = {}
    for form_id in session.scalars(select(AssessmentRound.form_id).where(AssessmentRound.retired.is_(False))):
        used[form_id] = used.get(form_id, 0) + 1
    own = [
        FormRow(
            each.id,
            seen(session, AssessmentForm, each.id),
            each.version,
            unpack(each.content),
            blanks(unpack(each.content)),
            used.get(each.id, 0),
        )
        for each in session.scalars(select(AssessmentForm).where(AssessmentForm.retired.is_(False)))
    ]
    own.sort(key=lambda row: (row.form.whole_name, row.id))
    known = {row.form.whole_name for row in own}
    return (*own, *(FormRow("", "", 0, one, blanks(one)) for one in shipped_forms() if one.whole_name not in known))


def one_form(session: Session, form_id: str) -> FormRow:
    """One of the village's own forms. Raises NotFound."""
    found = next((row for row in forms(session) if row.id and row.id == form_id), None)
    if found is None:
        raise NotFound("找不到这份考评模板。", "请刷新后再试。")
    return found


def breaches(session: Session, *, person_id: str = "", form_id: str = "") -> tuple[BreachRow, ...]:
    """Breaches of negative lists, the newest first."""
    statement = select(ConductBreach).where(ConductBreach.retired.is_(False))
    if person_id:
        statement = statement.where(ConductBreach.person_id == person_id)
    if form_id:
        statement = statement.where(ConductBreach.form_id == form_id)
    found = session.scalars(statement).all()
    names = names_of(session, [each.person_id for each in found])
    lists = {row.id: row.form for row in forms(session)}
    rows = []
    for each in found:
        items = lists[each.form_id].items if each.form_id in lists else ()
        item = items[each.place] if each.place < len(items) else Item("清单里已经没有的一项")
        rows.append(
            BreachRow(
                each.id,
                seen(session, ConductBreach, each.id),
                each.form_id,
                each.place,
                item.text,
                item.kind is ItemKind.VETO,
                each.person_id,
                names.get(each.person_id, "名册里没有"),
                each.fact,
                each.happened_on,
                each.source,
                each.confirmed_on,
                each.result,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.happened_on.toordinal() if row.happened_on else 0, row.id)))


def _form(row: Mapping[str, Any]) -> Form:
    parts = row.get("heads") or [row]
    items: list[Item] = []
    for part in parts:
        kind = ItemKind(part.get("kind", row.get("kind", "yes")))
        head = part.get("name", "") if part is not row else ""
        evidence = Evidence(row.get("evidence", "none"))
        for at, text in enumerate((*part.get("lines", ()), *[""] * part.get("blank", 0))):
            points = part.get("points", ())
            items.append(
                Item(
                    text,
                    kind,
                    points[at] if at < len(points) else 0,
                    head,
                    evidence if kind not in (ItemKind.VETO, ItemKind.SANCTION, ItemKind.REWARD) else Evidence.NONE,
                    text in row.get("optional", ()),
                    row.get("prints", {}).get(text, ""),
                )
            )
    plain = Form(row["name"], Target(row["target"]))
    return Form(
        row["name"],
        Target(row["target"]),
        tuple(items),
        tuple(
            Rater(one["name"], one["weight"], RaterHow(one["how"]), StageKey(one["step"]))
            for one in row.get("raters", ())
        )
        or plain.raters,
        tuple(
            Band(one["name"], one["least"], tuple(Follow(each) for each in one.get("follows", ())), one.get("days", 30))
            for one in row.get("bands", ())
        ),
        tuple(BallotGrade(one["name"], one["worth"]) for one in row.get("ballot", ())),
        tuple((StageKey(key), words) for key, words in row.get("stages", ())) or plain.stages,
        Rounding(row.get("rounding", Rounding.HALF_UP)),
        Ties(row.get("ties", Ties.SKIP)),
        row.get("opens_on", ""),
        row.get("open_days", 30),
        row.get("negative_list", False),
        row.get("place", ""),
        row.get("document", ""),
        row.get("source", ""),
    )
