"""The shop as data: what its files and its orders hold, and reading them. All of `bot.shop` builds on it."""
