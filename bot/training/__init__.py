"""Training, evaluation and the round trip of language data."""
