"""Applying for points: by hand, for many at once, from a scoring sheet row by row, and taking an application back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, short_date, tidy
from village_desk.points.actions.parts import Many, item_row, named, open_application, person, scored
from village_desk.points.lookups import (
    applications,
    classes_of,
    entry_id_of,
    entry_number,
    one_rule_set,
    reversal_id_of,
    subjects,
)
from village_desk.points.lookups.path import chunks
from village_desk.points.lookups.rows import ItemRow, RuleSetRow, SubjectRow
from village_desk.points.records import PointApplication, PointEntry
from village_desk.points.rules.entries import (
    ApplicationState,
    campaign_bonus,
    check_applicant,
    check_classes,
    check_evidence,
    event_key,
    lacks_evidence,
    times,
)
from village_desk.points.rules.entries import check_application as check_application_rules
from village_desk.points.rules.numbers import shown
from village_desk.points.rules.sets import Applies
from village_desk.store.acts import act, add_many


@dataclass(frozen=True)
class Wanted:
    """One subject's share of something applied for together; `quantity` in tenths of hours or heads."""

    subject_id: str
    item_id: str
    points: int
    quantity: int = 10
    evidence: str = ""


def apply_for_points(
    session: Session,
    *,
    set_id: str,
    item_id: str,
    subject_id: str,
    points: int,
    event: str,
    happened_on: dt.date,
    evidence: str = "",
    applicant_id: str = "",
    applied_by: str = "",
    quantity: int = 10,
    source: str = "hand",
    source_id: str = "",
    campaign: str = "",
) -> str:
    """Apply for points for a household or a person and return the application's id.

    `points` are in units of the set, per hour or head where the item says so, `quantity` in tenths. `applied_by` is
    self, group, branch or township; without it the applicant's household decides. The same event, subject and item
    never twice. Evidence may follow, in words or as a file, until the check. With the name of a campaign the entry gets
    its bonus. Raises NotFound, NotAllowed.
    """
    found = one_rule_set(session, set_id)
    who = scored(session, found, subject_id)
    wanted = Wanted(subject_id, item_id, points, quantity, evidence)
    asking = _Asking(session, found, event, happened_on, applicant_id, applied_by, source, source_id, campaign)
    values = asking.checked(wanted, who)
    add_many(session, PointApplication, [values])
    return str(values["id"])


def apply_for_many(
    session: Session,
    *,
    set_id: str,
    wanted: tuple[Wanted, ...],
    event: str,
    happened_on: dt.date,
    evidence: str = "",
    applicant_id: str = "",
    applied_by: str = "",
    source: str = "list",
    source_id: str = "",
    campaign: str = "",
) -> Many:
    """Apply for many subjects at once; who cannot get it is left out with a sentence, the others go through.

    Raises NotFound, NotAllowed when nobody can get it.
    """
    found = one_rule_set(session, set_id)
    asking = _Asking(session, found, event, happened_on, applicant_id, applied_by, source, source_id, campaign)
    known = {who.id: who for who in subjects(session, found.subject)}
    asking.look_ahead(wanted)
    made: list[dict[str, Any]] = []
    left: list[str] = []
    taken: set[str] = set()
    for each in wanted:
        try:
            who = known.get(each.subject_id) or scored(session, found, each.subject_id)
            own = each if each.evidence else Wanted(each.subject_id, each.item_id, each.points, each.quantity, evidence)
            values = asking.checked(own, who)
            if values["id"] in taken:
                raise NotAllowed(f"{named(who)}在这份名单里写了两次，只记一次。", "请核对名单。")
        except DeskError as refusal:
            left.append(f"{refusal.message}{refusal.advice}")
            continue
        taken.add(values["id"])
        made.append(values)
    if not made and left:
        raise NotAllowed(left[0], f"这次的{len(left)}笔都没有申报。" if len(left) > 1 else "")
    add_many(session, PointApplication, made)
    return Many(tuple(str(each["id"]) for each in made), tuple(left))


@dataclass(frozen=True)
class SheetRow:
    """One row of a scoring sheet as it was filled in: (item's id, points) for each cell with a number."""

    subject_id: str
    cells: tuple[tuple[str, int], ...]


def type_back_sheet(
    session: Session,
    *,
    set_id: str,
    happened_on: dt.date,
    rows: tuple[SheetRow, ...],
    evidence: str,
    applicant_id: str = "",
    event: str = "",
) -> Many:
    """Type a scoring sheet back row by row: one application for each cell with points. Raises NotFound, NotAllowed."""
    if not tidy(evidence):
        raise NotAllowed("还没写评分表放在哪里。", "请写明依据，例如“7月评分表第2张，评议人签字”。")
    wanted = tuple(Wanted(row.subject_id, item_id, points) for row in rows for item_id, points in row.cells if points)
    return apply_for_many(
        session,
        set_id=set_id,
        wanted=wanted,
        event=event or f"{chinese_date(happened_on)}评分",
        happened_on=happened_on,
        evidence=evidence,
        applicant_id=applicant_id,
        applied_by=Applies.GROUP.value,
        source="sheet",
    )


def write_evidence(session: Session, *, application_id: str, evidence: str) -> None:
    """Say or correct by what an application stands, until somebody has judged it. Raises NotFound, NotAllowed."""
    application = open_application(session, application_id)
    path = applications(session, ids=[application_id])[0].path
    if path is not None and (path.checked or path.reviewed):
        raise NotAllowed("这一笔已经有人审核过，写明的依据不能再改。", "要补充的，请在这一笔上附上照片、扫描件。")
    if not tidy(evidence):
        raise NotAllowed("还没写依据。", "请写明依据，例如“7月12日活动签到表”或“网格员王强现场查看”。")
    application.evidence = tidy(evidence)
    session.flush()


def withdraw_application(session: Session, *, application_id: str) -> None:
    """Take an application back before it is booked. Raises NotFound, NotAllowed."""
    application = open_application(session, application_id)
    application.state = ApplicationState.WITHDRAWN.value
    session.flush()


class _Asking:
    """One event applied for, for one subject or many: what is known is read once."""

    def __init__(
        self,
        session: Session,
        found: RuleSetRow,
        event: str,
        happened_on: dt.date,
        applicant_id: str,
        applied_by: str,
        source: str,
        source_id: str,
        campaign: str,
    ) -> None:
        self.session, self.found, self.event, self.happened_on = session, found, tidy(event), happened_on
        self.applicant = person(session, applicant_id) if applicant_id else None
        self.applied_by, self.source, self.source_id, self.campaign = applied_by, source, source_id, campaign
        self.classes = classes_of(session, found.id)
        self.now = act(session)
        self.ahead: dict[str, PointApplication] | None = None
        # One application may get a file before it is checked; many at once say one word for all of them.
        self.many = False

    def look_ahead(self, wanted: Sequence[Wanted]) -> None:
        """Read in few statements which of many applications there are already."""
        self.many = True
        ids = [self._identity(item_row(self.found, each.item_id), each.subject_id, 0) for each in wanted]
        self.ahead = {}
        for part in chunks(ids):
            for each in self.session.scalars(select(PointApplication).where(PointApplication.id.in_(part))):
                self.ahead[each.id] = each

    def checked(self, wanted: Wanted, who: SubjectRow) -> dict[str, Any]:
        """The values of an application that may be made. Raises NotFound, NotAllowed."""
        rules, row = self.found.rules, item_row(self.found, wanted.item_id)
        item, own = row.item, self.classes.get(who.id, "")
        check_application_rules(rules, item, wanted.points, self.event, self.happened_on, self.now.today)
        if rules.exempt(own):
            raise NotAllowed(f"{named(who)}登记的是“{own}”，不参加积分。", "要参加，请先改分类。")
        check_classes(item, who.name, own)
        check_evidence(item.text, self.many and lacks_evidence(item, wanted.evidence))
        check_applicant(item, self._kind(who), named(who))
        points = times(item, wanted.points, wanted.quantity)
        if not points:
            raise NotAllowed(f"{named(who)}的“{item.text}”不够记1分。", "时间不够的可以攒到一起申报。")
        bonus = campaign_bonus(rules, item, self.campaign, self.happened_on)
        identity, attempt = self._free_attempt(row, who)
        return {
            "id": identity,
            "state": ApplicationState.APPLIED.value,
            "set_id": self.found.id,
            "item_id": row.id,
            "subject_id": who.id,
            "points": points + bonus,
            "quantity": wanted.quantity,
            "event": self.event,
            "happened_on": self.happened_on,
            "event_key": event_key(item, self.event, self.happened_on),
            "attempt": attempt,
            "evidence": tidy(wanted.evidence),
            "applicant_id": self.applicant.id if self.applicant else "",
            "applicant": self.applicant.name if self.applicant else "",
            "operator_id": self.now.actor,
            "applied_on": self.now.today,
            "source": self.source,
            "source_id": self.source_id,
            "campaign": self.campaign,
            "bonus": bonus,
        }

    def _kind(self, who: SubjectRow) -> str:
        if self.applied_by or self.applicant is None:
            return self.applied_by
        same = self.applicant.id == who.id or (who.household_id and self.applicant.household_id == who.household_id)
        return Applies.SELF.value if same else Applies.GROUP.value

    def _identity(self, row: ItemRow, subject_id: str, attempt: int) -> str:
        key = event_key(row.item, self.event, self.happened_on)
        return same_id("point_application", self.found.id, row.id, subject_id, key, str(attempt))

    def _free_attempt(self, row: ItemRow, who: SubjectRow) -> tuple[str, int]:
        """The id of the next application for the same thing; refuses while an earlier one stands."""
        attempt = 0
        while True:
            identity = self._identity(row, who.id, attempt)
            if attempt == 0 and self.ahead is not None:
                earlier = self.ahead.get(identity)
            else:
                earlier = self.session.get(PointApplication, identity)
            if earlier is None:
                return identity, attempt
            if not earlier.retired:
                self._refuse_standing(earlier, row, who)
            attempt += 1

    def _refuse_standing(self, earlier: PointApplication, row: ItemRow, who: SubjectRow) -> None:
        happened = short_date(earlier.happened_on) if earlier.happened_on else ""
        what = f"{named(who)}的“{row.item.text}”（{happened}）"
        if earlier.state == ApplicationState.APPLIED:
            raise NotAllowed(f"{what}已经申报过，正在等审核。", "不用再报；要改，请先撤回原来那一笔。")
        if earlier.state != ApplicationState.BOOKED:
            return
        entry = self.session.get(PointEntry, entry_id_of(earlier.id))
        if entry is not None and self.session.get(PointEntry, reversal_id_of(entry.id)) is None:
            points = shown(entry.points, self.found.rules.decimals)
            raise NotAllowed(
                f"{what}已经记过{points}分（{entry_number(entry)}），不能重复记。", "要改，请点“更正这一笔”。"
            )
