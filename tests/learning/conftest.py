"""A small shop with three scripts, really published, and a log in which customers ask for something else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.evaluation.readings import Ranking
from bot.faq.publish import publish
from bot.faq.training import Plan
from bot.settings import Settings

EXAMPLES = {
    "ask_courier": "发什么快递 走顺丰还是中通 可以指定快递公司吗 用哪家物流 能发圆通不 快递公司能换吗",
    "ask_refund": "退款多久到账 钱什么时候退我 退款还没收到 退的钱去哪了 退款怎么还不到 我的退款呢",
    "ask_invoice": "能开发票吗 发票怎么开 要报销用的票 电子发票发我 发票抬头写公司 开票要多久",
    "ask_promotion": "旧的能抵钱吗 旧机换新机便宜多少 拿旧锅换新的 以旧换新怎么弄 旧的寄回来给补贴吗 换新有补贴不",
    "thank": "谢谢 多谢啦 谢谢老板 好的谢谢 谢谢你 感谢",
}
SCRIPTS = {
    "courier.which|ask_courier": "发什么快递",
    "refund.when|ask_refund": "退款多久到账",
    "invoice.get|ask_invoice": "能开发票吗",
}
TRADE_IN = [
    "能以旧换新吗",
    "可以以旧换新吗",
    "你家能以旧换新不",
    "现在还能以旧换新吗",
    "支持以旧换新吗",
    "以旧换新可以吗",
]
TRADE_IN_ANSWER = "支持以旧换新的，旧锅寄回来抵三十元，下单时选换新就行"
GREETING = "您好，很高兴为您服务，请问有什么可以帮您"
PERSONAL = ("13800138000", "110101199003070011", "文靖路18号", "2023110912345678901", "小龙女77889900")


def shop_log() -> str:
    """千牛-like: six customers ask for a trade-in, three for the courier, one tells everything about herself."""
    lines: list[str] = []

    def chat(name: str, *said: str) -> None:
        for number, text in enumerate(said):
            speaker = name if number % 2 == 0 else "云朵小铺:小美"
            lines.append(f"2024-03-01 10:{len(lines) % 60:02}:00 {speaker}: {text}")

    for at, question in enumerate(TRADE_IN):
        chat(f"买手{at}", "在吗", GREETING, question, TRADE_IN_ANSWER)
    for at in range(3):
        chat(f"路人{at}", "发什么快递", GREETING)
    phone, identity, address, order, name = PERSONAL
    chat(name, f"订单{order}改地址 江苏省南京市江宁区{address}3栋502", GREETING)
    chat(name, f"我电话{phone} 身份证{identity}", f"好的{name}，记下{phone}了")
    return "\n".join(lines) + "\n"


def read_by_keyword(texts: Sequence[str]) -> list[Ranking]:
    """An intent model whose readings can be worked out by hand; unsure of trade-ins."""

    def read(text: str) -> Ranking:
        if "谢" in text or "在吗" in text:
            return (("thank", 0.9), ("ask_courier", 0.02))
        if "旧" in text:
            return (("ask_promotion", 0.5), ("bargain", 0.4))
        return (("ask_courier", 0.95), ("ask_refund", 0.02))

    return [read(text) for text in texts]


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("shop")
    folders = {name: root / name for name in ("faq_dir", "nlu_dir", "models_dir")}
    for folder in folders.values():
        folder.mkdir()
    for key, question in SCRIPTS.items():
        identity, intent = key.split("|")
        topic = identity.split(".")[0]
        variants = [*EXAMPLES[intent].split()[1:], question + "呀", question + "请问", question + "急"]
        (folders["faq_dir"] / f"{topic}.yml").write_text(
            f"topic: {topic}\nentries:\n  - id: {identity}\n    intent: {intent}\n    question: {question}\n"
            f"    variants: [{', '.join(variants)}]\n    scripts:\n      - id: a\n        text: 请看说明。\n",
            encoding="utf-8",
        )
    for intent, texts in EXAMPLES.items():
        lines = "".join(f"    - {text}\n" for text in texts.split())
        path = folders["nlu_dir"] / f"{intent}.yml"
        path.write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{lines}", encoding="utf-8")
    found = Settings(_env_file=None, encoder="", data_dir=root / "var", **folders)
    publish(found, plan=Plan(dimension=32, messages=16, steps=60, noisy_copies=0, rare=1, learning_rate=2e-2))
    return found


@pytest.fixture
def settings(shop: Settings, tmp_path: Path) -> Settings:
    """The same shop with a runtime folder of this test's own."""
    return shop.model_copy(update={"data_dir": tmp_path / "var"})


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    path = tmp_path / "chats.txt"
    path.write_text(shop_log(), encoding="gb18030")
    return path
