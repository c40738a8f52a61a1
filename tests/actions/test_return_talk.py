"""A question never registers a return, nor does a reason alone; only her button or her plain word does."""

from __future__ import annotations

import pytest

from actions.after_sale.refunds import Refund
from actions.after_sale.returns import Return
from actions.deciding.clarify import Clarify
from actions.talk.small_talk import Affirm, Deny
from tests.actions.conftest import Orders, Said, say
from tests.actions.small_rasa import Conversation

JACKET = "88261100010042"
NO_WORD = {"utter_return_granted"}


def ask(action, text: str, intent: str, before: Said | None = None, **entities) -> Said:
    return say(action, text, intent, entities, before.slots if before else {}, customer_id="c-zhou")


@pytest.fixture
def asked() -> Said:
    said = ask(Return(), "我要退货", "ask_return", order_id=JACKET)
    assert said.responses == ["utter_return_reason"]
    return said


@pytest.mark.parametrize(
    "question",
    ["能退多少", "能退多少钱呀", "多少钱能退回来", "那我能退多少钱", "退回来能拿多少", "全款能退回来不"],
)
@pytest.mark.parametrize("is_unsure", [True, False])
def test_how_much_comes_back_is_told_and_nothing_is_registered(
    asked: Said, question: str, is_unsure: bool
) -> None:
    taken = ask(Clarify() if is_unsure else Refund(), question, "nlu_fallback", asked)
    assert taken.follows == "action_return"
    said = ask(Return(), question, "ask_refund", asked)
    assert said.responses == ["utter_back_to_it"]
    assert "退您 359 元" in said.text
    assert not said.effects


def test_a_reason_alone_is_read_back_with_the_amount(asked: Said) -> None:
    assert ask(Clarify(), "不喜欢这颜色", "nlu_fallback", asked).follows == "action_return"
    said = ask(Return(), "不喜欢这颜色", "inform", asked)
    assert said.responses == ["utter_back_to_it"]
    assert not said.effects
    again = ask(Return(), "能退多少", "ask_refund", said)
    assert again.responses == ["utter_back_to_it"]
    assert not again.effects


@pytest.mark.parametrize("word", ["对", "退吧", "那就退吧", "登记吧", "好的，退吧", "对，办吧"])
def test_her_plain_word_to_what_was_read_back_registers_it(asked: Said, word: str) -> None:
    read = ask(Return(), "不喜欢", "inform", asked)
    assert ask(Affirm(), word, "affirm", read).follows == "action_return"
    done = ask(Return(), word, "affirm", read)
    assert done.responses[0] == "utter_return_granted"
    assert JACKET in done.effect("promise")["text"]


def test_her_buttons_register_it_or_leave_it(asked: Said) -> None:
    by_reason = ask(Return(), "/inform", "inform", asked, reason="changed_mind")
    assert by_reason.responses[0] == "utter_return_granted"
    read = ask(Return(), "不喜欢", "inform", asked)
    assert ask(Affirm(), "/affirm", "affirm", read).follows == "action_return"
    assert ask(Return(), "/affirm", "affirm", read).responses[0] == "utter_return_granted"
    assert ask(Deny(), "/deny", "deny", read).follows == "action_return"
    left = ask(Return(), "/deny", "deny", read)
    assert left.responses == ["utter_order_unchanged"]
    assert not left.effects


@pytest.mark.parametrize("words", ["怎么退", "可以退吗", "能退不", "退款几天到"])
def test_no_other_question_registers_it(asked: Said, words: str) -> None:
    for before in (asked, ask(Return(), "不喜欢", "inform", asked)):
        said = ask(Return(), words, "ask_return", before)
        assert not NO_WORD & set(said.responses)
        assert not said.effects


@pytest.mark.parametrize("words", ["先别给我退啊 我问问而已", "不退了", "算了不退了 留着吧", "我没说要退啊"])
def test_who_does_not_want_it_after_all_keeps_her_order(asked: Said, words: str) -> None:
    read = ask(Return(), "不喜欢", "inform", asked)
    for before in (asked, read):
        assert ask(Clarify(), words, "nlu_fallback", before).follows == "action_return"
        said = ask(Return(), words, "deny", before)
        assert said.responses == ["utter_order_unchanged"]
        assert said.slots["draft"] is None
        assert not said.effects


def test_a_registered_return_is_called_off_at_the_desk(asked: Said, orders: Orders) -> None:
    done = ask(Return(), "/inform", "inform", asked, reason="changed_mind")
    for words in ("羽绒服我没说要退啊 撤了", "撤销退货", "羽绒服退货申请取消掉 我留着", "羽绒服不退了"):
        assert ask(Clarify(), words, "nlu_fallback", done).follows == "action_return"
        said = ask(Return(), words, "ask_return", done)
        assert said.responses == ["utter_order_unchanged"]
        assert JACKET in said.effect("promise")["text"]
        assert said.slots["settled"] is None


def test_another_order_named_is_not_taken_for_this_return(asked: Said) -> None:
    said = ask(Clarify(), "四件套退多少", "nlu_fallback", asked)
    assert said.follows != "action_return"


@pytest.mark.parametrize(
    ("intent", "word", "ends_with"),
    [
        ("affirm", "", "utter_return_granted"),
        ("affirm", "对", "utter_return_granted"),
        ("ask_refund", "退吧", "utter_return_granted"),
        ("deny", "", "utter_order_unchanged"),
        ("deny", "不用了", "utter_order_unchanged"),
        ("chitchat", "先别给我退啊 我问问而已", "utter_order_unchanged"),
        ("ask_refund", "能退多少", "utter_back_to_it"),
        ("ask_return", "怎么退", None),
    ],
)
def test_in_a_whole_conversation_her_word_decides(intent: str, word: str, ends_with: str | None) -> None:
    chat = Conversation({"customer_id": "c-zhou"})
    chat.send("ask_return", "羽绒服我要退货", {"order_id": JACKET})
    for reading, words in (("ask_refund", "能退多少"), ("inform", "不喜欢这颜色")):
        said = [each.get("response") for each in chat.send(reading, words)]
        assert said == ["utter_back_to_it"]
    said = [each["response"] for each in chat.send(intent, word) if each.get("response")]
    assert said[0] == ends_with if ends_with else not NO_WORD & set(said)
