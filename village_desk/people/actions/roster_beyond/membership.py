"""What a line of a roster says about a party member: dates, branch, and the member's circumstances."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from village_desk.people.actions.roster_beyond.findings import Beyond, day_of, living, shown
from village_desk.people.records import MemberFlag, Organisation, PartyMembership
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.party import FLAG_WORDS, Flag
from village_desk.people.rules.roster import NO, YES, CellState, Field
from village_desk.people.rules.words import PersonState, Political

_MAKES_MEMBER = (Field.MEMBER_KIND, Field.JOINED_ON, Field.FULL_ON, Field.BRANCH)
PARTY_FIELDS = (*_MAKES_MEMBER, Field.JOB, Field.MEMBER_STATE, Field.LOST, Field.FLOATING, Field.FILE_BIRTH)


class MembershipPlanner:
    """The memberships as they stand; `plan` judges the party columns of one line."""

    def __init__(self, session: Session, of: Callable[[str], str]) -> None:
        self.members: dict[str, PartyMembership] = {}
        self.flags: dict[tuple[str, str], MemberFlag] = {}
        for member in living(session, PartyMembership):
            if member.left_on is None:
                self.members[of(member.person_id)] = member
        for flag in living(session, MemberFlag):
            if flag.ended_on is None and flag.kind:
                self.flags[of(flag.person_id), flag.kind] = flag
        self.branches = [
            one for one in living(session, Organisation) if one.kind == Body.PARTY_BRANCH and one.ended_on is None
        ]
        # The village's own organisation stands before those below it.
        self.branches.sort(key=lambda one: (one.parent_id != "", one.name))

    def plan(
        self, made: Beyond, values: Mapping[Field, str], known: Mapping[str, Any] | None, changes: dict[str, Any]
    ) -> None:
        if not self.branches:
            made.leave(PARTY_FIELDS, values, "还没有建立村党支部；请先在“组织与职务”里建立，再导入一次。")
            return
        if (made.person.get("state") or (known or {}).get("state")) == PersonState.DEAD:
            made.leave(PARTY_FIELDS, values, "已登记为去世，党员信息不采用。")
            return
        member = self.members.get(known["id"]) if known is not None else None
        if member is None and not any(values.get(one) for one in _MAKES_MEMBER):
            reason = "没有登记为党员；要登记的，请写上党员类别或入党日期。"
            made.leave(
                PARTY_FIELDS, {one: value for one, value in values.items() if value not in (NO, "normal")}, reason
            )
            return
        wanted = self._facts(made, values, member)
        if member is None:
            made.rows.append((PartyMembership, wanted))
        elif wanted:
            made.changes[PartyMembership, member.id] = wanted
        probationary = wanted.get("probationary", member.probationary if member is not None else False)
        status = (Political.PROBATIONARY if probationary else Political.PARTY_MEMBER).value
        given = values.get(Field.POLITICAL)
        if given and given != status:
            changes.pop("political", None)
            made.tell(Field.POLITICAL, CellState.LEFT_OUT, "与这一行的党员类别或入党日期不一致，按党员信息登记。")
        if given != status and (known is None or known["political"] != status):
            made.person["political"] = status
        self._flags(made, values, known["id"] if known is not None else "")

    def _facts(self, made: Beyond, values: Mapping[Field, str], member: PartyMembership | None) -> dict[str, Any]:
        """The columns of the membership that the line changes; all that it knows of a new one."""
        wanted: dict[str, Any] = {}
        before = {name: getattr(member, name, None) for name in ("joined_on", "full_on", "job", "file_birth")}
        joined, full = day_of(values, Field.JOINED_ON), day_of(values, Field.FULL_ON)
        began = joined or before["joined_on"]
        if full and began and full < began:
            made.tell(Field.FULL_ON, CellState.LEFT_OUT, "转正日期早于入党日期，请核对。")
            full = None
        elif full and made.set(Field.FULL_ON, before["full_on"], full):
            wanted["full_on"] = full
        if joined and before["full_on"] and not full and joined > before["full_on"]:
            made.tell(Field.JOINED_ON, CellState.LEFT_OUT, "入党日期晚于已登记的转正日期，请核对。")
        elif joined and made.set(Field.JOINED_ON, before["joined_on"], joined):
            wanted["joined_on"] = joined
        for one, name in ((Field.JOB, "job"), (Field.FILE_BIRTH, "file_birth")):
            if values.get(one) and made.set(one, before[name] or "", values[one]):
                wanted[name] = values[one]
        self._kind(made, values, member, wanted)
        branch = self._branch(made, values.get(Field.BRANCH, ""), member)
        if branch and (member is None or member.organisation_id != branch):
            wanted["organisation_id"] = branch
        return wanted

    def _kind(
        self, made: Beyond, values: Mapping[Field, str], member: PartyMembership | None, wanted: dict[str, Any]
    ) -> None:
        said = values.get(Field.MEMBER_KIND) or (
            "probationary" if values.get(Field.POLITICAL) == Political.PROBATIONARY else ""
        )
        full = bool(wanted.get("full_on") or (member is not None and member.full_on))
        on_probation = (said == "probationary" if said else member is not None and member.probationary) and not full
        if member is None:
            wanted["probationary"] = on_probation
            made.tell(Field.MEMBER_KIND, CellState.NEW)
        elif on_probation and not member.probationary:
            on_probation = False
            made.tell(Field.MEMBER_KIND, CellState.LEFT_OUT, "已登记为正式党员，不改回预备党员。")
        elif member.probationary != on_probation:
            wanted["probationary"] = on_probation
            made.tell(Field.MEMBER_KIND, CellState.CHANGED, old="预备党员")
        else:
            made.tell(Field.MEMBER_KIND, CellState.UNCHANGED)
        if said == "probationary" and full:
            made.tell(Field.MEMBER_KIND, CellState.LEFT_OUT, "已有转正日期，按正式党员登记。")

    def _branch(self, made: Beyond, name: str, member: PartyMembership | None) -> str:
        now = member.organisation_id if member is not None else ""
        if not name:
            return now or self.branches[0].id
        found = next((one for one in self.branches if one.name == name), None)
        if found is None and len(self.branches) == 1:
            # Lists write the only branch in many ways: 东河村党支部, 中共某镇东河村支部委员会.
            found = self.branches[0]
        if found is None:
            made.tell(Field.BRANCH, CellState.LEFT_OUT, f"村里没有名叫“{name}”的党支部，请核对，或先建立这个支部。")
            return now or self.branches[0].id
        names = {one.id: one.name for one in self.branches}
        made.set(Field.BRANCH, names.get(now, ""), found.name)
        return found.id

    def _flags(self, made: Beyond, values: Mapping[Field, str], person_id: str) -> None:
        for flag, one in (
            (Flag.FLOATING, Field.FLOATING),
            (Flag.LOST, Field.LOST),
            (Flag.SUSPENDED, Field.MEMBER_STATE),
        ):
            said, open_one = values.get(one, ""), self.flags.get((person_id, flag.value))
            if not said:
                continue
            if said in (NO, "normal"):
                reason = f"已登记为{FLAG_WORDS[flag]}；结束要写日期，请在党员卡上办理。" if open_one else ""
                made.tell(one, CellState.LEFT_OUT if open_one else CellState.UNCHANGED, reason)
                continue
            row: dict[str, Any] = {"kind": flag.value}
            if flag is Flag.FLOATING and said != YES:
                row["place"] = said
            if flag is Flag.LOST and said != YES:
                row["from_on"] = dt.date.fromisoformat(said)
            if open_one is None:
                made.rows.append((MemberFlag, row))
                made.tell(one, CellState.NEW)
                continue
            changed = {name: value for name, value in row.items() if getattr(open_one, name) != value}
            old = next((shown(getattr(open_one, name)) for name in changed), "")
            made.tell(one, CellState.CHANGED if changed else CellState.UNCHANGED, old=old)
            if changed:
                made.changes[MemberFlag, open_one.id] = changed
