"""Points never touch what the law grants, nor petitions, faith, health, births or children."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.points.rules.redlines import RED_LINES, check_item_words, check_use_words, crossed_by_item


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("低保户每月加5分", "社会救助法"),
        ("不参加集体劳动的取消低保", "社会救助法"),
        ("按时缴纳医保", "农村集体经济组织法"),
        ("积分不够的暂停养老金", "农村集体经济组织法"),
        ("孩子升学优先", "农村集体经济组织法"),
        ("扣发粮食补贴", "村民委员会组织法"),
        ("抛荒的收回承包地", "农村土地承包法"),
        ("减少集体分红", "农村集体经济组织法"),
        ("外嫁女不计分", "农村集体经济组织法"),
        ("越级上访", "第三十六条"),
        ("向12345投诉", "第三十六条"),
        ("家有精神病人", "个人信息保护法"),
        ("信 教", "个人信息保护法"),
        ("超生一个", "个人信息保护法"),
        ("学生成绩差", "个人信息保护法"),
        ("乱倒垃圾罚款50元", "第三十一条"),
        ("上黑榜一次", "第二十五条"),
        ("小程序打卡", "指尖上的形式主义"),
    ],
)
def test_trap_22_a_deduction_that_touches_a_right_is_refused_with_its_article(text: str, law: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        check_item_words(text, deducts=True)
    assert law in refusal.value.message
    assert "这条规则不能保存" in refusal.value.message
    assert refusal.value.advice.endswith("。")


@pytest.mark.parametrize("text", ["不上访不闹访", "主动退出低保", "按时缴纳合作医疗", "孩子考上大学", "生三孩"])
def test_a_reward_may_not_touch_them_either(text: str) -> None:
    with pytest.raises(NotAllowed):
        check_item_words(text, deducts=False)


@pytest.mark.parametrize(
    "text",
    [
        "帮助低保户打扫庭院",
        "看望生病的邻居",
        "参加关爱留守儿童志愿服务",
        "宣传医保政策",
        "孝敬老人，照料残疾家人",
        "门前整洁",
        "参加义务劳动",
        "移风易俗，不大办酒席",
        "举报破坏公共设施",
        "调解邻里矛盾",
    ],
)
def test_a_good_turn_may_add_points(text: str) -> None:
    check_item_words(text, deducts=False)


def test_a_good_turn_is_no_cover_for_a_condition() -> None:
    with pytest.raises(NotAllowed):
        check_item_words("参加志愿服务的优先享受低保", deducts=False)


def test_a_cult_is_a_breach_of_law_and_no_religion() -> None:
    check_item_words("参加邪教活动", deducts=True)


@pytest.mark.parametrize("spaced", ["低 保", "低-保", "低·保", "低　保", "低\u200b保"])
def test_blanks_and_marks_do_not_hide_a_word(spaced: str) -> None:
    with pytest.raises(NotAllowed):
        check_item_words(f"取消{spaced}", deducts=True)


@pytest.mark.parametrize(
    "use",
    ["积分和分红挂钩", "低于60分的，取消低保", "不得享受低保", "作为入学条件", "积分不得低于60分，否则停发养老金"],
)
def test_no_use_of_points_touches_a_right(use: str) -> None:
    with pytest.raises(NotAllowed, match="挂钩"):
        check_use_words(use)


@pytest.mark.parametrize("use", ["评先评优参考", "积分不得与低保、医保、分红挂钩", "到爱心超市兑换生活用品", ""])
def test_a_use_that_keeps_clear_is_allowed(use: str) -> None:
    check_use_words(use)


@given(st.sampled_from(RED_LINES), st.text("村民参与活动每次一二三", max_size=8))
def test_every_red_line_refuses_its_own_name_as_a_deduction(line: object, around: str) -> None:
    """Whatever harmless words stand around it, the plain word of a line is never scored against somebody."""
    sample = {
        "低保和社会救助": "低保",
        "医保和养老待遇": "医保",
        "入学": "入学",
        "惠农补贴": "惠农补贴",
        "承包地和宅基地": "宅基地",
        "集体分红和成员权益": "分红",
        "出嫁、离婚、丧偶妇女的权益": "离婚",
        "信访和上访": "信访",
        "投诉、举报和反映问题": "投诉",
        "疾病、残疾和健康": "残疾",
        "宗教信仰": "宗教",
        "生育": "生育",
        "未成年人": "儿童",
        "罚款和扣押财物": "罚款",
        "点名曝光": "黑榜",
        "手机程序的登录、点击和在线时长": "在线时长",
    }
    names = [each.name for each in RED_LINES]
    assert set(names) == set(sample)
    word = sample[names[RED_LINES.index(line)]]
    assert crossed_by_item(around + word + around, deducts=True) is not None
