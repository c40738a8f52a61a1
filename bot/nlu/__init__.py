"""Rasa graph components over bot.text (Rasa environment only)."""
