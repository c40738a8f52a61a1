"""Scores are checked against numbers worked out by hand."""

from bot.training.evaluation import fallen, score


def parse(intent: str, confidence: float = 0.9) -> dict:
    return {"intent": {"name": intent, "confidence": confidence}}


def test_precision_recall_and_f1_of_a_small_set() -> None:
    expected = [("a1", "a"), ("a2", "a"), ("b1", "b"), ("b2", "b")]
    scores = score(expected, [parse("a"), parse("b"), parse("b"), parse("b")])
    assert scores.accuracy == 0.75
    assert (scores.intents["a"].precision, scores.intents["a"].recall) == (1.0, 0.5)
    assert (scores.intents["b"].precision, scores.intents["b"].recall) == (0.6667, 1.0)
    assert scores.macro_f1 == round((2 / 3 + 0.8) / 2, 4)


def test_misread_sentences_are_kept_beside_the_mean() -> None:
    scores = score([("有货吗", "ask_stock")], [parse("ask_price", 0.4)])
    assert scores.misread == (
        {"text": "有货吗", "expected": "ask_stock", "read_as": "ask_price", "confidence": 0.4},
    )


def test_an_unanswered_sentence_counts_as_misread() -> None:
    assert score([("？？", "ask_stock")], [{"intent": None}]).accuracy == 0.0


def test_the_gate_names_the_intents_that_fell_too_far_worst_first() -> None:
    before = {"intents": {"a": {"f1": 0.9}, "b": {"f1": 0.8}, "c": {"f1": 0.7}}}
    after = {"intents": {"a": {"f1": 0.7}, "b": {"f1": 0.78}, "c": {"f1": 0.1}}}
    assert [fall["intent"] for fall in fallen(before, after, 0.05)] == ["c", "a"]


def test_an_intent_that_vanished_fell() -> None:
    assert fallen({"intents": {"a": {"f1": 0.5}}}, {"intents": {}}, 0.05)[0]["intent"] == "a"
