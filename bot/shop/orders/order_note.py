"""Notes for the warehouse or the courier: which words are to be written down, and which only speak of a note.

"都下单半天了 我备注了发顺丰" tells of a note, "备注能看到吗" asks for it; neither is one
(docs/transcript-review.md, B 7).
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.orders import order_wish
from bot.shop.records.orders import NOTES_JOINED
from bot.text.normalise import normalise

LONGEST = 100
"""Characters; what is longer does not fit on a parcel's label."""


class About(Enum):
    """What a message says of notes where it holds none to write down."""

    ASKED = "asked"
    """Whether or what is noted."""
    SAID = "said"
    """That she has noted something."""
    NOTHING = "nothing"


_WORD = r"(?:备注|留言)"
_SAID = re.compile(
    rf"(?:我|都|已经|不是|明明|之前|当时|下单时?|买的?时候|拍的?时候)[^，,。]{{0,4}}{_WORD}(?:[过了]|的是?)(?!吗|没)"
    rf"|{_WORD}(?:里|上)?[^，,。]{{0,2}}(?:写得?|说得?)(?:很|清清|清楚|明明|了[^吗没])|没(?:看|按)[^，,。]{{0,3}}{_WORD}"
)
_ASKED = re.compile(
    rf"{_WORD}(?:里|上|栏)?(?:的|是|写|都|还)*(?:了|上|过|到)?(?:的?是?什么|啥|吗|没有?[?？]?$|了吗|了没)"
    rf"|(?:看|查|有|写|加|记|填)(?:得|不|没|一下)?(?:到|了|上|见|下)?(?:我的?)?{_WORD}(?:[了过])?(?:吗|没|么|了没)"
    rf"|{_WORD}[^，,。]{{0,3}}(?:看得到|看到|看见|能看|显示|记上|写上|收到)[^，,。]{{0,3}}(?:吗|没|么|不)|{_WORD}(?:写)?在哪"
)
_LEAD = re.compile(
    r"^(?:(?:麻烦|请|帮我?|你?们?|可以|能不能|能|给我|我要|我想|就|再|那)[，, ]*)*"
    r"(?:(?:加|写|留|改)?(?:一?[下个条句])?(?:备注|留言)(?:一?下|[上个]|一句|写)?)?"
    r"(?:改[成为]|换成)?[:：，, ]*(?:说|写(?![个张份封一上]))?"
)
_OF_ORDER = re.compile(r"^(?:我的?)?[\u4e00-\u9fff]{1,8}[那这]一?单的?[，, ]*(?=..)")
"""大衣那单: which order it is for, and nothing to be written down."""
_MENDS = re.compile(r"改成|换成|改为|不对|说错|写错|重新写|只写|就写|不是")
_INSIDE = re.compile(
    rf"^.*?{_WORD}(?:里面?|上|中|栏)?[，,：: ]*(?:再|帮我|给我|请)*"
    r"(?:加|写|填|改|注明|标)?(?:成|为)?(?:上|一?[下个条句])*[，,：: ]*(?:说|写|是)?[，,：: ]*(?P<note>.+)$"
)
_BEFORE = re.compile(
    rf"^(?P<note>.{{3,}}?)[，, ]*(?:帮我|麻烦|请|这个|给我)*(?:写|加)?(?:到|在|个|进)?{_WORD}(?:一下|上|里)?$"
)
_POLITE = re.compile(r"(?:[吗嘛呀吧啊哈呢]|谢谢|可以[吗不]|行[吗不])+[?？!！。]*$")
_COMPLAINS = re.compile(
    r"怎么还|还不|还没|半天|几天了|多久了|催|投诉|太慢|什么时候|啥时候|凭什么|为什么|为啥|怎么回事|咋"
)


def note_in(text: str) -> str:
    """What is to be read on the parcel: the wish without "帮我备注一下"; "" where nothing else is said."""
    words = _OF_ORDER.sub("", _POLITE.sub("", text.strip()).strip())
    rest = _LEAD.sub("", words)
    inside, before = _INSIDE.match(words), _BEFORE.match(words)
    if rest and before:
        words = _LEAD.sub("", before["note"])
    elif rest and inside:
        words = inside["note"]
    else:
        words = rest
    return _POLITE.sub("", words).strip("，,。 ")[:LONGEST]


def joined(before: str, told: str, text: str) -> str:
    """The note that waits for a yes with what is told after it; `text` is the message, which may mend the first."""
    if not before or told in before or _MENDS.search(normalise(text)):
        return told if told not in before or not before else before
    return NOTES_JOINED.join((before, told))[:LONGEST]


def read(text: str, was_asked: bool = False) -> str | About:
    """The note to write down, or what the message says of notes instead. `was_asked`: it answers "备注什么？"."""
    words = normalise(text)
    if _ASKED.search(words):
        return About.ASKED
    if _SAID.search(words):
        return About.SAID
    speaks_of_notes = re.search(_WORD, words) is not None
    if not speaks_of_notes and (_COMPLAINS.search(words) or order_wish.read(text)):
        return About.NOTHING
    if was_asked and not speaks_of_notes and re.search(r"[?？吗]$", words.strip()):
        return About.NOTHING
    return note_in(text) or About.NOTHING
