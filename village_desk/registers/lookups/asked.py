"""What a township is asked about registers: hazards that villages told it of and that wait for its answer."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import short_date
from village_desk.registers.lookups.forms import forms
from village_desk.registers.records.entries import RegisterEntry, UpAnswer, UpReport
from village_desk.sync.answers import Asks, Choice, Question, Topic

ANSWER = "answer"


def _questions(session: Session) -> Iterator[Question]:
    """Every entry that was told upwards and has no answer yet; who found it stays out."""
    telling = {key: form for key, (form, _, _) in forms(session).items() if form.reports}
    reports = {one.entry_id: one for one in session.scalars(select(UpReport).where(UpReport.retired.is_(False)))}
    answered = set(session.scalars(select(UpAnswer.entry_id).where(UpAnswer.retired.is_(False))))
    found = session.scalars(
        select(RegisterEntry).where(
            RegisterEntry.retired.is_(False),
            RegisterEntry.register.in_(sorted(telling)),
            RegisterEntry.left_on.is_(None),
        )
    )
    for one in sorted(found, key=lambda entry: (entry.noted_on or entry.id, entry.id)):
        report, form = reports.get(one.id), telling[one.register]
        if report is None or one.id in answered or one.state in form.closing or report.told_on is None:
            continue
        told = dict(one.answers or ())
        words = "，".join(str(told[key]) for key in ("sort", "place", "what") if told.get(key))
        yield Question(
            RegisterEntry.__tablename__,
            one.id,
            one.village,
            "隐患上报，等答复",
            "",
            words,
            f"{short_date(report.told_on)} {report.told_at}报给{report.told_to}".replace(" 报", "报"),
            report.told_on,
        )


TOWNSHIP_TOPIC = Topic(
    RegisterEntry.__tablename__,
    "隐患上报",
    (Choice(ANSWER, "答复", "已答复", frozenset({Asks.WORDS}), frozenset({Asks.UNIT, Asks.DOCUMENT})),),
    _questions,
)
