"""Finance of the demo: a quarter on the wall, the next one begun, contracts, assets, a debt, reviews and a box."""

import datetime as dt
from pathlib import Path

from village_desk.accounts import actions
from village_desk.accounts.actions import EntryReading, NewEntry
from village_desk.accounts.lookups import one_sheet
from village_desk.accounts.rules.registers import AssetFacts, ContractFacts, DebtFacts, ResourceFacts
from village_desk.archive.actions import add_box, file_piece
from village_desk.desk.demo.cast import Cast
from village_desk.desk.demo.story import Story
from village_desk.desk.prints import print_sheet
from village_desk.notices.actions import post, review_notice

_BEGUN, _REVIEWED, _POSTED = -16, -14, -13
_OPENING = 8_634_050
_LINES = (
    ("收村部门面房租金", 1_800_000),
    ("支付保洁员报酬", -240_000),
    ("支付路灯电费", -61_230),
    ("收村东鱼塘承包费", 300_000),
    ("购办公用纸和墨盒", -38_600),
    ("支付垃圾清运费", -180_000),
    ("收上级运转经费补助", 2_500_000),
    ("支付道路养护人工费", -420_000),
)


def tell_money(story: Story, cast: Cast, paper: Path) -> None:
    """Lay the quarter that is over, the registers and the committee's reviews out over the days."""
    posted = story.day(_POSTED)
    first = dt.date(posted.year, (posted.month - 1) // 3 * 3 + 1, 1)
    last = first - dt.timedelta(days=1)
    first = dt.date(last.year, last.month - 2, 1)
    names = tuple(cast.names[one] for one in cast.supervision)
    found: dict[str, str] = {}

    def keep_registers() -> None:
        with story.writing("accounts.add_contract") as session:
            shop = actions.add_contract(
                session,
                facts=ContractFacts(
                    kind="资产租赁",
                    subject="村部门面房三间",
                    party="平安镇惠民超市",
                    quantity="3间",
                    from_on=dt.date(last.year - 1, 1, 1),
                    until_on=dt.date(last.year + 3, 12, 31),
                    total_fen=18_000_000,
                    payment_terms="半年付一次",
                ),
            )
            actions.add_instalment(session, contract_id=shop, due_on=last, due_fen=1_800_000)
            actions.add_contract(
                session,
                facts=ContractFacts(
                    kind="资源发包",
                    subject="村东鱼塘",
                    party="王大山",
                    party_private=True,
                    party_group="三组",
                    quantity="12.5亩",
                    from_on=story.day(40) - dt.timedelta(days=1095),
                    until_on=story.day(40),
                    total_fen=900_000,
                    payment_terms="每年3月底前付当年承包费",
                ),
            )
            actions.add_resource(
                session,
                facts=ResourceFacts(
                    name="村东鱼塘", kind="水面", area_hundredths=1250, way="发包", holder="王大山", holder_private=True
                ),
            )
            actions.add_debt(
                session,
                facts=DebtFacts(
                    side="debt",
                    party="县第二建筑公司",
                    nature="工程欠款",
                    arose_on=dt.date(2021, 5, 1),
                    cause="村部改造尾款",
                    principal_fen=3_200_000,
                ),
            )
            for name, many, cost in (
                ("村部办公楼", "1幢", 86_000_000),
                ("太阳能路灯", "42盏", 12_600_000),
                ("电脑", "3台", 1_500_000),
            ):
                facts = AssetFacts(
                    name=name, quantity=many, cost_fen=cost, depreciation_fen=cost // 3, use="在用", place="村部"
                )
                actions.add_asset(session, facts=facts)

    def begin() -> None:
        entries = tuple(
            NewEntry(
                first + dt.timedelta(days=number * 3),
                words,
                max(amount, 0),
                max(-amount, 0),
                voucher=f"记-{number + 1}",
                handler=cast.names[cast.office[0]] if cast.office else "",
                approver=cast.names[cast.committee[0]],
            )
            for number, (words, amount) in enumerate(_LINES * 3)
        )
        with story.writing("accounts.begin_period") as session:
            reason = "按镇代理记账中心账面余额结转"
            found["sheet"] = actions.begin_period(
                session, from_on=first, until_on=last, opening_fen=_OPENING, opening_reason=reason
            )
            columns = ("words", "receipts", "payments")
            reading = EntryReading("代理记账中心明细", entries, (), ("摘要", "收入", "支出"), columns, (), None, None)
            actions.take_in_entries(session, sheet_id=found["sheet"], reading=reading)
            detail = one_sheet(session, found["sheet"])
            actions.void_entry(session, entry_id=detail.entries[4].id, reason="发票抬头不符，退回重开")
            close = one_sheet(session, found["sheet"]).sums.close
            actions.close_period(
                session,
                sheet_id=found["sheet"],
                close_fen=close,
                cash_fen=86_050,
                bank_fen=close - 86_050,
                prepared_by=story.clerk,
            )
            found["notice"] = actions.draft_sheet_notice(session, sheet_id=found["sheet"])

    def review() -> None:
        with story.writing("notices.review_notice", by=story.supervisor) as session:
            review_notice(
                session,
                notice_id=found["notice"],
                opinion="agreed",
                reviewer_id=cast.supervision[0],
                reviewed_on=story.day(_REVIEWED),
                way="login",
                words="逐笔核对，账实相符。",
            )
        month = f"{last:%Y-%m}"
        with story.writing("accounts.record_review") as session:
            actions.record_review(
                session,
                month=month,
                held_on=story.day(_REVIEWED),
                agreed_sheets=31,
                agreed_fen=912_530,
                refused=(("记-5", 1, 38_600, "发票抬头不符"),),
                signers=names[:3],
            )

    def hang() -> None:
        with story.writing("accounts.publish_sheet") as session:
            actions.publish_sheet(session, sheet_id=found["sheet"], posting_from=posted)
        with story.writing("notices.post") as session:
            post(session, notice_id=found["notice"], posted_on=posted, posted_by=story.clerk)
        with story.file.reading() as session:
            sheet = one_sheet(session, found["sheet"])
        title = sheet.row.title
        print_sheet(story.file, "finance", title, paper / f"{title}.pdf")
        with story.writing("archive.file_piece") as session:
            box = add_box(session, year=posted.year, category="会计", title="财务公开表", shelf="一号柜")
            file_piece(
                session,
                title=f"{sheet.village}{title}",
                category="会计",
                document_no=sheet.notices[0].number,
                issuer=f"{sheet.village}村民委员会",
                dated_on=posted,
                pages=6,
                box_id=box,
            )
        story.count("finance_sheets")

    story.on(_BEGUN - 1, keep_registers)
    story.on(_BEGUN, begin)
    story.on(_REVIEWED, review)
    story.on(_POSTED, hang)
