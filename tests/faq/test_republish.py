"""One changed entry is served like an index that was built anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bot.faq.index import assemble
from bot.faq.republish import with_entries
from bot.faq.scripts import Entry, Script
from bot.faq.search import FixedSearch
from tests.faq.conftest import KeywordEncoder, calibration


def test_changed_and_new_entries_answer_as_if_all_were_built_anew(entries: tuple[Entry, ...]) -> None:
    encoder = KeywordEncoder()
    served = assemble(entries, encoder, calibration(encoder.name))
    longer = replace(entries[1], variants=(*entries[1].variants[1:], "顺丰包邮不"))
    new = Entry("gift.wrap", "ask_product_info", "今天能包成礼物吗", ("礼物",), (Script("a", "可以。"),))
    quick = with_entries(served, [longer, new])
    whole = assemble([entries[0], longer, *entries[2:], new], encoder, calibration(encoder.name))
    assert quick.entries == whole.entries
    assert np.allclose(quick.vectors, whole.vectors) and np.allclose(quick.places, whole.places)
    for question in ("顺丰包邮不", "礼物", "羽绒服怎么洗", "运费谁出"):
        ours, theirs = FixedSearch(quick).search(question), FixedSearch(whole).search(question)
        assert [(hit.id, round(hit.score, 5)) for hit in ours] == [
            (hit.id, round(hit.score, 5)) for hit in theirs
        ]


def test_a_reworded_answer_keeps_every_phrasing(entries: tuple[Entry, ...]) -> None:
    encoder = KeywordEncoder()
    served = assemble(entries, encoder, calibration(encoder.name))
    reworded = replace(entries[0], scripts=(Script("a", "今天发，顺丰。"),))
    quick = with_entries(served, [reworded])
    assert np.array_equal(quick.vectors, served.vectors)
    assert (
        quick.faiss is served.faiss and quick.lexical is served.lexical
    )  # nothing to build: it is live at once
    assert FixedSearch(quick).search("今天发货吗")[0].text == "今天发，顺丰。"


def test_a_phrasing_that_moves_to_the_next_entry_is_answered_by_it(entries: tuple[Entry, ...]) -> None:
    """All phrasings in a row are the same as before; whose they are is not."""
    encoder = KeywordEncoder()
    served = assemble(entries, encoder, calibration(encoder.name))
    first, second = entries[0], entries[1]
    *kept, moved = first.phrasings
    one = replace(first, question=kept[0], variants=tuple(kept[1:]))
    other = replace(second, question=moved, variants=tuple(second.phrasings))
    quick = with_entries(served, [one, other])
    assert FixedSearch(served).search(moved)[0].id == first.id
    assert FixedSearch(quick).search(moved)[0].id == second.id


def test_a_withdrawn_entry_answers_no_more_and_the_others_as_before(entries: tuple[Entry, ...]) -> None:
    encoder = KeywordEncoder()
    served = assemble(entries, encoder, calibration(encoder.name))
    quick = with_entries(served, [], gone={entries[0].id})
    whole = assemble(entries[1:], encoder, calibration(encoder.name))
    assert quick.entries == whole.entries
    assert np.allclose(quick.vectors, whole.vectors) and np.allclose(quick.places, whole.places)
    assert all(hit.id != entries[0].id for hit in FixedSearch(quick).search("今天发货吗"))
