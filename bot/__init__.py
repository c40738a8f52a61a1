"""Xiaoer: customer service for Chinese online shops."""
