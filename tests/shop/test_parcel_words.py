"""What words plainly say of a parcel that comes back, is not there or is feared lost."""

from __future__ import annotations

import pytest

from bot.shop.parcels import parcel_words
from bot.shop.parcels.parcel_words import OfReturning


@pytest.mark.parametrize(
    "text",
    [
        "我还要呢 重新给我发",
        "我还要那双靴子 别退款",
        "靴子重新发给我",
        "还是要 再发一双",
        "退款还是重发 我选重发",
        "靴子退回去了 我还想要 再寄一次",
        "别退款了 继续寄吧",
        "还要的",
        "麻烦重新寄一下",
    ],
)
def test_sent_again_is_what_she_wants(text: str) -> None:
    assert parcel_words.of_returning(text) is OfReturning.AGAIN


@pytest.mark.parametrize(
    "text", ["不要了 退钱吧", "那就退款吧", "不用再寄了", "靴子不想要了，退了吧", "把钱退给我"]
)
def test_the_money_is_what_she_wants(text: str) -> None:
    assert parcel_words.of_returning(text) is OfReturning.MONEY


@pytest.mark.parametrize(
    "text",
    [
        "那钱呢",
        "我靴子被你们退回了 那229什么时候退给我",
        "重新寄一双行不行",
        "靴子怎么退回去了",
        "钱怎么办",
        "能退钱吗",
        "可以重新发吗",
    ],
)
def test_a_question_settles_nothing(text: str) -> None:
    assert parcel_words.of_returning(text) is OfReturning.ASKS


@pytest.mark.parametrize(
    "text", ["还要等多久", "我还要几天能收到", "靴子到哪了", "怎么还要查", "好的", "谢谢"]
)
def test_other_words_are_not_about_it(text: str) -> None:
    assert parcel_words.of_returning(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "驿站说没我的件!取件码6-2-075报了也没有",
        "取件码对不上 驿站查无此件",
        "驿站说没有这个件",
        "找过了 都没有",
        "连衣裙没收到 驿站没有",
        "问过门卫了 没有",
        "快递柜里没有",
        "门口没有啊",
    ],
)
def test_who_has_looked_is_not_told_to_look(text: str) -> None:
    assert parcel_words.nobody_has_it(text)


@pytest.mark.parametrize(
    "text", ["驿站没电话吗", "驿站没开门", "我没空去驿站", "取件码多少", "看过了没有问题"]
)
def test_a_station_that_is_closed_misses_nothing(text: str) -> None:
    assert not parcel_words.nobody_has_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "你们不会弄丢了吧 239块呢",
        "丢了赔不赔",
        "快递丢件你们赔吗",
        "丢了咋整 679呢",
        "会不会丢件啊",
        "如果不见了怎么办",
        "弄丢了咋办",
        "包裹丢了",
    ],
)
def test_a_parcel_feared_lost(text: str) -> None:
    assert parcel_words.fears_loss(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "扣子丢了怎么办",
            "吊牌丢了还能退吗",
            "取件码弄丢了",
            "发票丢了能补吗",
            "别给我丢门口",
            "丢到驿站了吗",
        ),
        *("孩子把帽子弄丢了", "我自己弄丢了一只", "小票丢了", "袜子洗丢了一只", "丢人"),
    ],
)
def test_another_thing_lost_is_no_parcel(text: str) -> None:
    assert not parcel_words.fears_loss(text)
