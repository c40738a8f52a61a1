"""What every action stands on: one turn as it sees it, where it gets its facts, forms, choices and cards."""
