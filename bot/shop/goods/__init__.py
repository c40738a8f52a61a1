"""Which goods are meant and what is known of them: catalogue, facts, needs, stock."""
