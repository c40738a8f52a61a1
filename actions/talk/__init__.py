"""Small talk, scripts, photos without a word, and the way to a person."""
