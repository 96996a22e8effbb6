"""What a clerk says of an activity: where and how it was held, what was reported, and what people advised."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.meetings.lookups.describing import ROOM, title_of, words_for
from village_desk.meetings.records import Activity, ActivityWord
from village_desk.meetings.rules.activities import KIND_WORDS, ActivityKind, WordKind
from village_desk.registers.actions.cases import take_case
from village_desk.store.acts import act

SUGGESTION = "suggestion"


def describe_activity(
    session: Session,
    *,
    activity_id: str,
    setting: str = "",
    form: str = "",
    level: str = "",
    brought: str = "",
    topic: str = "",
    agenda: str = "",
    report: str = "",
) -> None:
    """Say where and how an activity was held, on what, and what was reported. Raises NotFound, NotAllowed."""
    record = _activity(session, activity_id)
    given = {
        WordKind.SETTING: setting,
        WordKind.FORM: form,
        WordKind.LEVEL: level,
        WordKind.BROUGHT: brought,
    }
    for kind, words in given.items():
        if words and words not in words_for(session, kind):
            raise NotAllowed(f"“{title_of(kind)}”里没有“{words}”。", "请先在“加场所、形式”里加上它。")
        setattr(record, kind.value, words)
    record.topic, record.agenda, record.report = tidy(topic), tidy(agenda), tidy(report)
    session.flush()


def add_activity_word(session: Session, *, kind: str, words: str) -> None:
    """Add a word of the village's own to a list. Raises NotAllowed for one that is there."""
    wanted = _word_kind(kind)
    if not tidy(words) or tidy(words) in words_for(session, wanted):
        raise NotAllowed(f"“{title_of(wanted)}”里已经有“{tidy(words)}”，或者还没写。", "请写一个新的。")
    identity = same_id("activity_word", act(session).village, wanted.value, tidy(words))
    known = session.get(ActivityWord, identity)
    if known is None:
        session.add(ActivityWord(id=identity, kind=wanted.value, words=tidy(words)))
    else:
        known.retired = False
    session.flush()


def drop_activity_word(session: Session, *, kind: str, words: str) -> None:
    """Take a word of the village's own out of a list; activities keep it. Raises NotAllowed for one that is shipped."""
    wanted = _word_kind(kind)
    known = session.get(ActivityWord, same_id("activity_word", act(session).village, wanted.value, tidy(words)))
    if known is None or known.retired:
        raise NotAllowed(f"“{tidy(words)}”不是本村自己加的，不能删。", "不用它，登记时不选就行。")
    known.retired = True
    session.flush()


def note_suggestion(
    session: Session,
    *,
    activity_id: str,
    words: str,
    first_asked: str,
    on: dt.date,
    person_id: str = "",
    applicant: str = "",
) -> str:
    """What somebody advised at an activity becomes a case that must get an answer; returns the case's id.

    `first_asked` is who took it. Raises NotFound, NotAllowed.
    """
    record = _activity(session, activity_id)
    if not tidy(words):
        raise NotAllowed("还没写提了什么建议。", "照他的话写一句就行。")
    return take_case(
        session,
        kind=SUGGESTION,
        matter=tidy(words),
        first_asked=first_asked,
        on=on,
        person_id=person_id,
        applicant=applicant,
        source=KIND_WORDS[ActivityKind(record.kind)],
        source_room=ROOM,
        source_id=activity_id,
        source_words=record.title,
    )


def _word_kind(kind: str) -> WordKind:
    try:
        return WordKind(kind)
    except ValueError:
        raise NotAllowed(f"没有“{kind}”这种词。", "可以加场所、形式、级别和内容。") from None


def _activity(session: Session, activity_id: str) -> Activity:
    found = session.get(Activity, activity_id)
    if found is None or found.retired:
        raise NotFound("找不到这次活动。", "它可能已经删去，请刷新后再试。")
    return found
