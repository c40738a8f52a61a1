"""Which goods a fault can be on: a bowl breaks in a set of tableware, down leaks from a down quilt, a sole is a shoe's.

Source: docs/transcript-review.md, B 12: an order that was named by a part of it is not asked for.
"""

from __future__ import annotations

import re

from bot.shop.records.model import Kind, Product
from bot.text.normalise import bare

_OF_SORT = (
    (re.compile("碗|盘|碟|餐具|勺|瓷"), re.compile("碗|餐盘")),
    (re.compile("杯|瓶|壶|内胆|保温"), re.compile("杯|保温瓶")),
    (re.compile("桌"), re.compile("(?:学习|书|餐|升降)桌(?!椅)")),
    (re.compile("椅|坐垫|靠背"), re.compile("[习桌子]椅|椅背")),
    (re.compile("箱|盒子|盒盖|收纳"), re.compile("收纳箱|收纳盒")),
    (re.compile("床单|被套|枕套"), re.compile("床单")),
    (re.compile("被子|被芯|棉被|羽绒被"), re.compile("被子|[冬绒]被$")),
    (re.compile("枕头|枕芯|枕"), re.compile("枕头|[弹忆颈]枕")),
    (re.compile("[钻漏跑掉飞][绒毛]"), re.compile("[鹅鸭]绒")),
    (re.compile("裤|裆"), re.compile("裤")),
    (re.compile("裙"), re.compile("裙")),
    (re.compile("灯"), re.compile("灯$")),
)
"""(what she says, what the goods' own words must hold)."""
_OF_SHOES = re.compile("开胶|脱胶|鞋[底带垫面跟舌]|靴筒")
_PARTS = "拉链 帽子 扣子 口袋 盖子 椅背 桌面 脚踏 领口 腰带 流苏 密封圈 魔术贴"
SHORTEST = 2
"""Characters of a name's end that name the goods among one's own orders: 儿童羽绒服 is "羽绒服"."""


def has_part(product: Product, words: str) -> bool:
    """Whether what the words name is a part of these goods, or the end of their name."""
    said = bare(words)
    if _OF_SHOES.search(said) and product.kind is Kind.SHOES:
        return True
    if any(_ends_like(bare(name), said) for name in (product.name, *product.nicknames)):
        return True
    own = " ".join((product.name, *product.nicknames, *product.attributes, *product.attributes.values()))
    named = [part for part in _PARTS.split() if part in said]
    return any(part in own for part in named) or any(
        spoken.search(said) and any(held.search(each) for each in own.split(" ")) for spoken, held in _OF_SORT
    )


def called_by(product: Product, words: str) -> str:
    """The longest name or end of a name of these goods that the words hold; "" where they hold none."""
    said = bare(words)
    ends = (
        bare(name)[start:] for name in (product.name, *product.nicknames) for start in range(len(bare(name)))
    )
    return max((end for end in ends if len(end) >= SHORTEST and end in said), key=len, default="")


def _ends_like(name: str, said: str) -> bool:
    return any(name[start:] in said for start in range(1, len(name) - SHORTEST + 1))
