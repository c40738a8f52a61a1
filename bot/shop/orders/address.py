"""Recipient, phone and address out of a customer's own words, in one message or several, and their correction.

A Chinese address is read by its own markers (省市区, 路号, 栋单元室); no list of places is needed beside provinces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.shop.records.shipping_table import PROVINCES
from bot.text import measures

SHORTEST = 6
"""Characters; less is no address a courier can find."""


@dataclass(frozen=True)
class Receiver:
    """What is known of the new receiver; "" is not told. `region` is a province's short name."""

    recipient: str = ""
    phone: str = ""
    region: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Receiver()

    def joined(self, later: Receiver) -> Receiver:
        """With what a later message adds or replaces."""
        told = {name: value for name, value in vars(later).items() if value}
        return replace(self, **told)


_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_LABEL = re.compile(r"(?:收货|收件|联系)?(?:人|人?姓名|名字)(?:是|改成|换成|改为|换为|叫|[:：])?\s*")
_TO_CHANGE = re.compile(
    r"^(?:也|都|要|得|请|帮我|给我|一起|顺便)*(?:改|换)(?:成|为|到|一下|下|了)?|^(?:也|都)(?:是|要)?"
)
"""收件人也改 王丽: the change is spoken of, it is no name."""
_KIND_OF_PLACE = re.compile(
    r"^(?:改|换|寄|送)?(?:到|去|成)?我?们?(?:公司|单位|家里?|老家|学校|宿舍)(?:地址)?(?:是|在)?"
)
"""公司浙江省杭州市…: whose place it is to her, before the address itself."""
_LEAD = re.compile(
    r"^(?:(?:不对|不是|错了|麻烦|帮我?|请|那就?|就|我要|我想|把|给我)[，, ]*)*"
    r"(?:[\u4e00-\u9fff]{0,8}(?:这|那|两|2|三|几)一?[个笔]?(?:单|订单|包裹)的?)?"
    r"(?:(?:收货|收件|新的?)?(?:地址|电话|手机号?码?|号码))?(?:错了)?[，, ]*(?:应该)?都?"
    r"(?:是|为|[:：]|(?:改|换|寄|送|发)+(?:成|到|为|给|去|一下)?)?[:： ]*"
)
_TAIL = re.compile(r"(?:吧|啊|哈|呢|谢谢|就行|就好|可以吗|行吗|好吗)+$")
_PLACE = re.compile(
    r"[省市区县旗镇乡村路街巷弄栋幢座室号楼层苑]|单元|小区|花园|公寓|大厦|大学|胡同|学校|中学|小学|医院|公司|广场|工业园"
)
_DOOR = re.compile(r"^[\dA-Za-z-]{1,8}$")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马方俞任袁柳"
    "鲍史唐费岑薛雷贺倪汤罗毕郝安常乐于时傅皮齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季"
    "贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓郁洪包左石崔吉龚程邢裴陆荣翁甘武刘景龙叶司黎白"
    "蒲赖乔闻党翟谭姬申冉边温庄柴瞿阎连习艾容向古易廖耿匡文关阚欧聂曾游盖桂"
)
_TITLE = re.compile(r"(?:收|亲收|先生|女士|小姐|阿姨|叔叔|老师|师傅)$")
_KIN = re.compile(
    r"^(?:我的?)?(?:妈妈?|爸爸?|老妈|老爸|老公|老婆|媳妇|婆婆|公公|丈母娘|岳母|岳父|爷爷|奶奶|外婆|外公|姥姥|姥爷|儿子|女儿|闺女)"
    r"|^我的?(?:姐姐?|妹妹?|哥哥?|弟弟?|同事|朋友|闺蜜|室友|对象|家人|自己|邻居)|^(?:本人|家人|别人)$"
)
"""Who it is to the customer; a courier needs the name beside it."""
_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,4}$")
_UNITS = ("单元", "号楼", "栋", "幢", "座", "弄", "室", "层", "楼", "号")
_UNIT = re.compile(rf"([\dA-Za-z一二三四五六七八九十]+)\s*({'|'.join(_UNITS)})")


def read(text: str) -> Receiver:
    """Whatever of recipient, phone and address the message tells."""
    phone = _PHONE.search(text)
    rest = _PHONE.sub(" ", text)
    pieces = [piece for piece in re.split(r"[，,。;；:：\s]+", rest) if piece]
    recipient, address = "", []
    for piece in pieces:
        labelled = _LABEL.match(piece)
        said = _TO_CHANGE.sub("", piece[labelled.end() :]) if labelled and labelled.end() else piece
        name = _name(said, bool(labelled))
        told = _without_kind(_TAIL.sub("", _LEAD.sub("", piece)))
        if name and not recipient:
            recipient = name
        elif _PLACE.search(told) or (address and _DOOR.match(told)):
            address.append(told)
        elif not recipient:
            recipient = _name(told, False)
    joined = "".join(address)
    whole = (
        joined
        if len(joined) >= SHORTEST
        and any(mark.isdigit() or mark in "一二三四五六七八九十村" for mark in joined)
        else ""
    )
    return Receiver(recipient, "".join(phone.groups()) if phone else "", region_in(whole), whole)


def _without_kind(told: str) -> str:
    """The address without 公司 or 家里 before it, where the address itself follows, here or in the next piece."""
    kind = _KIND_OF_PLACE.match(told)
    rest = told[kind.end() :] if kind else told
    return rest if not rest or region_in(rest) else told


def _name(piece: str, is_labelled: bool) -> str:
    """A person's name: labelled, titled, or a surname and one to three characters that name no place."""
    titled = _TITLE.search(piece)
    bare = _KIN.sub("", re.sub(r"(?:亲收|收)$", "", piece))
    if not bare or len(bare) > 6 or any(mark.isdigit() for mark in bare):
        return ""
    if is_labelled and _NAME.match(bare):
        return bare
    if _PLACE.search(bare[1:]) and not titled:
        return ""
    looks_like_one = bool(_NAME.match(bare)) and bare[0] in _SURNAMES
    return bare if looks_like_one and (len(bare) <= 3 or titled) else ""


def region_in(address: str) -> str:
    """The province an address begins with, also by its city (成都 is 四川); "" without any."""
    found = next((measure for measure in measures.extract(address) if measure.kind == "region"), None)
    return str(found.value) if found and found.start <= 1 and found.value in PROVINCES else ""


def corrected(address: str, text: str) -> str:
    """`address` with the parts that "不对 是3单元" names anew; unchanged where it names none."""
    for number, unit in _UNIT.findall(text):
        pattern = re.compile(rf"[\dA-Za-z一二三四五六七八九十]+\s*{unit}(?!楼)")
        hits = list(pattern.finditer(address))
        if hits:
            last = hits[-1]
            address = f"{address[: last.start()]}{number}{unit}{address[last.end() :]}"
    return address


_OF_A_DOOR = re.compile(r"^(?:门牌号?|楼栋|单元号?|房号|具体)?(?:应该)?(?:是|为|:|：)?")


def completed(address: str, told: str) -> str:
    """`address` with what is told of it later: anew where that names a place, else mended or carried on to the door."""
    if not address or re.search(r"[省市区县]", told):
        return told or address
    door = _OF_A_DOOR.sub("", told)
    first = _UNIT.match(door)
    if first and first[0] in address and first[0] != door:  # 12号3栋 carries …12号 on
        return address[: address.index(first[0])] + door
    mended = corrected(address, told)
    return mended if mended != address or door in address else address + door


def is_of_a_door(told: str) -> bool:
    """Whether this names no road or town, only a house, a floor or a door ("楼层写错了 21楼")."""
    return re.search(r"[省市区县镇乡村路街巷弄道]", told) is None


def masked_phone(phone: str) -> str:
    """154****0001; shorter numbers keep their last two digits."""
    if len(phone) == 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(0, len(phone) - 2) + phone[-2:]
