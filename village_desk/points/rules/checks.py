"""What makes a rule set unusable: impossible limits, bands that overlap, unknown classes, carrying in a circle."""

from collections.abc import Mapping
from itertools import combinations

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import tidy
from village_desk.points.rules.exchange import OPENING_DAYS
from village_desk.points.rules.numbers import MOST_POINTS, shown
from village_desk.points.rules.redlines import check_item_words, check_use_words
from village_desk.points.rules.sets import Band, Item, Per, RuleSet, YearEnd

# The longest time that entries hang before they count; no scheme read asks for more than seven days.
LONGEST_POSTING = 30


def check_rule_set(rules: RuleSet) -> None:
    """Refuse a set that cannot be kept: empty, doubled codes, impossible limits, a red line. Raises NotAllowed."""
    if not tidy(rules.name):
        raise NotAllowed("积分办法还没有名称。", "请填名称，例如“东河村农户积分办法”。")
    if not rules.items:
        raise NotAllowed(f"《{rules.name}》还没有一条积分项目。", "请至少填一条项目再保存。")
    seen: set[str] = set()
    for item in rules.items:
        if item.code in seen:
            raise NotAllowed(f"《{rules.name}》里编号“{item.code}”用了两次。", "请给每一条项目一个不同的编号。")
        seen.add(item.code)
        check_item(item, rules.decimals)
        _check_classes(rules, item.classes, f"“{item.text}”")
        _check_against_area(rules, item)
    names = [area.name for area in rules.areas]
    for name in names:
        if names.count(name) > 1:
            raise NotAllowed(f"《{rules.name}》里类别“{name}”写了两次。", "请把两行合成一行。")
    for area in rules.areas:
        _check_limits(f"类别“{area.name}”", area.opening, area.cap, area.floor, rules.decimals)
    check_frame(rules)


def check_frame(rules: RuleSet) -> None:
    """Refuse what a set says beside its items: limits, classes, bands, path and year's end. Raises NotAllowed."""
    for one in ("", *(each.name for each in rules.classes)):
        _check_limits(f"《{rules.name}》", rules.whole_opening(one), rules.cap, rules.floor, rules.decimals)
    if rules.valid_from and rules.valid_to and rules.valid_to < rules.valid_from:
        raise NotAllowed(f"《{rules.name}》的停用日期早于启用日期。", "请核对两个日期。")
    if not 0 <= rules.publish_days <= LONGEST_POSTING:
        raise NotAllowed(
            f"公示{rules.publish_days}天不对。", f"公示期请填0到{LONGEST_POSTING}天，一般3至7天；不公示的填0。"
        )
    if rules.decimals not in (0, 1):
        raise NotAllowed("积分最多记到0.1分。", "请把小数位数填0或1。")
    classes = [each.name for each in rules.classes]
    for name in classes:
        if classes.count(name) > 1:
            raise NotAllowed(f"《{rules.name}》里分类“{name}”写了两次。", "请把两行合成一行。")
    _check_bands(rules)
    _check_year_end(rules)
    _check_opening_days(rules)
    _check_campaigns(rules)
    check_use_words(rules.name)
    check_use_words(rules.used_for)


def check_item(item: Item, decimals: int = 0) -> None:
    """Refuse an item that cannot be scored or that crosses a red line. Raises NotAllowed."""
    if not tidy(item.code) or not tidy(item.text):
        raise NotAllowed("积分项目要有编号和内容。", "请补上缺的一格再保存。")
    least, most = shown(item.least, decimals), shown(item.most, decimals)
    if item.least > item.most:
        raise NotAllowed(f"“{item.text}”的最低分{least}比最高分{most}还高。", "请把两个数对调，或改成同一个分数。")
    if item.least == 0 or item.most == 0 or (item.least < 0) is not (item.most < 0):
        raise NotAllowed(
            f"“{item.text}”的分数要么都是加分，要么都是扣分，不能有0分。", "既有加分又有扣分的，请分成两条。"
        )
    if max(abs(item.least), abs(item.most)) > MOST_POINTS * 10**decimals:
        raise NotAllowed(f"“{item.text}”一次记{most}分，太大了，多半是输错了。", f"一次最多记{MOST_POINTS}分，请核对。")
    if item.deducts and item.cap is not None:
        raise NotAllowed(f"“{item.text}”是扣分项，不能设加分上限。", "请把上限空着；最多扣多少，请填“最低到”。")
    if not item.deducts and item.floor is not None:
        raise NotAllowed(f"“{item.text}”是加分项，不能设扣分下限。", "请把下限空着；最多加多少，请填“上限”。")
    if item.cap is not None and item.cap < item.least:
        raise NotAllowed(
            f"“{item.text}”一次至少记{least}分，上限却只有{shown(item.cap, decimals)}分，一次也记不上。",
            "请把上限改到不低于一次的分数。",
        )
    if item.floor is not None and item.floor > item.most:
        raise NotAllowed(
            f"“{item.text}”一次至少扣{shown(-item.most, decimals)}分，"
            f"最多却只许扣{shown(-item.floor, decimals)}分，一次也扣不成。",
            "请把最多扣的分数改到不低于一次的分数。",
        )
    if item.valid_from and item.valid_to and item.valid_to < item.valid_from:
        raise NotAllowed(f"“{item.text}”的停用日期早于启用日期。", "请核对两个日期。")
    if item.to_zero and not item.deducts:
        raise NotAllowed(f"“{item.text}”是清零项，分数要填负数。", "请把分数填成 -1，清零时按当时的分数全部扣除。")
    if item.to_zero and item.per is not Per.TIME:
        raise NotAllowed(f"“{item.text}”是清零项，不能按小时或人数算。", "请改成“每次”。")
    check_item_words(item.text, deducts=item.deducts)
    check_item_words(item.area, deducts=item.deducts)


def check_carry(names: Mapping[str, str], rules: RuleSet) -> None:
    """Refuse a year's end that carries into an unknown set or in a circle; `names` are the other sets' targets.

    Raises NotAllowed.
    """
    if not rules.carry_to or rules.carry_to == rules.name:
        return
    if rules.carry_to not in names:
        raise NotAllowed(
            f"年底要结转到《{rules.carry_to}》，可是没有这份办法。", "请先建立那一份，或把结转去向空着（转入本办法）。"
        )
    way, at = [rules.name], rules.carry_to
    while at:
        if at == rules.name:
            whole = "》→《".join([*way, at])
            raise NotAllowed(f"结转绕成了一圈：《{whole}》。", "请让其中一份转入自己，或改成年底清零。")
        if at in way:
            return
        way.append(at)
        at = names.get(at, "")


def _check_against_area(rules: RuleSet, item: Item) -> None:
    area = rules.area(item.area)
    if area.deduct_only and not item.deducts:
        raise NotAllowed(
            f"类别“{area.name}”只扣不加，“{item.text}”却是加分项。", "请把它放到别的类别，或取消“只扣不加”。"
        )
    room = None if area.cap is None else area.cap - area.opening
    if not item.deducts and room is not None and room < item.least and not area.deduct_only and not _takes(rules, item):
        raise NotAllowed(
            f"类别“{area.name}”的上限是{shown(area.cap or 0, rules.decimals)}分，"
            f"“{item.text}”一次就要记{shown(item.least, rules.decimals)}分，一次也记不满。",
            "请提高类别的上限，或减少一次的分数。",
        )


def _takes(rules: RuleSet, item: Item) -> bool:
    """Whether something of the same area takes points, so that there may be room again."""
    return any(other.deducts and other.area == item.area for other in rules.items)


def _check_classes(rules: RuleSet, wanted: tuple[str, ...], what: str) -> None:
    known = [each.name for each in rules.classes]
    for name in wanted:
        if name not in known:
            listed = f"只有{'、'.join(known)}" if known else "还没有设分类"
            raise NotAllowed(
                f"{what}写着适用于“{name}”，《{rules.name}》里没有这一类（{listed}）。", "请核对写法，或先添加这一类。"
            )


def _check_bands(rules: RuleSet) -> None:
    decimals = rules.decimals
    for band in rules.bands:
        if not tidy(band.name):
            raise NotAllowed("等次还没有名称。", "请填等次的名称，例如“优秀”。")
        if band.least is not None and band.most is not None and band.least > band.most:
            raise NotAllowed(
                f"等次“{band.name}”从{shown(band.least, decimals)}分到{shown(band.most, decimals)}分，头比尾大。",
                "请把两个数对调。",
            )
        _check_classes(rules, band.classes, f"等次“{band.name}”")
        check_use_words(band.action)
    for one, other in combinations(rules.bands, 2):
        if bool(one.classes) is not bool(other.classes):
            continue
        if one.classes and not set(one.classes) & set(other.classes):
            continue
        if _meet(one, other):
            first, second = (f"“{each.name}”（{span_words(each, decimals)}）" for each in (one, other))
            raise NotAllowed(
                f"等次{first}和{second}重叠，同一个分数会落进两个等次。",
                "请让前一等的终点比后一等的起点低。",
            )


def span_words(band: Band, decimals: int = 0) -> str:
    """60分到69分, 90分以上, or below 60 in words."""
    if band.least is None:
        return "不限" if band.most is None else f"{shown(band.most, decimals)}分以下（含）"
    if band.most is None:
        return f"{shown(band.least, decimals)}分以上（含）"
    return f"{shown(band.least, decimals)}分到{shown(band.most, decimals)}分"


def _meet(one: Band, other: Band) -> bool:
    begins = one.least is None or other.most is None or one.least <= other.most
    ends = other.least is None or one.most is None or other.least <= one.most
    return begins and ends


def _check_year_end(rules: RuleSet) -> None:
    if rules.year_end is YearEnd.PART and not 0 < rules.carry_num < rules.carry_den:
        raise NotAllowed(
            f"年底结转的比例填的是{rules.carry_num}/{rules.carry_den}。", "按比例结转请填一个小于1的分数，例如 1/2。"
        )
    if rules.carry_cap is not None and rules.carry_cap < 1:
        raise NotAllowed("年底结转的上限要大于0。", "不限的请空着；不结转的请选“年底清零”。")


def _check_opening_days(rules: RuleSet) -> None:
    for day in rules.opening_days:
        if day not in OPENING_DAYS:
            raise NotAllowed(f"兑换开放日“{day}”看不懂。", "请选每周几或每月几日。")


def _check_campaigns(rules: RuleSet) -> None:
    names = [each.name for each in rules.campaigns]
    for each in rules.campaigns:
        if not tidy(each.name):
            raise NotAllowed("专项行动还没有名称。", "请填名称，例如“防汛一线”。")
        if names.count(each.name) > 1:
            raise NotAllowed(f"专项行动“{each.name}”写了两次。", "请把两行合成一行。")
        if each.last < each.first:
            raise NotAllowed(f"专项行动“{each.name}”的截止日期早于开始日期。", "请核对两个日期。")
        if not 0 < each.bonus <= MOST_POINTS * 10**rules.decimals:
            raise NotAllowed(f"专项行动“{each.name}”每笔另加的分数要大于0。", "只加不扣；不另加的不用设专项。")
        check_item_words(each.name, deducts=False)


def _check_limits(what: str, opening: int, cap: int | None, floor: int | None, decimals: int) -> None:
    if cap is not None and floor is not None and cap < floor:
        raise NotAllowed(
            f"{what}的上限{shown(cap, decimals)}分低于下限{shown(floor, decimals)}分。", "请核对这两个数。"
        )
    if (cap is not None and opening > cap) or (floor is not None and opening < floor):
        raise NotAllowed(
            f"{what}的起始分{shown(opening, decimals)}分不在上限和下限之间。", "请核对起始分、上限和下限。"
        )
