"""FAQ scripts: schema, sentence encoder, index, search, tuning and evaluation."""
