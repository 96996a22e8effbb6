"""Registers on paper: what stands side by side, what is masked, what a book carries, what never hangs on a wall."""

import datetime as dt
from pathlib import Path

import pytest

from tests.registers.test_entries import at_post
from tests.registers.village import TODAY, Home, add
from village_desk.accounts.actions import add_contract
from village_desk.accounts.rules.registers import ContractFacts
from village_desk.archive.records import Attachment
from village_desk.desk.prints import print_sheet
from village_desk.desk.sources import day
from village_desk.desk.today import When
from village_desk.kit.errors import NotAllowed
from village_desk.notices.actions import publish, review_notice
from village_desk.notices.lookups import one_notice
from village_desk.paper.text import plain_text
from village_desk.people.actions import appoint, pledge, set_up_bodies
from village_desk.registers.actions import entries as acts
from village_desk.registers.actions import forms as form_acts
from village_desk.registers.actions.promises import draft_promise_notice, draft_promise_results
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups import forms, sums

DAY = dt.date


def printed(home: Home, folder: Path, what: str, number: str = "") -> str:
    """The text of a sheet by its name."""
    out = folder / f"{what}.pdf"
    print_sheet(home.file, what, number, out)
    return plain_text(out.read_bytes())


@pytest.mark.covers("0-09", "4B-28")
def test_a_late_promise_is_red_and_the_result_notice_shows_promised_and_done(home: Home, tmp_path: Path) -> None:
    who = home.people["周四"]
    post = home.write(lambda s: at_post(s, who))
    home.write(lambda s: pledge(s, post_id=post, text="每月走访十户", due=DAY(2026, 12, 31), result="已走访九十户"))
    asked = {"sort": "年度承诺", "due": "2026-06-30", "publish": True}
    late = add(home, "promises", on=DAY(2026, 1, 5), subject=who, text="修好二组水渠", more=asked)
    kept = add(home, "promises", on=DAY(2026, 1, 5), subject=who, text="装六盏路灯", result="六盏都装好", more=asked)
    home.write(lambda s: acts.settle_entry(s, entry_id=kept, on=DAY(2026, 6, 1)))
    overdue = home.read(day).pile(When.OVERDUE)
    assert [item.record_id for item in overdue if "承诺" in item.words] == [late]
    text = printed(home, tmp_path, "promise-results")
    for words in (
        "当初的承诺",
        "兑现情况",
        "修好二组水渠",
        "逾期没有兑现",
        "六盏都装好",
        "每月走访十户",
        "已走访九十户",
    ):
        assert words in text.replace("\n", "")
    assert "承诺公示" in printed(home, tmp_path, "promises")


@pytest.mark.covers("0-09")
def test_promises_are_drafted_as_notices_and_the_result_cites_the_first_and_sets_done_beside_promised(
    home: Home, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed, match="没有要公示的承诺"):
        home.write(draft_promise_results)
    home.write(set_up_bodies)
    who = home.people["周四"]
    asked = {"sort": "年度承诺", "due": "2026-06-30", "publish": True}
    add(home, "promises", on=DAY(2026, 1, 5), subject=who, text="修好二组水渠，电话13812345678", more=asked)
    kept = add(home, "promises", on=DAY(2026, 1, 5), subject=who, text="装六盏路灯", result="六盏都装好", more=asked)
    add(home, "promises", on=DAY(2026, 1, 5), subject=who, text="家里的事", more={"sort": "年度承诺"})
    told = home.write(draft_promise_notice)
    for early in (draft_promise_notice, draft_promise_results):
        with pytest.raises(NotAllowed, match="还没有定稿"):
            home.write(early)
    home.write(lambda s: appoint(s, person_id=home.people["赵一"], role="supervision_head", from_on=DAY(2026, 1, 5)))
    home.write(
        lambda s: review_notice(s, notice_id=told, opinion="agreed", reviewer_id=home.people["赵一"], reviewed_on=TODAY)
    )
    number = home.write(lambda s: publish(s, notice_id=told, posting_from=TODAY)).number
    home.write(lambda s: acts.settle_entry(s, entry_id=kept, on=DAY(2026, 7, 10)))
    result = home.write(draft_promise_results)
    first = printed(home, tmp_path, "notice", "承诺公示").replace("\n", "")
    second = printed(home, tmp_path, "notice", "践诺结果公示").replace("\n", "")
    assert "1．周四承诺：" in first
    assert "装六盏路灯（2026年6月30日前完成）" in first
    assert f"对照2026年9月30日《东河村承诺公示》（{number}）" in second
    done = "承诺：装六盏路灯（2026年6月30日前完成）。兑现情况：2026年7月10日兑现，逾期10天。六盏都装好。"
    assert done in second
    assert "修好二组水渠" in second
    assert "还没有兑现，已逾期92天。" in second
    for sheet in (first, second):
        assert "13812345678" not in sheet
        assert "家里的事" not in sheet
    assert home.read(lambda s: one_notice(s, result, on=TODAY)).row.source_room == "registers"


@pytest.mark.covers("3-48")
def test_the_contents_list_each_register_with_count_last_day_and_printed_pages(home: Home, tmp_path: Path) -> None:
    add(home, "burden", on=DAY(2026, 9, 3), sort="会议", what="防汛会", more={"from": "镇"})
    home.write(lambda s: form_acts.note_book(s, register="burden", entries=1, pages=2, audience="internal"))
    home.write(lambda s: form_acts.use_register(s, register="net_room", used=False))
    text = printed(home, tmp_path, "register-contents").replace("\n", " ")
    assert "会议报表台账（减负）12026年9月3日2" in text
    assert "绿色网吧" not in text
    titles = [row.title for row in home.read(lambda s: forms.index(s, on=TODAY)) if row.used]
    assert all(title in text.replace(" ", "") for title in titles)


@pytest.mark.covers("4E-11")
def test_a_book_has_page_numbers_and_signatures_and_adds_up(home: Home, tmp_path: Path) -> None:
    for number in range(40):
        add(home, "room_use", room="会议室", purpose=f"第{number + 1}次议事", people=10)
    text = printed(home, tmp_path, "register", "活动场所使用登记").replace("\n", " ")
    assert "第1页" in text
    assert "使用人" in text
    assert "400人" in text
    add(home, "burden", sort="报表", what="人口表", basis="无依据", banned=True, more={"from": "镇"})
    assert "无依据" in printed(home, tmp_path, "register", "会议报表台账（减负）")


def test_what_is_private_hangs_on_no_wall(home: Home, tmp_path: Path) -> None:
    add(home, "visits", subject=home.homes["赵一"], visitor=home.people["钱二"], purpose="走遍农户")
    with pytest.raises(NotAllowed, match="不能上墙"):
        printed(home, tmp_path, "register-wall", "走访台账")
    assert "村内办公，不外传" in printed(home, tmp_path, "register", "走访台账")


@pytest.mark.covers("1-55")
def test_the_file_of_the_care_register_masks_names_and_leaves_illness_out(home: Home, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    who = {"group": "残疾人", "needs": "肢体二级，要轮椅", "helper": home.people["钱二"], "next_visit": "2026-10-10"}
    add(home, "care", subject=home.people["孙三"], more=who)
    out = tmp_path / "care.xlsx"
    print_sheet(home.file, "register-workbook", "关心关爱台账", out)
    cells = [str(cell) for row in load_workbook(out).active.iter_rows(values_only=True) for cell in row if cell]
    assert "孙*" in cells
    assert not any("孙三" in cell or "轮椅" in cell or "钱二" in cell for cell in cells)
    with pytest.raises(NotAllowed, match="不能上墙"):
        printed(home, tmp_path, "register-wall", "关心关爱台账")


def test_the_wall_masks_recipients_and_its_total_equals_the_register(home: Home, tmp_path: Path) -> None:
    fund = add(home, "care_fund", name="2026年关爱资金", planned=200000)
    home.write(lambda s: form_acts.add_money(s, entry_id=fund, on=TODAY, amount_fen=80000, purpose="下拨"))
    home.write(
        lambda s: form_acts.add_money(
            s,
            entry_id=fund,
            on=TODAY,
            amount_fen=-30000,
            purpose="周四住院慰问",
            item="走访慰问",
            approved_by="王书记",
            recipient_id=home.people["周四"],
        )
    )
    text = printed(home, tmp_path, "fund", "2026年关爱资金").replace("\n", " ")
    assert "周*" in text
    assert "周四" not in text
    assert "住院" not in text
    row = home.read(lambda s: sums.fund(s, fund))
    assert (row.received, row.spent) == (80000, 30000)
    assert "收入800.00元，支出300.00元，结余500.00元" in text


@pytest.mark.covers("1-40")
def test_a_grid_plate_prints_head_phone_and_duties(home: Home, tmp_path: Path) -> None:
    home.grid("第一片区", head="钱二", phone="13800001234")
    add(home, "grid_duties", sort="环境卫生", duty="门前三包")
    text = printed(home, tmp_path, "grid-plate", "第一片区").replace("\n", " ")
    for words in ("第一片区", "钱二", "13800001234", "环境卫生：门前三包"):
        assert words in text


@pytest.mark.covers("2-39")
def test_an_oral_history_prints_as_a_page(home: Home, tmp_path: Path) -> None:
    told = add(home, "oral_history", subject=home.people["赵一"], title="修渠的冬天", text="那年冬天全村上了工地。")
    photo = Attachment(of_table="register_entry", of_id=told, title="工地合影", blob="0" * 64)
    home.write(lambda s: s.add(photo))
    text = printed(home, tmp_path, "register-entry", "老党员口述史/修渠").replace("\n", "")
    assert "修渠的冬天" in text
    assert "那年冬天全村上了工地。" in text
    assert "工地合影" in text


def test_the_duties_of_a_post_print_as_its_card(home: Home, tmp_path: Path) -> None:
    add(home, "duties_list", post="民兵营长", list="职责清单", duty="组织民兵点验", often="每季度")
    add(home, "duties_list", post="会计", list="职责清单", duty="公开账目", often="每月")
    text = printed(home, tmp_path, "duty-card", "民兵营长")
    assert "组织民兵点验" in text
    assert "公开账目" not in text


@pytest.mark.covers("1-59")
def test_projects_name_their_decision_and_contract_and_their_income_sums_to_the_disclosed_line(
    home: Home, tmp_path: Path
) -> None:
    contract = home.write(
        lambda s: add_contract(
            s,
            facts=ContractFacts(subject="屋顶光伏租赁", party="某能源公司", signed_on=DAY(2026, 1, 5)),
        )
    )
    for project, model, income in (("屋顶光伏", "资产收益", 186_000_00), ("核桃园", "自主经营", 20_000_00)):
        add(
            home,
            "economy",
            project=project,
            model=model,
            income=income,
            decision="2026-1　建设屋顶光伏",
            contract=contract,
        )
    row = home.read(lambda s: lookups.entries(s, "economy", on=TODAY))[0]
    assert dict(row.cells)["决议"] == "2026-1　建设屋顶光伏"
    assert "屋顶光伏租赁" in dict(row.cells)["合同"]
    by = dict(home.read(lambda s: sums.sums_by(s, "economy", "project", on=TODAY)))
    total = sum(one["income"] for one in by.values())
    text = printed(home, tmp_path, "register-wall", "集体经济一村一策")
    assert "206,000.00" in text.partition("合计")[2]
    assert total == 206_000_00
