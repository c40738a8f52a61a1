"""Another shop altogether: `shop new` and a spreadsheet, orders in a system of its own, and not a word of training."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.desk.people.identity import sign_customer
from bot.onboarding.importing import import_sheet
from bot.onboarding.skeleton import make_shop
from bot.settings import get_settings
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Customer as Member
from bot.shop.records.orders import Order, OrderLine, OrderState, TraceEntry
from bot.training.dialogue_model import current_model
from tests.conftest import unavailable
from tests.conversations.test_dialogues import Customer, check_what_the_customer_sees
from tests.desk.back_office_server import SECRET, BackOffice, start
from tests.live import Stack, running_stack

HERE = Path(__file__).parent
DIALOGUES = yaml.safe_load((HERE / "tea.yml").read_text(encoding="utf-8"))["dialogues"]
PAUSE_SECONDS = 11
"""A little more than the breaker leaves the back office alone."""


@pytest.fixture(scope="module")
def tea_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tea") / "shop"
    make_shop(folder, "老丛茶行")
    import_sheet(HERE / "sheets" / "tea.csv", folder, replace=False, is_wanted=True)
    (folder / "products" / "samples.yml").unlink()
    needs = folder / "needs.yml"
    gift = "needs:\n  - {id: gift, said: [送长辈, 送人], tags: [送礼]}"
    needs.write_text(needs.read_text("utf-8").replace("needs: []", gift), encoding="utf-8")
    load_shop(folder)
    return folder


def parcel() -> Order:
    """On its way from the mountain since yesterday."""
    now = datetime.now().replace(microsecond=0)
    line = OrderLine(product_id="TEA-ML", sku="TEA-ML-50", quantity=1, price="59")
    return Order(
        id="T20261101", customer_id="tea-1", state=OrderState.SHIPPED, lines=(line,), amount="59", region="浙江",
        address="杭州市某路 1 号", placed_at=now - timedelta(days=2), paid_at=now - timedelta(days=2),
        shipped_at=now - timedelta(days=1), courier="中通快递", tracking_no="75900000000001",
        trace=(TraceEntry(time=now - timedelta(days=1), text="快件已从武夷山发出"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def office(tea_shop: Path) -> Iterator[BackOffice]:
    running = BackOffice()
    running.fill(load_shop(tea_shop))
    running.orders = {parcel().id: parcel()}
    running.customers = {"tea-1": Member(id="tea-1", name="老茶客", level="regular", region="浙江")}
    server = start(running)
    yield running
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def tea_stack(
    tea_shop: Path, office: BackOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    if not current_model(get_settings()).exists():
        unavailable("the trained model", "run `xiaoer train` (make test does)")
    with running_stack(
        tmp_path_factory.mktemp("stack"),
        shop_dir=tea_shop,
        backoffice_url=office.url,
        backoffice_secret=SECRET,
    ) as running:
        yield running


class TeaCustomer(Customer):
    """Signed as the tea shop's own page would sign her: it has no demo customers."""

    def __init__(self, stack: Stack, dialogue: dict[str, Any]) -> None:
        self.secret = stack.settings.secrets["secret_key"]
        super().__init__(stack, dialogue)

    def _signed(self, customer_id: str | None) -> dict[str, Any] | None:
        if customer_id is None:
            return None
        signature = sign_customer(self.secret, customer_id, "老茶客", "regular")
        return {"id": customer_id, "name": "老茶客", "level": "regular", "signature": signature}


@pytest.mark.live
@pytest.mark.timeout(400)
@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_a_tea_shop_is_served_without_a_word_of_training(
    dialogue: dict[str, Any], tea_stack: Stack, office: BackOffice
) -> None:
    customer = TeaCustomer(tea_stack, dialogue)
    for turn in dialogue["turns"]:
        if "office" in turn:
            office.mood = turn["office"]
            if office.mood == "well":
                time.sleep(PAUSE_SECONDS)  # it was left alone after its failures
        check_what_the_customer_sees(turn, customer.send(turn))
