"""The finished wordings of a sheet for each item of the catalogue: title and body to be filled in."""

from village_desk.notices.rules.catalogue import Item
from village_desk.notices.rules.kinds import NoticeClass, NoticeKind

# What the text of an item usually holds; a line that ends in a colon waits for the clerk.
_BODIES: dict[str, tuple[str, ...]] = {
    "D03": ("一、党员大会：", "二、支部委员会会议、党小组会：", "三、党课：", "四、主题党日和组织生活会："),
    "D06": ("一、应交党费：", "二、实交党费：", "三、上缴和使用："),
    "C03": ("一、会议时间和到会人数：", "二、决定的事项：", "三、实施情况："),
    "C05": ("一、年度工作报告要点：", "二、民主评议（考核）结果：", "三、审计结果："),
    "C15": ("一、征兵：", "二、防汛防火：", "三、其他协助事项："),
    "W01": ("一、办理事项：", "二、办理条件和材料：", "三、办理流程和时限：", "四、承办人和联系电话："),
}
_BY_CLASS: dict[NoticeClass, tuple[str, ...]] = {
    NoticeClass.PARTY: ("一、主要情况：", "二、下一步安排："),
    NoticeClass.VILLAGE: ("一、事项：", "二、办理情况：", "三、涉及资金："),
    NoticeClass.FINANCE: ("一、期初余额：", "二、本期收入：", "三、本期支出：", "四、期末余额："),
    NoticeClass.SERVICE: ("一、服务事项：", "二、办理情况："),
}
_LEADS: dict[NoticeKind, str] = {
    NoticeKind.PUBLICATION: "现将{period}{name}公开如下：",
    NoticeKind.OBJECTION: "根据有关规定，经村里核实，现将{period}{name}公示如下：",
    NoticeKind.ANNOUNCEMENT: "根据有关规定，现将{period}{name}公告如下：",
}


# What a sheet of one kind of posting holds, whatever made it due.
_BY_POSTING: dict[str, tuple[str, ...]] = {
    "honours": ("一、评选办法和程序：", "二、拟表彰（评定）对象：", "三、主要事迹："),
    "party_development": ("一、拟发展（转正）对象基本情况：", "二、培养教育和考察情况：", "三、党员大会意见："),
    "subsidy": ("一、补贴名称、标准和依据：", "二、名单（组别、户主、面积或人数、金额）：", "三、合计："),
    "relief_review": ("一、救助类别：", "二、申请家庭（组别、申请人，不写证号、病情和困难原因）："),
    "relief_decision": ("一、救助类别：", "二、确认结果（组别、申请人，不写证号、病情和困难原因）："),
    "homestead": ("一、申请户（组别、户主）：", "二、位置和面积：", "三、现有住房情况："),
    "points": ("一、积分周期：", "二、积分结果（序号、姓名或户主、基础分、加分、扣分、得分）："),
    "voter_list": ("一、选举日：", "二、登记参加选举的村民名单："),
    "asset_plan": ("一、资产名称和现状：", "二、处置方式和底价：", "三、评估情况："),
    "asset_valuation": ("一、评估机构和基准日：", "二、评估结果："),
    "deliberation": ("一、协商事项：", "二、参加人员：", "三、协商结果和落实情况："),
    "finance": _BY_CLASS[NoticeClass.FINANCE],
}


def body_for(kind: NoticeKind, posting: str, about: str) -> str:
    """The body of a sheet for something that happened, in the words of its kind; lines to be filled in."""
    lead = _LEADS[kind].format(period="", name=about)
    return "\n".join((lead, *_BY_POSTING.get(posting, _BY_CLASS[NoticeClass.VILLAGE])))


def wording(village: str, item: Item, period: str) -> tuple[str, str]:
    """Title and body for a period of an item, in the words of its kind of sheet."""
    word = {NoticeKind.PUBLICATION: "公开", NoticeKind.OBJECTION: "公示", NoticeKind.ANNOUNCEMENT: "公告"}[item.kind]
    name = item.name.removesuffix("公示").removesuffix("公开")
    lead = _LEADS[item.kind].format(period=period, name=name)
    lines = _BODIES.get(item.code) or _BY_POSTING.get(item.posting, _BY_CLASS[item.column])
    return f"{village}{period}{name}{word}", "\n".join((lead, *lines))
