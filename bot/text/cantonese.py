"""Cantonese as customers in Hong Kong and Guangdong write it, told in the standard words the bot was taught."""

from __future__ import annotations

import re

_SPOKEN = re.compile(
    "[唔冇嘅咗喺嚟攞睇佢哋啲咁畀俾咩乜嘢]|點(?:樣|解|算|退|[换換]|寄|洗|查|[买買])|点(?:样|解|算)|幾時|几时|[幾几](?:耐|多[錢钱]|[錢钱])|而家|依家|[聽听]日|邊度|边度"
)
"""What standard Chinese does not write."""
_WORDS: tuple[tuple[str, str], ...] = (
    (r"([\u4e00-\u9fff])唔\1", r"\1不\1"),
    ("唔[該该]", "麻烦"),
    ("唔使", "不用"),
    ("唔[見见]咗", "不见了"),
    ("唔", "不"),
    ("有冇", "有没有"),
    ("冇", "没有"),
    ("[點点]解", "为什么"),
    ("[點点](?:樣|样|算)", "怎么办"),
    ("[點点](?=退|[换換]|寄|洗|查|[买買])", "怎么"),
    ("[幾几][時时]", "什么时候"),
    ("[幾几]耐", "多久"),
    ("[幾几]多[錢钱]|[幾几][錢钱]", "多少钱"),
    ("(?:而|依)家", "现在"),
    ("[聽听]日", "明天"),
    ("[邊边]度", "哪里"),
    ("[邊边][個个]", "谁"),
    ("乜嘢|乜|咩", "什么"),
    ("我哋", "我们"),
    ("你哋", "你们"),
    ("[爛烂]咗", "坏了"),
    ("嘅", "的"),
    ("咗", "了"),
    ("係", "是"),
    ("畀|俾", "给"),
    ("睇", "看"),
    ("嚟", "来"),
    ("攞", "拿"),
    ("喺", "在"),
    ("佢", "它"),
    ("啲", "些"),
    ("咁", "这么"),
)


def in_mandarin(text: str) -> str:
    """The same message in standard words; the text itself where it holds nothing Cantonese."""
    if not _SPOKEN.search(text):
        return text
    for spoken, plain in _WORDS:
        text = re.sub(spoken, plain, text)
    return text
