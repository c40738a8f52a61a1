"""What customers and agents get back: ranking, filters, campaigns, bands, and swaps under load."""

from __future__ import annotations

import logging
import shutil
import threading
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bot.faq.encoder import Encoder
from bot.faq.index import FaqIndex, assemble, publish_index, set_current
from bot.faq.scripts import Button, Entry, Script
from bot.faq.search import Choices, Confident, FixedSearch, NoAnswer, Searcher
from bot.faq.training import TrainedEncoder
from bot.settings import Settings
from tests.faq.conftest import calibration, entry

SINGLES_DAY = Script("sale", "活动期间 {cutoff} 前发出。", (), date(2026, 11, 1), date(2026, 11, 12))
STANDING = Script("a", "付款当天发出。", (Button("查订单", "/track_order"),))


@pytest.fixture()
def search(index: FaqIndex) -> FixedSearch:
    return FixedSearch(index)


def with_scripts(keywords: Encoder, *scripts: Script, categories: tuple[str, ...] = ()) -> FixedSearch:
    entries = (
        entry(
            "shipping.today|ask_shipping_time", "今天能发货吗 几点前付款发货", *scripts, categories=categories
        ),
        entry("shipping.free|ask_shipping_fee", "包邮吗 运费多少钱"),
    )
    return FixedSearch(assemble(entries, keywords, calibration()))


def test_a_stored_question_finds_its_script_with_certainty(search: FixedSearch, entries: tuple[Entry, ...]):
    for stored in entries:
        hit = search.search(stored.question)[0]
        assert hit.id == stored.id


def test_scores_are_from_zero_to_one_and_best_first(search: FixedSearch):
    hits = search.search("羽绒服退货运费谁出", top=5)
    scores = [hit.score for hit in hits]
    assert len(hits) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_an_entry_comes_once_however_many_variants_fit(search: FixedSearch):
    ids = [hit.id for hit in search.search("羽绒服", top=10)]
    assert len(ids) == len(set(ids))


def test_a_hit_carries_what_the_customer_is_sent(keywords: Encoder):
    hit = with_scripts(keywords, STANDING).search("今天发货吗")[0]
    assert (hit.script_id, hit.text, hit.buttons) == (
        "a",
        "付款当天发出。",
        (Button("查订单", "/track_order"),),
    )
    assert hit.question == "今天能发货吗"


@pytest.mark.parametrize("text", ["", "  ", "。。。", "？？", "😭"])
def test_a_text_without_words_finds_nothing(search: FixedSearch, text: str):
    assert search.search(text) == ()
    assert search.answer(text) == NoAnswer(())


def test_intents_keep_other_entries_out(search: FixedSearch):
    hits = search.search("退款退货发票", intents=["ask_refund", "ask_invoice"])
    assert {hit.id for hit in hits} == {"refund.when", "invoice.get"}
    assert search.search("退款", intents=["affirm"]) == ()


def test_an_entry_for_other_product_kinds_stays_out(keywords: Encoder):
    shoes_only = with_scripts(keywords, STANDING, categories=("shoes",))
    assert shoes_only.search("今天发货吗", kind="shoes")[0].id == "shipping.today"
    assert shoes_only.search("今天发货吗")[0].id == "shipping.today"
    assert [hit.id for hit in shoes_only.search("今天发货吗", kind="home")] == ["shipping.free"]


@pytest.mark.parametrize(
    ("today", "script"),
    [((2026, 10, 31), "a"), ((2026, 11, 1), "sale"), ((2026, 11, 12), "sale"), ((2026, 11, 13), "a")],
)
def test_a_campaign_script_is_used_on_its_days_only(
    keywords: Encoder, today: tuple[int, int, int], script: str
):
    hits = with_scripts(keywords, STANDING, SINGLES_DAY).search("今天发货吗", today=date(*today))
    assert hits[0].script_id == script


def test_an_entry_whose_campaign_is_over_is_not_found(keywords: Encoder):
    sale = with_scripts(keywords, SINGLES_DAY)
    assert sale.search("今天发货吗", today=date(2026, 11, 11))[0].id == "shipping.today"
    assert [hit.id for hit in sale.search("今天发货吗", today=date(2026, 12, 1))] == ["shipping.free"]


def test_the_bands_decide_what_is_done(index: FaqIndex):
    text = "羽绒服怎么洗"
    score = FixedSearch(index).search(text)[0].score

    def act(answer: float, confirm: float) -> object:
        return FixedSearch(replace(index, calibration=calibration(answer=answer, confirm=confirm))).answer(
            text
        )

    sure, unsure, lost = act(score - 0.01, 0.1), act(score + 0.01, score - 0.01), act(1.0, score + 0.01)
    assert isinstance(sure, Confident) and sure.hit.id == "wash.down"
    assert isinstance(unsure, Choices) and unsure.hits[0].id == "wash.down" and len(unsure.hits) <= 3
    assert isinstance(lost, NoAnswer) and lost.hits[0].id == "wash.down"


def test_a_better_known_intent_may_make_a_hit_surer(index: FaqIndex):
    surer = replace(index.calibration.within, intercept=0.0)
    search = FixedSearch(replace(index, calibration=replace(index.calibration, within=surer)))
    anywhere, within = search.search("退款"), search.search("退款", intents=["ask_refund"])
    assert within[0].id == anywhere[0].id == "refund.when"
    assert within[0].score > anywhere[0].score


@pytest.mark.parametrize("weights", [(0.1, 0.5, 0.4), (0.5, 0.3, 0.2), (0.8, 0.1, 0.1), (1.0, 0.0, 0.0)])
@pytest.mark.parametrize("up_to", [None, "human.agent", "courier.which"])
def test_looking_at_hopeful_entries_only_finds_what_looking_at_all_finds(
    entries: tuple[Entry, ...],
    trained: TrainedEncoder,
    weights: tuple[float, float, float],
    up_to: str | None,
):
    encoder = trained.encoder()
    index = assemble(entries, encoder, calibration(encoder.name, weights=weights))
    allowed = np.array([up_to is None or entry.id <= up_to for entry in entries])
    texts = [text for each in entries for text in each.phrasings]
    for text in [*texts, "羽绒服的运费能退吗", "人"]:
        numbers, similarities = FixedSearch(index).rank(text, allowed, top=3)
        plain = plain_similarities(index, text, allowed)
        np.testing.assert_allclose(similarities, sorted(plain.values(), reverse=True)[:3], atol=1e-5)
        # Of two that are equally near either may come first.
        np.testing.assert_allclose(similarities, [plain[number] for number in numbers], atol=1e-5)


def plain_similarities(index: FaqIndex, text: str, allowed: np.ndarray) -> dict[int, float]:
    """The combined similarity of every allowed entry, as `Calibration.weights` defines it."""
    read = index.spelling.read(text)
    query, words = index.encoder.encode([read])[0], index.lexical.scores(read)
    found = {}
    for number in np.flatnonzero(allowed):
        mine = index.owners == number
        parts = (index.vectors[mine] @ query).max(), index.places[number] @ query, words[mine].max()
        found[int(number)] = float(np.dot(parts, index.calibration.weights))
    return found


def test_a_new_version_is_noticed_without_a_restart(
    settings: Settings, entries: tuple[Entry, ...], trained: TrainedEncoder
):
    searcher = open_with(settings, entries[:-1], trained)
    assert "human.agent" not in [hit.id for hit in searcher.search("转人工", top=20)]
    publish_with(settings, entries, trained)
    assert searcher.search("转人工")[0].id == "human.agent"


def test_a_broken_new_version_leaves_the_old_one_serving(
    settings: Settings, entries: tuple[Entry, ...], trained: TrainedEncoder, caplog: pytest.LogCaptureFixture
):
    searcher = open_with(settings, entries, trained)
    old = searcher.version
    new = publish_with(settings, entries, trained)
    shutil.rmtree(settings.models_dir / "faq" / new)
    with caplog.at_level(logging.ERROR):
        assert searcher.search("转人工")[0].id == "human.agent"
        searcher.search("转人工")
    assert searcher.version == old
    assert [record.levelname for record in caplog.records] == ["ERROR"], "told once, not at every question"


def test_searches_go_on_while_versions_change(
    settings: Settings, entries: tuple[Entry, ...], trained: TrainedEncoder
):
    searcher = open_with(settings, entries, trained)
    versions = [searcher.version, publish_with(settings, entries, trained)]
    stop, failures, served = threading.Event(), [], set()

    def ask() -> None:
        while not stop.is_set():
            try:
                assert searcher.search("退款多久到账")[0].id == "refund.when"
                served.add(searcher.version)
            except Exception as error:  # noqa: BLE001 - any failure of a customer's question counts
                failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(12):
        set_current(settings.models_dir, versions[turn % 2])
        searcher.search("包邮吗")
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert served == set(versions)


def publish_with(settings: Settings, entries: tuple[Entry, ...], trained: TrainedEncoder) -> str:
    encoder = trained.encoder()
    built = assemble(entries, encoder, calibration(encoder.name))
    return publish_index(built, settings.models_dir, settings.models_dir / "encoder")


def open_with(settings: Settings, entries: tuple[Entry, ...], trained: TrainedEncoder) -> Searcher:
    trained.save(settings.models_dir / "encoder")
    publish_with(settings, entries, trained)
    return Searcher.open(settings.models_dir, settings)
