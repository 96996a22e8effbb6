"""Contracts, assets, resources, debts, projects and the supervision committee's work: what is kept and refused."""

import datetime as dt

import pytest

from tests.accounts.conftest import FIRST, LAST, REASON, TODAY
from village_desk.accounts import actions, lookups
from village_desk.accounts.rules.registers import AssetFacts, ContractFacts, DebtFacts, ProjectFacts, ResourceFacts
from village_desk.kit.errors import NotAllowed
from village_desk.notices import actions as notices
from village_desk.people import actions as people
from village_desk.store.file import VillageFile

DECISION = "5f" * 16


def passed(village: VillageFile, decision: str = DECISION) -> None:
    """What a decision leaves that stands: the duty to publish its resolution."""
    with village.writing("decisions.open_publication_duty") as session:
        notices.add_duty(
            session, item="resolution", about="决议", source_room="decisions", source_id=decision, due_on=TODAY
        )


@pytest.mark.covers("1-27")
def test_contracts_that_end_and_sums_that_are_late_are_listed_and_summed(village: VillageFile) -> None:
    with village.writing("accounts.add_contract") as session:
        ending = actions.add_contract(
            session,
            facts=ContractFacts(
                subject="村东鱼塘",
                party="王大山",
                party_private=True,
                party_group="三组",
                signed_on=dt.date(2023, 9, 1),
                from_on=dt.date(2023, 9, 1),
                until_on=dt.date(2026, 8, 31),
                total_fen=900_000,
                problem="租金低于市价",
                remedy="续签时重新评估",
            ),
        )
        actions.add_contract(
            session, facts=ContractFacts(subject="村部门面房", party="平安超市", until_on=dt.date(2028, 12, 31))
        )
        late = actions.add_instalment(session, contract_id=ending, due_on=dt.date(2026, 6, 30), due_fen=300_000)
        actions.add_instalment(session, contract_id=ending, due_on=dt.date(2026, 8, 30), due_fen=100_000)
        actions.add_resource(
            session,
            facts=ResourceFacts(
                name="河滩地", kind="滩涂", area_hundredths=1250, rent_fen=50_000, paid_fen=20_000, newly_found=True
            ),
        )
        debt = actions.add_debt(
            session,
            facts=DebtFacts(side="debt", party="县建筑公司", arose_on=dt.date(2020, 5, 1), principal_fen=1_000_000),
        )
        actions.move_debt(session, debt_id=debt, moved_on=dt.date(2026, 5, 1), amount_fen=-400_000, words="还款")
    with village.reading() as session:
        (row,) = lookups.contracts_ending(session, on=TODAY)
        ((owing, instalment),) = lookups.instalments_late(session, on=TODAY)
        whole = lookups.clean_up(session, on=TODAY)
    assert (row.facts.number, row.days_left, row.state_words) == ("2023-1", 56, "快到期")
    assert (owing.id, instalment.id, instalment.late) == (ending, late, 6)
    assert (whole.contracts, whole.with_problem, whole.mended) == (2, 1, 1)
    assert (whole.due, whole.paid, whole.owed) == (300_000, 0, 300_000)
    assert (whole.debts, whole.repaid, whole.claims) == (600_000, 400_000, 0)
    assert (whole.new_resources, whole.new_area_hundredths, whole.new_rent, whole.new_paid) == (1, 1250, 50_000, 20_000)
    with village.writing("accounts.pay_instalment") as session:
        actions.pay_instalment(session, instalment_id=late, paid_on=TODAY, paid_fen=300_000)
    with village.reading() as session:
        assert lookups.instalments_late(session, on=TODAY) == ()
    with pytest.raises(NotAllowed, match=r"这一期应3,000\.00元，填的是3,000\.01元"), village.writing("x") as session:
        actions.pay_instalment(session, instalment_id=late, paid_on=TODAY, paid_fen=300_001)


@pytest.mark.covers("1-23")
def test_a_debts_balance_flag_and_the_total_on_the_quarters_sheet(village: VillageFile) -> None:
    with village.writing("accounts.add_debt") as session:
        debt = actions.add_debt(
            session,
            facts=DebtFacts(
                side="debt",
                party="张三",
                party_private=True,
                party_group="二组",
                nature="借款",
                arose_on=dt.date(2025, 3, 1),
                principal_fen=500_000,
            ),
        )
        claim = actions.add_debt(
            session,
            facts=DebtFacts(
                side="claim", party="平安超市", arose_on=dt.date(2026, 5, 3), principal_fen=70_000, decision_id=DECISION
            ),
        )
        actions.move_debt(session, debt_id=debt, moved_on=dt.date(2026, 2, 1), amount_fen=-100_000)
        actions.move_debt(session, debt_id=debt, moved_on=dt.date(2026, 5, 1), amount_fen=-150_000)
    with pytest.raises(NotAllowed, match="比欠的还多"), village.writing("x") as session:
        actions.move_debt(session, debt_id=debt, moved_on=TODAY, amount_fen=-250_001)
    with village.reading() as session:
        rows = {row.id: row for row in lookups.debts(session)}
        printed = lookups.sheet_rows(session, "debts", from_on=FIRST, until_on=LAST)
    assert (rows[debt].balance, rows[debt].has_decision, rows[claim].has_decision) == (250_000, False, True)
    assert printed[0][2] == "张*（二组）"
    assert [line[6:10] for line in printed] == [
        ("4,000.00", "0.00", "1,500.00", "2,500.00"),
        ("0.00", "700.00", "0.00", "700.00"),
    ]
    with village.writing("accounts.begin_period") as session:
        sheet = actions.begin_period(
            session, from_on=FIRST, until_on=LAST, opening_fen=100, opening_reason=REASON, made_elsewhere=True
        )
        actions.close_period(session, sheet_id=sheet, receipts_fen=0, payments_fen=0, close_fen=100)
        actions.draft_sheet_notice(session, sheet_id=sheet)
    with village.reading() as session:
        detail = lookups.one_sheet(session, sheet)
        assert (detail.claims, detail.debts) == lookups.debt_totals(session, on=LAST) == (70_000, 250_000)


@pytest.mark.covers("1-24")
def test_a_project_gets_no_contract_without_a_passed_decision(village: VillageFile) -> None:
    with village.writing("accounts.add_project") as session:
        project = actions.add_project(
            session,
            facts=ProjectFacts(name="村东水渠", budget_fen=5_000_000, decision_id=DECISION, decision_no="2026-3"),
        )
    with (
        pytest.raises(NotAllowed, match="“村东水渠”还没有通过的决议，不能转到“已签合同”"),
        village.writing("x") as session,
    ):
        actions.move_project(session, project_id=project, stage="contracted")
    passed(village)
    with village.writing("accounts.move_project") as session:
        actions.move_project(session, project_id=project, stage="contracted")
        before = actions.make_sheet(session, form="F09", from_on=FIRST, until_on=LAST, title="村东水渠开工前公开")
    with village.reading() as session:
        row = lookups.one_project(session, project)
        assert lookups.one_sheet(session, before.sheet_id).rows[0][:2] == ("村东水渠", "50,000.00")
    with village.writing("accounts.edit_project") as session:
        actions.edit_project(
            session,
            project_id=project,
            seen=row.seen,
            facts=ProjectFacts(
                name="村东水渠",
                budget_fen=5_000_000,
                settled_fen=4_800_000,
                accepted_on=TODAY,
                accepted_by="李建国等5人",
                decision_id=DECISION,
                decision_no="2026-3",
            ),
        )
        after = actions.make_sheet(session, form="F09", from_on=FIRST, until_on=LAST, title="村东水渠完工后公开")
    with village.reading() as session:
        (line,) = lookups.one_sheet(session, after.sheet_id).rows
    assert line[7] == "48,000.00"
    assert line[9] == "2026.7.6；李建国等5人"
    with pytest.raises(NotAllowed, match="还没有通过的决议"), village.writing("x") as session:
        actions.edit_project(session, project_id=project, seen="", facts=ProjectFacts(name="村东水渠"))


@pytest.mark.covers("1-26")
def test_a_yearly_check_lists_every_asset_and_keeps_its_figures(village: VillageFile) -> None:
    with village.writing("accounts.add_asset") as session:
        pump = actions.add_asset(session, facts=AssetFacts(name="水泵", quantity="2台", cost_fen=240_000, place="泵房"))
        computer = actions.add_asset(session, facts=AssetFacts(name="电脑", cost_fen=500_000, depreciation_fen=300_000))
        check = actions.begin_asset_check(session, year=2026, people="李会计、王强")
        actions.note_asset(session, check_id=check, asset_id=pump, result="ok")
    with pytest.raises(NotAllowed, match="还有1件没有清查：电脑"), village.writing("x") as session:
        actions.close_asset_check(session, check_id=check)
    with pytest.raises(NotAllowed, match="“电脑”和账上不符，还没有写原因"), village.writing("x") as session:
        actions.note_asset(session, check_id=check, asset_id=computer, result="missing")
    with village.writing("accounts.close_asset_check") as session:
        actions.note_asset(session, check_id=check, asset_id=computer, result="missing", reason="已报废，没有销账")
        assert actions.close_asset_check(session, check_id=check) == 2
    with village.reading() as session:
        (before,) = lookups.asset_checks(session)
        seen = lookups.one_asset(session, pump).seen
    with village.writing("accounts.edit_asset") as session:
        actions.edit_asset(session, asset_id=pump, seen=seen, facts=AssetFacts(number="001", name="水泵", cost_fen=1))
    with village.reading() as session:
        assert lookups.asset_checks(session) == (before,)
        assert {row.facts.name: row.checks for row in lookups.assets(session)}["电脑"] == (
            (2026, "missing", "已报废，没有销账"),
        )
    with pytest.raises(NotAllowed, match="2026年的清查已经结束"), village.writing("x") as session:
        actions.begin_asset_check(session, year=2026)


@pytest.mark.covers("2-30")
def test_months_without_a_review_by_the_committee_are_named(village: VillageFile) -> None:
    with village.writing("people.furnish") as session:
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=dt.date(2026, 1, 10), how="推选")

    def review(month: str, **more: object) -> str:
        with village.writing("accounts.record_review") as session:
            return actions.record_review(
                session,
                **{
                    "month": month,
                    "held_on": dt.date(2026, 7, 2),
                    "agreed_sheets": 23,
                    "agreed_fen": 812_000,
                    "signers": ("李建国",),
                    **more,
                },  # type: ignore[arg-type]  # a test's shorthand
            )

    identity = review("2026-05", refused=(("记-12", 1, 30_000, "没有明细"),))
    with village.reading() as session:
        assert lookups.missing_months(session, on=TODAY) == tuple(f"2026年{one}月" for one in (1, 2, 3, 4, 6))
        (row,) = lookups.finance_reviews(session)
    assert (row.agreed, row.refused_sheets, row.refused_amount) == (812_000, 1, 30_000)
    for wrong, said in (
        ({"signers": ()}, "还没有写参加审核签字的人"),
        ({"signers": ("张三",)}, "张三在2026年7月2日不是村务监督委员会成员"),
        ({"refused": (("记-1", 1, 100, ""),)}, "凭证“记-1”不同意报销，还没有写理由"),
        ({"held_on": dt.date(2026, 8, 1)}, "还没有到"),
    ):
        with pytest.raises(NotAllowed, match=said):
            review("2026-06", **wrong)
    with village.writing("accounts.seal_review") as session:
        actions.seal_review(session, review_id=identity, sealed_on=TODAY)
    with pytest.raises(NotAllowed, match="已经盖章"):
        review("2026-05")


def test_a_supervision_note_waits_for_its_answer(village: VillageFile) -> None:
    with village.writing("accounts.note_supervision") as session:
        note = actions.note_supervision(
            session,
            noted_on=dt.date(2026, 6, 1),
            subject="村东水渠",
            finding="两处接口渗水",
            request="返工",
            due_on=dt.date(2026, 6, 20),
        )
    with village.reading() as session:
        (row,) = lookups.supervision_notes(session, on=TODAY)
    assert row.late == 16
    with village.writing("accounts.answer_note") as session:
        actions.answer_note(session, note_id=note, answered_on=TODAY, answer="已返工")
    with village.reading() as session:
        assert lookups.supervision_notes(session, on=TODAY)[0].late == 0
        report = lookups.half_year(session, year=2026, half=1)
    assert [one.answer for one in report.notes] == ["已返工"]
    assert len(report.missing) == 6


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("F12", "王强\t主任\t三千\t3\t9000\t财政", "第1行“标准”写的是“三千”，不是金额。"),
        ("F12", "王强\t主任\t3000\t三\t9000\t财政", "第1行“月数”写的是“三”，不是整数。"),
        ("F12", "王强\t主任\t3000\t3\t9000\t财政\n合计\t\t\t\t9001\t", "第2行“金额”的合计是9,001.00元"),
        ("F14", "办公费\t1000\t1200\t100", "第1行对不上：执行 - 预算 = 差异，差100.00元。"),
        ("F11", "1\t王强\t三组\t2亩\t100\t200\t6222020200112233445", "不止四位"),
        ("F11", "1\t王强\t三组\t2亩\t100\t200\t1234\t多的", "第1行有8格，这张表只有7列"),
        ("F10", "", "征地补偿专项公开表里一行也没有。"),
        ("F05", "", "债权债务公开表还没有内容。"),
        ("F03", "", "各项收入公开表随收支账一起出。"),
        ("F99", "", "没有“F99”这种公开表。"),
    ],
)
def test_a_wrong_row_of_a_pasted_sheet_is_named(village: VillageFile, form: str, text: str, said: str) -> None:
    before = village.digest()
    with pytest.raises(NotAllowed) as refused, village.writing("x") as session:
        actions.make_sheet(session, form=form, from_on=FIRST, until_on=LAST, text=text)
    assert said in refused.value.message
    assert village.digest() == before


def test_a_pasted_sheet_is_written_as_it_prints(village: VillageFile) -> None:
    with village.writing("accounts.make_sheet") as session:
        made = actions.make_sheet(
            session,
            form="F12",
            from_on=FIRST,
            until_on=LAST,
            text="姓名\t职务\t标准\t月数\t金额\t来源\n王强\t村委会主任\t3000\t3\t9000\t财政补助\n合计\t\t\t\t9000\t\n",
        )
    with village.reading() as session:
        detail = lookups.one_sheet(session, made.sheet_id)
    assert detail.row.title == "2026年第二季度村干部报酬补贴公开表"
    assert not detail.is_altered
    assert detail.rows == (("王强", "村委会主任", "3,000.00", "3", "9,000.00", "财政补助"),)
    with village.writing("accounts.drop_sheet") as session:
        actions.reopen_period(session, sheet_id=made.sheet_id)
        actions.drop_sheet(session, sheet_id=made.sheet_id)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (ContractFacts(subject="鱼塘", party="王大山 13812345678"), "对方一栏里有身份证号、电话或卡号"),
        (ContractFacts(subject="", party="王大山"), "还没有填标的"),
        (ContractFacts(subject="鱼塘", party="王", from_on=LAST, until_on=FIRST), "日期倒过来了"),
        (ContractFacts(subject="鱼塘", party="王", ended_on=TODAY), "提前终止的合同还没有写原因"),
    ],
)
def test_a_wrong_contract_is_refused(village: VillageFile, facts: ContractFacts, said: str) -> None:
    with pytest.raises(NotAllowed, match=said), village.writing("x") as session:
        actions.add_contract(session, facts=facts)


def test_an_asset_is_not_worn_off_beyond_its_cost(village: VillageFile) -> None:
    with pytest.raises(NotAllowed, match="比原值"), village.writing("x") as session:
        actions.add_asset(session, facts=AssetFacts(name="水泵", cost_fen=1, depreciation_fen=2))
