"""Whom an invoice is made out to, read from the customer's words.

A company's is made out with its tax number (统一社会信用代码, 18 characters; old ones 15 or 20); a person's with none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

INVOICEABLE = frozenset(
    {OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED, OrderState.DELIVERED, OrderState.COMPLETED}
)
"""Money has been paid and not asked back."""


@dataclass(frozen=True)
class Title:
    """`name` is the 抬头; a person's title needs no tax number."""

    name: str = ""
    tax_number: str = ""
    is_person: bool = False
    email: str = ""
    is_company: bool = False
    """She said that it is a company's, not yet whose."""

    @property
    def is_complete(self) -> bool:
        return bool(self.name) and (self.is_person or bool(self.tax_number))

    def joined(self, later: Title) -> Title:
        """With what a later message adds or replaces; a company's name makes a person's title a company's."""
        return replace(
            self,
            name=later.name or self.name,
            tax_number=later.tax_number or self.tax_number,
            is_person=later.is_person or (self.is_person and not later.names_company),
            email=later.email or self.email,
            is_company=later.is_company or (self.is_company and not later.is_person),
        )

    @property
    def names_company(self) -> bool:
        return self.is_company or bool(self.tax_number) or (bool(self.name) and not self.is_person)


_TAX = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{20}|[0-9A-Z]{18}|[0-9]{15})(?![0-9A-Z])")
_BODIES = (
    ("公司", "集团", "工作室", "事务所", "中心", "学校", "小学", "中学", "大学", "幼儿园", "医院", "工会", "协会")
    + ("委员会", "商行", "经营部", "门市部", "合作社", "银行", "研究院", "厂", "店")
)  # fmt: skip
_BODY = f"(?:{'|'.join(_BODIES)})"
_COMPANY = re.compile(rf"[\u4e00-\u9fff（）()A-Za-z0-9·]{{2,40}}{_BODY}")
_LEAD = re.compile(
    r"^.*?(?:公司(?:的?(?:名称?字?|全称))|抬头|名称|名字|全称|开票给|开给|开成|单位)(?:的?(?:名称|名字|全称|抬头|名))?(?:就?(?:叫做?|是|写|填|为|改成|换成)|[:：])*"
)
_CORRECTS = re.compile(
    r"^(?:不对|错了|搞错了|写错了|应该是?|应当是?|是|也|改成|改为|换成|换为|写成|要写|要开|开成|开给|(?:帮我|给我)开(?:一?个|一张)?|我们是|我们公司是|公司是|单位是)+"
)
"""抬头错了 应该是青禾小学: what leads up to the name."""
_BEFORE_NAME = re.compile(rf"^.*发票(?:开|要|用|写|给|是)*(?=[\u4e00-\u9fff（）()A-Za-z0-9·]{{2,40}}{_BODY})")
"""开个公司发票云溪棉业有限公司: all before the name."""
_WISH = re.compile(
    r"(?:^|开|要|是|有)(?:一?[个张份下]|的|给)*(?:我们?|咱们?|你们?|他们?)?(?:的|个|家)?(?:公司|单位|学校|企业)$|^(?:公司|单位)$"
)
"""开个公司(发票), 麻烦开公司: what kind is wanted, and nobody's name."""
_LABELLED = re.compile(r"(?:抬头|姓名)(?:是|写|填|为|[:：])*\s*([\u4e00-\u9fff·]{2,4})(?=$|[，,。\s])")
_PERSON = re.compile(r"个人|私人|我自己")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_OF_COMPANY = re.compile(r"(?:我?[要开是]|帮我|发票|抬头|的)*(?:公司|单位|企业|对公)(?:的|抬头|发票|吧|啊)*")
_CODE = re.compile(r"(?<![0-9A-Z])(?=[0-9]*[A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
"""A 统一社会信用代码 with a letter in it; digits alone may be a parcel's number."""
_SPEAKS_OF_IT = re.compile(r"抬头|税号|发票|开票")
_OTHER = frozenset(
    {"个人", "单位", "公司", "错了", "企业", "就行", "就好", "可以", "照旧", "一样", "不变", "照上次"}
)


def read(text: str) -> Title:
    """Title, tax number and e-mail address as far as the message tells them, in any order."""
    text = text.replace("＠", "@")
    mail = _EMAIL.search(text)
    text = _EMAIL.sub(" ", text)
    tax = _TAX.search(text.upper())
    pieces = [
        _CORRECTS.sub("", _BEFORE_NAME.sub("", _LEAD.sub("", piece)))
        for piece in re.split(r"[，,。;；\s]+", text)
    ]
    named_ones = (found[0] for piece in pieces if (found := _COMPANY.search(piece)))
    company = next((name for name in named_ones if not _WISH.search(name)), "")
    named = _LABELLED.search(text)
    person = _person(text) or (named[1] if named and named[1] not in _OTHER else "")
    is_person = not company and not tax and bool(person or _PERSON.search(text))
    is_company = not company and not person and _OF_COMPANY.fullmatch(text.strip(" ，,。!！")) is not None
    return Title(
        company or (person if is_person else ""),
        tax[1] if tax else "",
        is_person,
        mail[0] if mail else "",
        is_company,
    )


def _bare(piece: str) -> str:
    """A piece of the message without what leads up to a name in it."""
    return _CORRECTS.sub("", _BEFORE_NAME.sub("", _LEAD.sub("", piece)))


def _person(text: str) -> str:
    """个人 方宁: the name beside the word."""
    found = re.search(
        r"个人(?:抬头|的|名字|就[行好]|吧|[，,：: ])+([\u4e00-\u9fff·]{2,4})(?=$|[，,。\s])", text
    )
    return found[1] if found and found[1] not in _OTHER else ""


def is_data(text: str) -> bool:
    """Whether this can only be told for an invoice, whatever the message is read as."""
    told = read(text)
    is_spoken_of = _SPEAKS_OF_IT.search(text) is not None
    return _CODE.search(text.upper()) is not None or (
        is_spoken_of and bool(told.tax_number or told.email or (told.name and told.names_company))
    )


_ASKS_WHEN = re.compile(
    r"(?:什么时候|啥时候|几时|几天|何时|哪天|多久|多长时间).{0,6}(?:开|票|好|发|给|收|拿|出)|(?:开|票|好|发|收|拿)[^,，。]{0,4}(?:多久|几天|什么时候|啥时候)"
)


def asks_when(text: str) -> bool:
    """Whether she asks when it will be made out ("什么时候能开好"), which is neither yes nor no to making it out."""
    return _ASKS_WHEN.search(text) is not None


def may_have_one(order: Order) -> bool:
    """Whether an invoice can be made out for this order."""
    return order.state in INVOICEABLE


_PAYS_FIRST = re.compile(
    r"(?:一?会儿?|等会|等下|待会|马上|回头|晚点|先|现在就?)[^，。,]{0,2}(?:去)?付(?!了|过)|付(?:完|了)?(?:款|钱)?(?:以?后|之后|再)|付完(?!了)|(?:还)?没付"
)
_AS_BEFORE = re.compile(
    r"(?:上次|上回|上一次|之前|以前|原来|老)(?:那个|那张|开的|用的|的|那|是)*(?:抬头|发票|税号)|(?:抬头|税号)[^，。]{0,4}(?:照旧|照上次|一样|不变|同上次|跟上次|还是)"
)
_NOTED = re.compile(r"抬头[：:\s]*([^\s，,。；;]{2,40})")


def pays_first(text: str) -> bool:
    """Whether she asks it of something she has yet to pay for ("那我一会付 开个票行不")."""
    return _PAYS_FIRST.search(text) is not None


def as_before(text: str) -> bool:
    """Whether it is to be made out as an earlier one was ("还是上次那个抬头")."""
    return _AS_BEFORE.search(text) is not None


def title_in(note: str) -> str:
    """The title that an order's note tells of an invoice made out before; "" without any."""
    found = _NOTED.search(note)
    return found[1] if found else ""


_SEVERAL_INVOICES = re.compile(
    r"分(?:开|别|两张|成两)(?:给我)?(?:地|来)?(?:开|,|，|$)|(?:各|每[件单样]|一[件单样])[^，。]{0,2}(?:开)?[一1]张|"
    r"开(?:成)?(?:两|2|二|三|3)张|拆(?:成|开)[^，。]{0,3}(?:张|开)"
)


def wants_several_invoices(text: str) -> bool:
    """Whether one order is to be billed on more than one invoice ("大衣和羊绒衫分开开两张")."""
    return _SEVERAL_INVOICES.search(normalise(text)) is not None


_SPECIAL = re.compile("专票|增票|专用发票|增值税(?!普通)|抵扣|进项|抵税")


def wants_special(text: str) -> bool:
    """Whether a VAT special invoice is meant, which the shop's accountants make out ("要专票")."""
    return _SPECIAL.search(normalise(text)) is not None
