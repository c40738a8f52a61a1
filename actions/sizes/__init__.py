"""Which size fits, for whom, and why."""
