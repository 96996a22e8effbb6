"""The other ways of a matter in the sample: a topic of the 民事民办日, and an old case that is copied from paper."""

from village_desk.decisions.actions import do_step, open_decision, record_paper_step
from village_desk.desk.demo.story import Story

TOPIC, OLD = "三组路灯不亮", "村口涵洞维修"
# No, day of the meeting, who should have come, who came, who agreed: as the old sheets say.
_OLD_STEPS = ((1, -218, 5, 5, 5), (2, -216, 9, 8, 8), (3, -210, 58, 46, 41))
_MISSING = ("签到表", "照片")


def tell_ways(story: Story) -> None:
    """Lay both over the days of the story."""
    story.on(-12, lambda: _topic(story))
    story.on(-8, lambda: _old_case(story))


def _topic(story: Story) -> None:
    with story.writing("decisions.open_decision") as session:
        topic = open_decision(
            session,
            title=TOPIC,
            procedure="people_day",
            opened_on=story.day(-12),
            motion_source="群众想办的事",
            plan="三组有六盏路灯不亮，请村里找人修好。",
        )
    story.count("decisions")
    told = (
        (1, (("议题", TOPIC), ("从哪里来", "三组村民反映"), ("属于哪一类", "群众想办的事")), ("议题征集表",)),
        (2, (("研究意见", "请安装单位保修，不另花钱。"),), ()),
    )
    for no, fields, evidence in told:
        with story.writing("decisions.do_step") as session:
            do_step(
                session,
                decision_id=topic,
                no=no,
                done_on=story.day(-12),
                done_by=story.clerk,
                fields=fields,
                evidence=evidence,
            )


def _old_case(story: Story) -> None:
    with story.writing("decisions.open_decision") as session:
        old = open_decision(
            session,
            title=OLD,
            matter_code="M04",
            opened_on=story.day(-220),
            motion_source="党员群众建议",
            plan="维修村口涵洞，用款不超过1.2万元。",
            amount_fen=1_200_000,
            from_paper=True,
        )
    story.count("decisions")
    for no, on, eligible, present, yes in _OLD_STEPS:
        with story.writing("decisions.record_paper_step") as session:
            record_paper_step(
                session,
                decision_id=old,
                no=no,
                held_on=story.day(on),
                eligible=eligible,
                present=present,
                yes=yes,
                no_votes=present - yes,
                missing=_MISSING,
            )
