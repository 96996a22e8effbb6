"""A procedure that a village writes for itself: what makes it unusable, and what the law then misses."""

from village_desk.kit.errors import NotAllowed
from village_desk.meetings.rules import Check, CheckState
from village_desk.rulebook.rules import Body, ProcedureSort, ProcedureTemplate, StageKind

MOST_STEPS = 30
_PARTY = {Body.PARTY_COMMITTEE, Body.PARTY_MEMBERS}
_VILLAGE = {Body.VILLAGERS, Body.REPRESENTATIVES}
_LAW_28 = "村民委员会组织法第二十八条"
_LAW_35 = "村民委员会组织法第三十五条"


def refuse_broken(template: ProcedureTemplate) -> None:
    """Raises NotAllowed for a procedure that nobody could follow."""
    if not template.name:
        raise NotAllowed("程序还没有名称。", "例如“本村小型工程办理程序”。")
    if not 1 <= len(template.stages) <= MOST_STEPS:
        raise NotAllowed(f"一个程序要有1到{MOST_STEPS}步，现在是{len(template.stages)}步。", "请增减步骤。")
    for stage in template.stages:
        if not stage.name.strip():
            raise NotAllowed(f"第{stage.no}步还没有名称。", "请写明这一步做什么。")
        if stage.kind is StageKind.MEETING and not stage.by_matter and not stage.bodies:
            raise NotAllowed(
                f"第{stage.no}步“{stage.name}”还没有写由哪个会议来办。", "请选一个会议，或者选由村民表决。"
            )
        if stage.kind is StageKind.PUBLICATION and not stage.posting_kind:
            raise NotAllowed(f"第{stage.no}步“{stage.name}”还没有写贴哪一种公开表。", "请选决议公开、实施结果公开等。")
        if stage.limit_after >= stage.no:
            raise NotAllowed(f"第{stage.no}步的时限要从前面的步骤算起。", "请改成前面的一步，或者从立项算起。")
    sheets = [stage.posting_kind for stage in template.stages if stage.kind is StageKind.PUBLICATION]
    if len(set(sheets)) < len(sheets):
        raise NotAllowed("有两步贴同一种公开表，电脑分不清是哪一张。", "请把其中一步改成另一种公开表。")


def law_gaps(template: ProcedureTemplate) -> tuple[Check, ...]:
    """What the law asks of a decision of the village and this procedure leaves out; empty where nothing is missing."""
    if template.sort is not ProcedureSort.DECISION or template.locked:
        return ()
    vote = next((stage for stage in template.stages if stage.by_matter), None)
    if vote is None and any(set(stage.bodies) & _VILLAGE for stage in template.stages):
        return ()  # acted first, told the village's meeting afterwards: emergencies
    if vote is None:
        words = "没有由村民会议或者村民代表会议决议的一步，涉及村民利益的事项不经它们讨论决定不能办。"
        act = "请加上由村民表决的一步；只用来办紧急事项或者小额事项的，可以不加。"
        return (Check("gap_vote", CheckState.FAILS, words, _LAW_28, act),)
    found = []
    before = [stage for stage in template.stages if stage.no < vote.no]
    if not any(set(stage.bodies) & _PARTY for stage in before):
        words = "表决以前没有村党组织研究讨论的一步：重要事项应当先经村党组织研究讨论。"
        found.append(Check("gap_party", CheckState.FAILS, words, _LAW_28, "请在表决前加上村党组织的会议。"))
    if not any(stage.bodies == (Body.PARTY_MEMBERS,) for stage in before):
        words = "表决以前没有党员大会审议的一步，和四议两公开的通行程序不一样。"
        found.append(
            Check(
                "gap_members", CheckState.TASK, words, "中国共产党农村基层组织工作条例", "请问乡镇可不可以不经这一步。"
            )
        )
    sheets = {stage.posting_kind for stage in template.stages if stage.no > vote.no}
    if "resolution" not in sheets:
        words = "表决以后没有“决议公开”这一步：村民会议、代表会议决定的事项要公布，不少于十五日。"
        found.append(Check("gap_publish", CheckState.FAILS, words, _LAW_35, "请在表决后加上决议公开。"))
    if "result" not in sheets:
        words = "没有“实施结果公开”这一步：决定事项的实施情况也要公布。"
        found.append(Check("gap_result", CheckState.FAILS, words, _LAW_35, "请在最后加上实施结果公开。"))
    if "村务监督委员会" not in vote.attend:
        words = "表决这一步没有写村务监督委员会列席。"
        found.append(
            Check(
                "gap_attend", CheckState.TASK, words, "村民委员会组织法第三十七条", "请在这一步勾上村务监督委员会列席。"
            )
        )
    return tuple(found)
