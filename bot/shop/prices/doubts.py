"""What a buyer doubts or gives, in words that a model takes for haggling: proof, worth, an offer, a present of hers.

Source: docs/transcript-review.md, E 5: who asks for proof or has a present to buy is never given a discount for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.shop.records.model import Product
from bot.shop.records.offers import Promotion, PromotionKind
from bot.text.normalise import bare, normalise

_TO = r"送(?!我|货|到|来|达|过|上门|一|[个双点条件]|运费|的|不送|啥|什么)"
_GIVES = re.compile(
    rf"(?<![们您你家店])(?:想|要|打算|准备|得|拿来|买来|用来|买个|买点)[^,。!?;你您]{{0,4}}"
    rf"(?:{_TO}|送[个点件条双](?!我)[^,。!?;吗呗吧]{{0,3}}礼)"
    r"|(?<!请)给(?!我送)[^,。送]{1,4}送[点个件条双](?!货)"
    r"|过?生日[^,。]{0,2}送(?:啥|什么|点)|送(?:给)?[男女]?(?:人|她|他|朋友|闺蜜|同事|同学|同桌|室友|老师|领导|客户|长辈|[^,。我你您]{0,2}(?:妈|爸|婆婆|公公|奶奶|爷爷|老公|老婆|女友|男友|朋友|孩子|宝宝|姐|妹|哥|弟))"
)
_OURS = re.compile(
    r"[你您]们?(?:家|店)?[^,。]{0,3}送|能不能送|可以送|能送|有[没]?有?[^,。]{0,4}送|送[吗么不没]|送我|再送|送[^,。]{0,6}(?:呗|可以不|可以吗|行不|行吗|好不好|吧)$"
)
_WORTH = re.compile(
    r"凭啥|凭什么|凭嘛|贵在哪|贵哪儿|贵啥|为(?:什么|啥|何)[^,。]{0,6}(?:贵|卖)"
    r"|值不值|值吗|值这个?[价钱]|值[不得]?值|值得买吗|值那么多"
)
_PROOF = re.compile(
    r"证明|证书|检测报告|质检报告|检验报告|有报告|报告[呢吗]|保真|真(?:的是?)?(?:羊绒|羊毛|鹅绒|鸭绒|皮|牛皮|蚕丝|棉|货)(?:做的)?[吗么?]"
    r"|(?:是|都|会|别)[^,。]{0,4}(?:假的?|冒充的?)(?:吧|吗|么|$)|真的(?:是)?(?:100|百分之百|纯)|(?:绒|毛|皮|棉|丝|钢)是真的|(?:怎么|咋|如何)(?:知道|看|辨|分辨|验)[^,。]{0,4}真"
)
_NOT_PROOF = re.compile(
    r"假期|放假|请假|发票|收据|付款|退款|差价|收货|订单|疾病|医|入职|地址|发货|收入|购买证明|维修"
)
_DOUBT = re.compile(
    r"(?:是)?真的(?:假的|吗|么|嘛|啊)?|(?:可)?(?:别|没|不会|不是|不要|没有)(?:在)?(?:骗|忽悠|蒙|坑)(?:我|人|人的?)?(?:的)?(?:吧|吗|哦|啊|呀)?"
    r"|骗人的?吧|忽悠我?呢?吧|说话算数?(?:吗|不|话)?|(?:你)?确定(?:吗|么|不)?"
)
_TRUE = re.compile(r"真|假|骗|吗|么|是不是|有没有|还[有在打算]|作数|算数|不[?]?$|呢$")
_SECOND = re.compile(r"第[二两2三3][件双个条份]|[二两2]件")


def gives_present(text: str) -> bool:
    """ "想送个小礼物50左右", "送闺蜜": she has a present to buy; "送我个小礼物" and "有礼物送吗" ask us for one."""
    said = normalise(text)
    return _GIVES.search(said) is not None and _OURS.search(said) is None


def asks_worth(text: str) -> bool:
    """凭啥卖这么贵, 值吗: a reason is asked for, no lower price."""
    return _WORTH.search(normalise(text)) is not None


def asks_proof(text: str) -> bool:
    """怎么证明是羊绒, 真皮吗, 有检测报告吗."""
    said = normalise(text)
    return _PROOF.search(said) is not None and _NOT_PROOF.search(said) is None


def doubts(text: str) -> bool:
    """ "真的假的", "别骗我": the whole message doubts what was said before it."""
    return _DOUBT.fullmatch(bare(text)) is not None


def offer_asked(running: Iterable[Promotion], text: str) -> Promotion | None:
    """Of the offers that run, the one whose truth is asked: 第二双真的打七折吗, 满300真减30?"""
    said = normalise(text)
    if not _TRUE.search(said):
        return None
    return next((each for each in running if _is_named(each, said)), None)


def _is_named(offer: Promotion, said: str) -> bool:
    if offer.kind is PromotionKind.NTH_PIECE:
        return _SECOND.search(said) is not None and ("折" in said or "半价" in said)
    if offer.kind is PromotionKind.REDUCTION and offer.threshold and not offer.new_customers:
        return f"满{offer.threshold:f}" in said
    if offer.kind is PromotionKind.RATE:
        return offer.title[-3:] in said
    return False


_PROVES = ("报告", "扫吊牌", "证书", "认证", "检测")
_MADE_OF = ("填充", "面料", "材质", "鞋面")


def proof(product: Product) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What it is made of, and what the shop wrote that proves it; either may be empty."""
    told = [(name, f"{name}：{value}") for name, value in product.attributes.items()]
    made = tuple(line for piece in _MADE_OF for name, line in told if piece in name)
    lines: Sequence[str] = (*product.talking_points, *(line for _, line in told))
    proofs = [line for line in lines if any(word in line for word in _PROVES)]
    return made[:1], tuple(proofs[:1] if proofs and len(proofs[0]) > 8 else proofs[:2])
