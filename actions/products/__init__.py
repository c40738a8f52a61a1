"""The goods: facts of the page, stock, comparison, what serves a need."""
