"""A dozen small scripts, encoders that need no training, and a really trained small one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.faq.calibration import Calibration, Curve
from bot.faq.encoder import Encoder, TransformerEncoder, Vectors, unit_rows
from bot.faq.index import FaqIndex, assemble
from bot.faq.scripts import Entry, Script
from bot.faq.training import Plan, TrainedEncoder, train_encoder
from bot.settings import Settings

SMALL = Plan(dimension=48, steps=120, messages=16, noisy_copies=1, learning_rate=2e-2)
"""A training run of a few seconds."""

PHRASINGS = {
    "shipping.today|ask_shipping_time": "今天能发货吗 现在拍今天发不发 几点前付款当天寄出 晚上下单啥时候发",
    "shipping.free|ask_shipping_fee": "包邮吗 运费多少钱 满多少免邮 邮费谁出",
    "courier.which|ask_courier": "发什么快递 走顺丰还是中通 可以指定快递公司吗 用哪家物流",
    "size.chart|ask_size": "尺码表在哪 有没有尺码对照 码数怎么看 各个码多大",
    "wash.down|ask_usage": "羽绒服怎么洗 羽绒服能机洗吗 羽绒服可以干洗不 洗完羽绒结团怎么办",
    "return.how|ask_return": "怎么退货 退货流程是什么 想退了在哪申请 不喜欢可以退吗",
    "refund.when|ask_refund": "退款多久到账 钱什么时候退我 退款还没收到 退的钱去哪了",
    "invoice.get|ask_invoice": "能开发票吗 发票怎么开 要报销用的票 电子发票发我",
    "coupon.where|ask_promotion": "优惠券哪里领 有券吗 新人红包怎么拿 店铺券在哪",
    "human.agent|request_human": "转人工 找真人客服 我要跟人说话 换个活人来",
}


def entry(key: str, phrasings: str, *scripts: Script, categories: tuple[str, ...] = ()) -> Entry:
    identity, intent = key.split("|")
    question, *variants = phrasings.split()
    answer = (Script("a", f"{question}:请看这里的说明。"),)
    return Entry(identity, intent, question, tuple(variants), scripts or answer, categories)


@pytest.fixture(scope="session")
def entries() -> tuple[Entry, ...]:
    return tuple(entry(key, phrasings) for key, phrasings in PHRASINGS.items())


class KeywordEncoder:
    """One dimension a keyword: ranking can be worked out by hand, no model needed."""

    name = "keywords"

    def __init__(
        self, keywords: str = "发货 快递 包邮 运费 尺码 羽绒服 退货 退款 发票 券 人 洗 顺丰 今天"
    ) -> None:
        self._keywords = keywords.split()
        self.dimension = len(self._keywords)

    def encode(self, texts: list[str]) -> Vectors:
        rows = [[float(keyword in text) for keyword in self._keywords] for text in texts]
        return unit_rows(np.array(rows, np.float32).reshape(len(texts), self.dimension))


@pytest.fixture(scope="session")
def keywords() -> Encoder:
    return KeywordEncoder()


def calibration(encoder: str = "keywords", **changes: object) -> Calibration:
    """Score about equal to similarity: 0.88 at 1 with a clear lead, 0.12 at 0."""
    curve = Curve(3, 1, -2)
    facts = {"answer": 0.7, "confirm": 0.3, "anywhere": curve, "within": curve, "source": "a test"}
    return Calibration(encoder, **{"weights": (0.5, 0.3, 0.2), **facts, **changes})


@pytest.fixture(scope="session")
def index(entries: tuple[Entry, ...], keywords: Encoder) -> FaqIndex:
    return assemble(entries, keywords, calibration())


@pytest.fixture(scope="session")
def trained(entries: tuple[Entry, ...]) -> TrainedEncoder:
    """Ours, really trained on the small scripts and a few labelled messages."""
    return train_encoder(entries, MESSAGES, SMALL)


MESSAGES = {
    "ask_refund": ("退款怎么还不到", "我的钱啥时候退回来", "退款到微信了吗"),
    "ask_courier": ("能发圆通不", "我们这只有邮政", "换顺丰要加钱吗"),
    "chitchat": ("今天天气真好", "你吃饭了没", "好无聊啊"),
    "out_of_scope": ("帮我订张火车票", "股票该买哪只", "给我叫个外卖"),
}


@pytest.fixture(scope="session")
def transformer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two tiny layers with random weights, as a shop would have a model in a folder. No download."""
    import torch
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("transformer")
    characters = sorted(set("".join(PHRASINGS.values())))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    pieces = BertWordPieceTokenizer(str(folder / "vocab.txt"))
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), max_position_embeddings=64, **sizes)).save_pretrained(
        folder
    )
    BertTokenizerFast(tokenizer_object=pieces._tokenizer, model_max_length=64).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def transformer(transformer_folder: Path) -> Encoder:
    return TransformerEncoder(str(transformer_folder))


@pytest.fixture()
def settings(tmp_path: Path) -> Settings:
    """Empty folders of this test's own."""
    folders = {name: tmp_path / name for name in ("faq_dir", "nlu_dir", "models_dir", "data_dir")}
    for folder in folders.values():
        folder.mkdir()
    return Settings(_env_file=None, encoder="", **folders)
