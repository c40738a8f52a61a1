"""Measuring what the bot understands: pure figures over what was expected and what was found."""
