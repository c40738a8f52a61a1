"""`make bench`: our chain beside its baselines, in one run."""
