"""Accidents in plain words: found whoever tells them, not mixed up with daily talk, and stayed with afterwards."""

from __future__ import annotations

import pytest

from bot.shop.talk.accident import Further, Harm, Hurt, further, harm_in, who_is_hurt
from bot.shop.talk.safety_words import topic_of

REPORTED = """
娃把亮片塞鼻子里了|吃了里面那包干燥剂|宝宝卡喉咙了|没看住 宝宝把珠子吞了|扣子咽下去了
碗边有豁口 把嘴割了|把嘴划了个口子|玻璃渣扎脚了|孩子被椅子夹了手|指甲都掀了|夹到手指了
椅子坐着头晕想吐|坐久了头晕|熏得头疼|熏得嗓子疼|闻着恶心|味道太大 老人胸闷|一股味 孩子直咳嗽|用了两天就头疼
在家穿这拖鞋滑倒了|不小心滑倒了|没站稳摔了一跤|老人从椅子上摔下来了|崴脚了|磕到头了|头上起包了|椅子塌了孩子摔了
插头打火花|插上就冒火星|烧焦了|短路跳闸了|电了我一下
穿了身上痒|穿完起了一身疙瘩|皮肤烂了|穿了脖子上红了一片|孩子手指被勒紫了|线头缠住宝宝手指都紫了|衣服里有根针
"""
DAILY = """
孩子会吞扣子吗|扣子会不会被宝宝吞|优惠券吞了|订单被吞了|吞了我的评论
会不会夹手|边缘割手|夹脚|拉链夹到布了|划了个口子|碗磕了个口|盒子里有针线包吗|里面有针织的吗|针织衫有针眼
味道大不大 会头晕吗|这价格看得我头疼|选码选得头晕|孩子咳嗽能盖羽绒被吗|我住院了收不了货|味道刺鼻 受不了
怕老人滑倒|防滑倒吗|容易滑倒吗|我妈上个月摔了一跤 想要防滑的|箱子被快递摔了|走哪家快递 别给我摔了|衣服摔地上弄脏了
穿着紧得喘不上气|勒得喘不过气|毛衣起疙瘩|颜色红了点|椅子有个线头破了|我怕崴脚
"""


def listed(table: str) -> list[str]:
    return [each for line in table.strip().splitlines() for each in line.split("|")]


@pytest.mark.parametrize("told", listed(REPORTED))
def test_an_accident_in_plain_words_is_grave(told: str) -> None:
    assert topic_of(told) is not None


@pytest.mark.parametrize("told", listed(DAILY))
def test_fears_questions_and_damage_to_things_are_daily_matters(told: str) -> None:
    assert topic_of(told) is None


@pytest.mark.parametrize(
    ("told", "harm", "who"),
    [
        ("宝宝把扣子吃进去了", Harm.SWALLOWED, Hurt.CHILD),
        ("吃了里面那包干燥剂", Harm.SWALLOWED, Hurt.SELF),
        ("台灯冒烟了", Harm.FIRE, Hurt.SELF),
        ("孩子穿了起疹子", Harm.SKIN, Hurt.CHILD),
        ("我妈戴了过敏", Harm.SKIN, Hurt.ELDER),
        ("椅子坐着头晕想吐", Harm.FUMES, Hurt.SELF),
        ("碗割破手流血了", Harm.HURT, Hurt.SELF),
        ("老人滑倒骨折了", Harm.HURT, Hurt.ELDER),
    ],
)
def test_what_is_done_first_and_who_is_asked_after(told: str, harm: Harm, who: Hurt) -> None:
    assert (harm_in(told), who_is_hurt(told)) == (harm, who)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("还有点肿", Further.ADDED),
        ("起泡了", Further.ADDED),
        ("头上起了个包", Further.ADDED),
        ("在哭", Further.ADDED),
        ("我要差评", Further.ADDED),
        ("怎么办", Further.ADVICE),
        ("要不要去医院", Further.ADVICE),
        ("严重吗", Further.ADVICE),
        ("医药费谁出", Further.MONEY),
        ("住院花了三千", Further.MONEY),
        ("你们赔吗", Further.MONEY),
        ("那椅子能退吗", Further.GOODS),
        ("还能用吗", Further.GOODS),
        ("人呢", Further.WHEN),
        ("多久有人联系我", Further.WHEN),
        ("好的谢谢", Further.CALM),
        ("没事了", Further.CALM),
    ],
)
def test_every_line_after_it_is_about_it(said: str, about: Further) -> None:
    assert further(said) is about
