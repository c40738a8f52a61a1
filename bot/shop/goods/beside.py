"""Goods named beside what a message is about: a gift asked for, what goes into a box, what is worn under or with it."""

from __future__ import annotations

import re

_BESIDE = re.compile(
    "(?:没?有|再|能|还|给我|多|附|白|免费|会|带)*[送赠](?!到|货|来|达|过|女|男|老|妈|爸|人|礼|朋|长|婆|公|同|去|上|我[妈爸])"
    "|能?装(?:得下|多少|几|下)"
)
_GARMENT = (
    "(?:保暖内衣|羊绒衫|羊毛衫|针织衫|抓绒衣|打底衫|打底裤|牛仔裤|连衣裙|半身裙|羽绒服|羽绒马甲|羽绒背心|毛衣裙|高领毛衣|毛衣|秋衣|秋裤|"
    "卫衣|衬衫|衬衣|开衫|马甲|背心|线衣|绒衣|抓绒|打底|毛裤|短袖|T恤|t恤|裙子|裤子|靴子|大衣|外套|袜子|棉袜|衣服|高领|围巾)"
)
_HOW = "(?:[一两]?[件个条双层]|厚的?|薄的?|加绒的?|厚一?点的?|羊绒|羊毛|高领|粗针|连帽|贴身|普通|我?那件|自己的){0,4}"
_WHERE = "(?:里面|里头|里边|内里|内搭|底下|下面|下身|外面|外边|外头)"
_VERB = "(?:穿|套|加|搭|配|塞|叠|衬|放|是)(?:得下|得进|进|上|着|个)?"
_WEARS = f"(?:要|想|能|可以|会|得|还|再|多|都|我|是|一般|平时|不){{0,4}}{_VERB}"
_LAYER = re.compile(
    f"{_WHERE}(?:{_WEARS})(?:的是)?{_HOW}{_GARMENT}"
    f"|{_WHERE}的{_HOW}{_GARMENT}(?=[^,，。]{{0,3}}(?:厚|薄|粗))"
    f"|(?:(?<![一这那两几整件外配每])套得?[下进上]?|塞得?[下进]|叠穿){_HOW}{_GARMENT}"
    f"|[搭配](?:着|个|上)?{_HOW}{_GARMENT}(?=.{{0,4}}(?:好看|好不好|合适|行吗|行不|可以|搭吗|显|丑|土|怪))"
)
_HERS = re.compile(
    rf"(?:平时|平常|一般|以前|之前|现在|身上|家里|常)(?:穿|买|有)?的?(?:那|这)?[件条双]?的?{_GARMENT}(?=[^,，。]{{0,4}}(?:标|码|是|写|号|[1smlx]))"
)
"""What she wears already, told for its size: 我平时穿的牛仔裤标165/66A."""
_IS_WISHED = re.compile(
    "有没有(?!问题|影响|关系|必要)|推荐(?!.{0,4}[码号])|想买|再买|买[件条双个]|来[件条双个]|再[来加要拿买带][件条双个]|有卖|一起买|一共"
)
"""What she asks the shop for is no mere company."""
_THICK = re.compile("厚|粗|毛衣|羊绒衫|羊毛衫|卫衣|开衫|马甲|背心|两件|抓绒|绒衣|毛裤")


def part_meant(words: str) -> str:
    """`words` without goods that only keep company: 这双有送袜子吗 is about the shoes, 里面穿毛衣 about the coat."""
    found = _BESIDE.search(words)
    said = words[: found.start()] if found else words
    return said if _IS_WISHED.search(said) else _HERS.sub("", _LAYER.sub("", said))


def is_over_thick(words: str) -> bool:
    """Whether something thick is to be worn underneath: it needs room."""
    return any(
        _THICK.search(found[0]) and not re.match("外[面边头]|下[面身]|[搭配]", found[0])
        for found in _LAYER.finditer(words)
        if not re.match(".{0,6}不穿", words[found.start() :])
    )
