"""Bringing one's own shop: a skeleton, the check, a catalogue from a spreadsheet.

Does the I/O; the rules are in bot.shop.
"""
