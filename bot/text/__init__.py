"""Chinese text of shop customers: pure functions that run in both environments."""
