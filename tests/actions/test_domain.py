"""Everything an action may say, do or follow stands in the domain, and the domain has nothing besides."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator

import pytest
import yaml

from actions.__main__ import executor
from actions.after_sale.after_sale_question import ISSUES
from actions.common import cards, shop_floor
from bot.faq.intents import INTENTS
from bot.faq.schema import PLACEHOLDERS
from bot.placeholders import script_values
from bot.settings import ROOT
from bot.shop.orders.cancelling import RECOVERABLE
from bot.shop.records.model import BASIS_MEASURES, ChartBasis
from bot.shop.records.orders import NextBest, OrderState
from bot.shop.records.policy import CompensationKind
from bot.shop.records.remedy_policy import Issue, RemedyKind
from bot.shop.talk.accident import Further
from tests.actions.conftest import DOMAIN

SOURCES = sorted((ROOT / "actions").rglob("*.py"))
RULES = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
STEPS = [step for rule in RULES for step in rule["steps"]]


def mentioned() -> Iterator[re.Pattern[str]]:
    """Names of responses in the actions; a hole in an f-string stands for anything."""
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        pieces = {id(value) for node in nodes if isinstance(node, ast.JoinedStr) for value in node.values}
        for node in nodes:
            if id(node) in pieces:
                continue
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else r"\w+" for v in node.values]
                if parts[0].startswith("utter_"):
                    yield re.compile("".join(parts))
            elif isinstance(node, ast.Constant) and str(node.value).startswith("utter_"):
                yield re.compile(re.escape(str(node.value)))


def test_every_response_an_action_names_is_in_the_domain() -> None:
    names = DOMAIN["responses"]
    missing = [each.pattern for each in mentioned() if not any(each.fullmatch(name) for name in names)]
    assert missing == []


def test_every_response_of_the_domain_is_said_by_an_action_or_rule() -> None:
    patterns = list(mentioned())
    in_rules = {step.get("action") for step in STEPS}
    unused = [
        n for n in DOMAIN["responses"] if n not in in_rules and not any(p.fullmatch(n) for p in patterns)
    ]
    assert unused == []


MISSING_MEASURES = {
    "_".join(names)
    for basis in ChartBasis
    for length in range(1, len(BASIS_MEASURES[basis]) + 1)
    for names in itertools.combinations(BASIS_MEASURES[basis], length)
    if basis is not ChartBasis.HEIGHT_AGE or length == len(BASIS_MEASURES[basis])
}


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("utter_track_", {state.value for state in OrderState}),
        ("utter_too_late_", {best.value for best in NextBest}),
        ("utter_win_back_", {reason.value for reason in RECOVERABLE}),
        ("utter_remedies_", {issue.value for issue in Issue}),
        ("utter_remedy_", {kind.value for kind in RemedyKind}),
        ("utter_accident_", {*(each.value for each in Further), "when_call", "photo"}),
        ("utter_bargain_final_", {kind.value for kind in CompensationKind}),
        ("utter_cancelled_", {"unpaid", "paid", "packed"}),
        ("utter_ask_", MISSING_MEASURES),
        ("utter_size_", {"too_small", "too_large", "unusual_build", "unknown_size", "no_chart"}),
    ],
)
def test_every_value_of_the_rules_has_its_words(prefix: str, values: set[str]) -> None:
    assert {f"{prefix}{value}" for value in values} <= set(DOMAIN["responses"])


def test_the_domain_knows_exactly_the_44_intents() -> None:
    assert tuple(DOMAIN["intents"]) == INTENTS
    assert len(INTENTS) == 44


def test_every_intent_and_the_doubtful_reading_has_one_rule() -> None:
    ruled = [step["intent"] for step in STEPS if "intent" in step]
    assert sorted(ruled) == sorted([*INTENTS, "nlu_fallback"])


def test_the_domain_lists_exactly_the_actions_there_are() -> None:
    registered = {item.name for item in executor().list_actions()}
    assert registered == set(DOMAIN["actions"])


def test_every_action_is_listed_once_and_has_one_class() -> None:
    assert len(set(DOMAIN["actions"])) == len(DOMAIN["actions"])
    named = [
        name
        for path in SOURCES
        for name in re.findall(r'^    action = "(\w+)"', path.read_text(encoding="utf-8"), re.M)
    ]
    assert len(set(named)) == len(named)


def test_whatever_rules_and_actions_lead_to_exists() -> None:
    known = {*DOMAIN["actions"], *DOMAIN["forms"], *DOMAIN["responses"]}
    led_to = {step["action"] for step in STEPS if "action" in step}
    for path in SOURCES:
        led_to |= set(re.findall(r'"(action_\w+|\w+_form)"', path.read_text(encoding="utf-8")))
    assert led_to - {"action_listen", "action_extract_slots"} <= known


def test_buttons_carry_only_known_intents_and_entities() -> None:
    for variations in DOMAIN["responses"].values():
        for button in (button for each in variations for button in each.get("buttons", [])):
            payload = button["payload"].replace("{{", "{").replace("}}", "}")
            match = re.fullmatch(r"/(\w+)(\{.*\})?", payload)
            assert match and match[1] in INTENTS, payload
            assert set(yaml.safe_load(match[2] or "{}")) <= set(DOMAIN["entities"]), payload


def test_no_slot_takes_part_in_prediction() -> None:
    assert {slot["influence_conversation"] for slot in DOMAIN["slots"].values()} == {False}


def test_chinese_words_for_customers_stay_out_of_python() -> None:
    """Docstrings and comments may quote; strings of the program may only join (、；) or set off (“”)."""
    offending = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(n.value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
        }
        texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        offending += [
            f"{path.name}:{n.lineno} {n.value}"
            for n in texts
            if id(n) not in docs and re.search("[\u4e00-\u9fff]", n.value)
        ]
    assert offending == []


def test_every_reading_and_state_has_a_chinese_name() -> None:
    words = shop_floor.dialogue()
    assert set(words.readings) == set(INTENTS)
    assert set(words.order_states) == {state.value for state in OrderState}
    assert set(ISSUES) < set(INTENTS)


def test_the_bands_are_those_of_the_model(pytestconfig: pytest.Config) -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    fallback = next(step for step in config["pipeline"] if step["name"] == "FallbackClassifier")
    assert shop_floor.dialogue().bands.answer == fallback["threshold"]


def test_every_placeholder_of_a_script_has_a_value(demo_shop) -> None:
    values = script_values(demo_shop)
    assert set(PLACEHOLDERS) <= set(values)
    assert all(values[name] for name in PLACEHOLDERS)


def test_a_size_chart_names_every_column_it_shows(demo_shop) -> None:
    for product in demo_shop.products.values():
        if chart := demo_shop.chart_of(product):
            card = cards.size_chart_card(product, chart)
            assert {len(row) for row in card["rows"]} == {len(card["columns"])}
