"""Which bubbles are one question, and which messages wait for the next bubble."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.bursts import LONGEST_TURN, MOST_WAIT, first_burst, is_complete, merged, quiet_until
from bot.desk.conversations import Message
from bot.desk.ownership import Speaker

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
QUIET = timedelta(seconds=1.2)


def bubble(text: str, after: float = 0, payload: str | None = None, image: str | None = None) -> Message:
    """What the customer sent `after` seconds."""
    at = START + timedelta(seconds=after)
    rest = dict(client_id=None, reply_to=None, is_pending=True, nlu=None, source=None, created_at=at)
    return Message(
        f"m{after}", "c", int(after * 10) + 1, Speaker.CUSTOMER, "", text, (), None, image, payload, **rest
    )


def numbered(bubbles: list[Message]) -> list[Message]:
    """As they stand in a transcript, with nothing said between them."""
    return [replace(each, seq=seq) for seq, each in enumerate(bubbles, 2)]


COMPLETE = [
    "80块卖不卖",
    "这件好不好",
    "有M码吗", "这件多少钱", "什么时候发货",
    "发什么快递", "能不能便宜点", "会掉色吗？", "怎么洗", "几天到呀？", "转人工", "我要退货",
    "我想换个大一码", "帮我查一下快递", "麻烦催一下", "取消订单", "便宜点", "包邮不", "多少斤能穿", "这两款有啥区别",
    "孩子三岁半身高一百零二体重三十一斤", "穿了过敏了", "我打12315", "？？？", "可以推荐一款吗", "退货", "发货呢",
]  # fmt: skip
UNFINISHED = [
    "你好", "在吗", "在吗？", "在么亲", "您好呀", "hello", "hi~", "请问", "打扰一下",
    "老板在吗", "有人吗", "晚上好", "那件红的", "羽绒服",
    "165", "110斤", "M码", "我昨天买的", "就是那个", "我想问一下，", "衣服收到了，但是",
    "好的", "嗯嗯", "谢谢", "黑色的",
    "上次在你们家买的那件白色毛衣我想说然后",
]  # fmt: skip


@pytest.mark.parametrize("text", COMPLETE)
def test_a_question_a_wish_or_a_grave_word_is_answered_at_once(text: str):
    assert is_complete(bubble(text))
    assert quiet_until([bubble(text)], QUIET) == START


@pytest.mark.parametrize("text", UNFINISHED)
def test_a_greeting_or_a_fragment_waits_for_the_next_bubble(text: str):
    assert quiet_until([bubble(text)], QUIET) == START + QUIET


def test_buttons_and_photos_never_wait():
    assert is_complete(bubble("就要 M", payload='/inform{"size":"M"}'))
    assert is_complete(bubble("", image="/api/attachments/1"))


def test_each_bubble_starts_the_quiet_time_anew_but_not_for_ever():
    bubbles = [bubble("在吗"), bubble("那件红的", 1), bubble("羽绒服", 2)]
    assert quiet_until(bubbles, QUIET) == START + timedelta(seconds=3.2)
    assert quiet_until([*bubbles, bubble("长款的", 3.4)], QUIET) == START + MOST_WAIT


BURSTS = [
    ([bubble("在吗"), bubble("这件", 1), bubble("有M码吗", 2)], 3, "这件，有M码吗"),
    ([bubble("在吗"), bubble("这件", 1.6)], 1, "在吗"),
    ([bubble("在吗"), bubble("您好", 1)], 2, "在吗，您好"),
    ([bubble("有货吗？"), bubble("急", 0.5)], 2, "有货吗？急"),
    ([bubble("在吗"), bubble("在吗", 0.5), bubble("有货吗", 1)], 3, "有货吗"),
    ([bubble("在吗"), bubble("选尺码", 0.5, payload="/ask_size"), bubble("急", 0.7)], 1, "在吗"),
    ([bubble("选尺码", payload="/ask_size"), bubble("急", 0.5)], 1, "选尺码"),
    ([bubble("", image="/a"), bubble("这里破了", 0.5)], 1, ""),
    ([bubble("长" * 1500), bubble("长" * 600, 0.5)], 1, "长" * 1500),
]


@pytest.mark.parametrize(("bubbles", "taken", "text"), BURSTS)
def test_bubbles_close_together_are_one_question_in_their_order(bubbles, taken, text):
    burst = first_burst(numbered(bubbles))
    assert len(burst) == taken
    assert merged(burst) == text and len(text) <= LONGEST_TURN


def test_what_was_written_after_an_answer_is_a_question_of_its_own():
    first, second = numbered([bubble("在吗"), bubble("这件", 0.5)])
    assert first_burst([first, replace(second, seq=second.seq + 1)]) == (first,)
