"""The bot's words as each customer hears them, and the first words of a chat."""

from datetime import datetime

from bot.desk.conversations import Button, Draft, Handoff, Turn
from bot.desk.lines import greeting
from bot.desk.ownership import Speaker
from bot.desk.voice import has_said_dear, may_have_dear, voiced
from bot.shop.records.offers import Persona

PERSONA = Persona(shop="云朵小铺", bot_name="小二", endings=("～",))
PLAIN = {"manner": {"register": "plain", "plain": 2, "upset_for": 0}}
ANGRY = {"manner": {"register": "plain", "plain": 2, "upset_for": 3}}
EVENING = datetime(2026, 11, 20, 20, 0)


def said(text: str, action: str = "action_track", slots: dict | None = None) -> str:
    reply = Draft(Speaker.BOT, "小二", text, (Button("看看", "/track_order"),), source={"action": action})
    spoken = voiced(Turn((reply,), {}, slots or {}), PERSONA, has_said_dear=False).replies[0]
    assert spoken.buttons == reply.buttons
    return spoken.text


def test_formal_unless_she_speaks_plainly():
    assert said("您的订单在路上。") == "您的订单在路上。"
    assert said("您的订单在路上。", slots=PLAIN) == "你的订单在路上。"
    assert said("您的订单在路上。", slots=ANGRY) == "您的订单在路上。"


def test_only_light_sentences_end_the_shops_way_and_none_to_an_upset_customer():
    assert said("不客气。", "action_thank") == "不客气～"
    assert said("不客气。", "action_thank", ANGRY) == "不客气。"
    assert said("退您 20 元。", "action_accept_remedy") == "退您 20 元。"


def test_who_is_handed_over_is_spoken_to_plainly():
    reply = Draft(Speaker.BOT, "小二", "请稍等。", source={"action": "action_deny"})
    turn = Turn((reply,), {}, {}, Handoff("out_of_scope", 30))
    assert voiced(turn, PERSONA, has_said_dear=False).replies[0].text == "请稍等。"


def test_亲_only_when_nobody_has_said_it_yet():
    turn = Turn((Draft(Speaker.BOT, "小二", "亲，有货的。"),), {}, {})
    assert may_have_dear(turn)
    assert voiced(turn, PERSONA, has_said_dear=False).replies[0].text == "亲，有货的。"
    assert voiced(turn, PERSONA, has_said_dear=True).replies[0].text == "有货的。"
    assert not has_said_dear(())


def test_a_known_customer_is_greeted_by_name_and_hour_in_the_shops_own_words():
    own = Persona(shop="云朵小铺", bot_name="小二", greeting="我是{shop}的{bot_name}。")
    assert greeting("云朵小铺", own, EVENING, "周女士").text == "晚上好，周女士。我是云朵小铺的小二。"
    assert greeting("云朵小铺", own, EVENING).text == "晚上好。我是云朵小铺的小二。"
    usual = greeting("云朵小铺", PERSONA, EVENING)
    assert usual.text.startswith("晚上好，我是云朵小铺的智能客服小二") and 2 <= len(usual.buttons) <= 4
