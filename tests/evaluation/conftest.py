"""A small shop with a few intents and scripts, really trained, and sentences to judge it by."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.run import Places
from bot.faq.publish import publish
from bot.faq.training import Plan
from bot.settings import Settings

EXAMPLES = {
    "ask_courier": "发什么快递 走顺丰还是中通 可以指定快递公司吗 用哪家物流 能发圆通不 快递公司能换吗",
    "ask_refund": "退款多久到账 钱什么时候退我 退款还没收到 退的钱去哪了 退款怎么还不到 我的退款呢",
    "ask_invoice": "能开发票吗 发票怎么开 要报销用的票 电子发票发我 发票抬头写公司 开票要多久",
    "out_of_scope": "帮我订张火车票 股票该买哪只 给我叫个外卖 你会写代码吗 今天会下雨吗 讲个故事",
}
HELD_OUT = {
    "ask_courier": "快递用的哪家 你家走什么物流",
    "ask_refund": "退款啥时候能到 退给我的钱没收到",
    "ask_invoice": "给我开张发票 有没有电子票",
    "out_of_scope": "帮我叫辆车",
}
SCRIPTS = {
    "courier.which|ask_courier": "发什么快递",
    "refund.when|ask_refund": "退款多久到账",
    "invoice.get|ask_invoice": "能开发票吗",
}
ENTITIES = """\
- text: "身高165 体重50公斤"
  entities:
  - {entity: height_cm, value: 165, raw: "165"}
  - {entity: weight_kg, value: 50, raw: "50公斤"}
- text: "给我便宜到九十九元"
  entities:
  - {entity: price, value: 99, raw: "九十九元"}
- text: "在吗"
  entities: []
"""

QUESTIONS = """\
- id: courier.which
  questions:
  - 你们发哪家快递
- id: refund.when
  questions:
  - {text: 退款幾時到, slice: traditional}
"""


def write_nlu(folder: Path, intents: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for intent, texts in intents.items():
        lines = "".join(f"    - {text}\n" for text in texts.split())
        text = f"nlu:\n- intent: {intent}\n  examples: |\n{lines}"
        (folder / f"{intent}.yml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """With a published index."""
    root = tmp_path_factory.mktemp("shop")
    faq = root / "faq"
    faq.mkdir()
    for key, question in SCRIPTS.items():
        identity, intent = key.split("|")
        topic, _ = identity.split(".")
        variants = [*EXAMPLES[intent].split()[1:], question + "呀", question + "请问", question + "急"]
        (faq / f"{topic}.yml").write_text(
            f"topic: {topic}\nentries:\n  - id: {identity}\n    intent: {intent}\n    question: {question}\n"
            f"    variants: [{', '.join(variants)}]\n    scripts:\n      - id: a\n        text: 请看说明。\n",
            encoding="utf-8",
        )
    write_nlu(root / "nlu", EXAMPLES)
    folders = {
        "faq_dir": faq,
        "nlu_dir": root / "nlu",
        "models_dir": root / "models",
        "data_dir": root / "var",
    }
    found = Settings(_env_file=None, encoder="", **folders)
    publish(found, plan=Plan(dimension=32, messages=16, steps=40, noisy_copies=0))
    return found


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    root = tmp_path_factory.mktemp("judged")
    write_nlu(root / "nlu", HELD_OUT)
    (root / "out-of-scope.yml").write_text("near:\n- 你们还招人吗\nfar:\n- 天上有几颗星\n", encoding="utf-8")
    (root / "entities.yml").write_text(ENTITIES, encoding="utf-8")
    (root / "faq").mkdir()
    (root / "faq" / "all.yml").write_text(QUESTIONS, encoding="utf-8")
    return Places(held_out=root)
