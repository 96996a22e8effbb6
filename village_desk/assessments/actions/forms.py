"""Forms of assessment taken over, changed, copied, dropped, read from a file; breaches of a negative list."""

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from village_desk.assessments.lookups.forms import FormRow, forms, one_form, read_forms
from village_desk.assessments.records import AssessmentForm, ConductBreach
from village_desk.assessments.rules.forms import Form, check_form, check_usable, pack, tidied
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.people.lookups import names_of
from village_desk.store.acts import act, edit, retire


def add_form(session: Session, *, form: Form) -> str:
    """Keep a form and return its id; one that is not filled in yet stays locked. Raises NotAllowed."""
    form = tidied(form)
    check_form(form)
    _refuse_doubled(session, form, "")
    identity = same_id("assessment_form", act(session).village, form.whole_name)
    record = session.get(AssessmentForm, identity)
    if record is None:
        record = AssessmentForm(id=identity)
        session.add(record)
    record.name, record.content, record.retired = form.whole_name, pack(form), False
    session.flush()
    return record.id


def change_form(session: Session, *, form_id: str, seen: str, form: Form) -> int:
    """Change a form and return its version; rounds keep the version they began with. Raises NotFound, NotAllowed."""
    record, form = _record(session, form_id), tidied(form)
    check_form(form)
    _refuse_doubled(session, form, form_id)
    edit(session, record, seen=seen, name=form.whole_name, content=pack(form), version=record.version + 1)
    return record.version


def copy_form(session: Session, *, form_id: str, name: str, place: str = "") -> str:
    """Begin a form from another one under a name of its own; returns the new id. Raises NotFound, NotAllowed."""
    return add_form(session, form=replace(one_form(session, form_id).form, name=name, place=place))


def drop_form(session: Session, *, form_id: str) -> None:
    """Take a form out of use; rounds that began with it stay as they are. Raises NotFound."""
    retire(session, _record(session, form_id))


def import_forms(session: Session, *, content: bytes) -> tuple[str, ...]:
    """Take in the forms of a file: new ones are added, those of the same name become a new version; returns the ids.

    Raises NotAllowed with what is wrong in the file; then nothing is taken in.
    """
    known: dict[str, FormRow] = {row.form.whole_name: row for row in forms(session) if row.id}
    found = []
    for form in read_forms(content):
        row = known.get(form.whole_name)
        if row is None:
            found.append(add_form(session, form=form))
        else:
            change_form(session, form_id=row.id, seen=row.seen, form=form)
            found.append(row.id)
    return tuple(found)


def note_breach(
    session: Session, *, form_id: str, place: int, person_id: str, fact: str, happened_on: dt.date, source: str
) -> str:
    """Note that somebody acted against a line of a negative list (`place` from 0); it counts once it is confirmed.

    Raises NotFound, NotAllowed.
    """
    form = one_form(session, form_id).form
    if not form.negative_list:
        raise NotAllowed(f"《{form.whole_name}》不是负面清单。", "请选负面清单。")
    check_usable(form)
    if not 0 <= place < len(form.items):
        raise NotFound("清单里没有这一项。", "请刷新后再选。")
    if not names_of(session, [person_id]):
        raise NotFound("名册里找不到这个人。", "请从名册里选。")
    if not tidy(fact) or not tidy(source):
        raise NotAllowed("要写明事实和来源。", "来源例如“乡镇纪委通报”“群众反映后核实”。")
    if happened_on > act(session).today:
        raise NotAllowed("发生日期在今天以后。", "请填实际的日期。")
    record = ConductBreach(
        form_id=form_id,
        place=place,
        person_id=person_id,
        fact=tidy(fact),
        happened_on=happened_on,
        source=tidy(source),
    )
    session.add(record)
    session.flush()
    return record.id


def confirm_breach(session: Session, *, breach_id: str, on: dt.date, result: str) -> None:
    """Confirm a breach with what was decided; a veto line turns the person's result of that year.

    Raises NotFound, NotAllowed.
    """
    record = session.get(ConductBreach, breach_id)
    if record is None or record.retired:
        raise NotFound("找不到这条违反记录。", "请刷新后再试。")
    if not tidy(result):
        raise NotAllowed("要写明处理结果。", "例如“镇纪委谈话提醒”。")
    if on > act(session).today or (record.happened_on is not None and on < record.happened_on):
        raise NotAllowed("认定日期要在发生日期以后，不能在今天以后。", "请核对日期。")
    record.confirmed_on, record.result = on, tidy(result)
    session.flush()


def _record(session: Session, form_id: str) -> AssessmentForm:
    record = session.get(AssessmentForm, form_id)
    if record is None or record.retired:
        raise NotFound("找不到这份考评模板。", "请刷新后再试。")
    return record


def _refuse_doubled(session: Session, form: Form, form_id: str) -> None:
    if any(row.id and row.id != form_id and row.form.whole_name == form.whole_name for row in forms(session)):
        raise NotAllowed(f"《{form.whole_name}》已经有了。", "请换一个名称，或打开原来的修改。")
