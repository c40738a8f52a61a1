"""What the linter says of a script: a table of wordings, and the shop's own scripts, which it lets pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.faq.scripts import Button, Entry, Script
from bot.training.script_lint import LONGEST, lint_entry, lint_text, may_save

GOOD = "现货 {cutoff} 前付款当天发，{courier}送。您到哪个城市？"
VARIANTS = tuple(f"第{number}种问法" for number in "一二三四五六七八")
ENTRY = Entry("shipping.when", "ask_shipping_time", "什么时候发货", VARIANTS, (Script("a", GOOD),))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (GOOD, []),
        ("", ["empty"]),
        ("字" * (LONGEST + 1), ["too_long"]),
        ("发的。", []),
        ("今天发。顺丰送。满减还有。会员再减。", ["many_facts"]),
        ("满 {free_shiping} 包邮。", ["unknown_placeholder"]),
        ("明天一定到。", ["promise"]),
        ("我们保证不掉色，绝对好穿。", ["promise", "promise"]),
        ("明天不一定到，我不敢保证。", []),
        ("不合适，一定是哪里没做好。", []),
        ("百分百纯棉，全网最低。", ["promise", "promise"]),
        ("亲，在的亲，您说亲。", ["too_dear"]),
        ("亲，您看亲子装还是亲肤款，母亲节也能穿。", []),
        ("有货的,您要哪个码?", ["half_width"]),
        ("9:30 到 18:00 在，买 1,000 件也行。", []),
        ("活动到12月3日。", ["fixed_date"]),
        ("双十一当天发。", ["fixed_date"]),
        ("25号补货。", ["fixed_date"]),
        ("送到3号楼、12号门都行。", []),
    ],
)
def test_a_wording_is_told_what_is_wrong_with_it(text: str, kinds: list[str]) -> None:
    assert [finding.kind for finding in lint_text(text)] == kinds


def test_a_campaign_script_may_name_its_dates() -> None:
    assert lint_text("活动到12月3日。", is_dated=True) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"question": " "}, "empty"),
        ({"variants": VARIANTS[:7]}, "few_variants"),
        ({"variants": (*VARIANTS, "第一种 问法！")}, "taken_phrasing"),
        ({"variants": (*VARIANTS, "怎么还没到")}, "taken_phrasing"),
        ({"scripts": ()}, "no_script"),
        ({"scripts": (Script("a", GOOD), Script("a", GOOD))}, "double_id"),
        (
            {
                "scripts": (
                    Script("a", GOOD, (), date(2026, 12, 2), date(2026, 12, 1)),
                    Script("b", GOOD),
                )
            },
            "dates_swapped",
        ),
        ({"scripts": (Script("a", GOOD, (Button("好", "/no_such_intent"),)),)}, "button_payload"),
        ({"scripts": (Script("a", GOOD, (Button("", "/affirm"),)),)}, "button_title"),
        ({"scripts": (Script("a", GOOD, image="gone.svg"),)}, "no_picture"),
    ],
)
def test_an_entry_that_could_not_be_served_is_not_saved(change: dict, kind: str) -> None:
    findings = lint_entry(replace(ENTRY, **change), [("怎么还没到？", "tracking.late")])
    assert kind in [finding.kind for finding in findings] and not may_save(findings)


def test_a_picture_the_shop_has_may_go_out_with_a_script() -> None:
    entry = replace(ENTRY, scripts=(Script("a", GOOD, image="coat.svg"),))
    assert lint_entry(entry, pictures=["coat.svg"]) == []


def test_a_phrasing_of_another_entry_is_named_with_that_entry() -> None:
    entry = replace(ENTRY, variants=(*VARIANTS, "怎么还没到"))
    (finding,) = lint_entry(entry, [("怎么还没到？", "tracking.late")])
    assert (finding.quote, finding.place, finding.field) == ("怎么还没到", "tracking.late", "variants.8")


def test_what_only_a_person_can_judge_does_not_stop_her() -> None:
    findings = lint_entry(replace(ENTRY, scripts=(Script("a", "明天一定到。"),)))
    assert findings and may_save(findings)
