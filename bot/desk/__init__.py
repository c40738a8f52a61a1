"""Conversations, who owns them, and everything an agent's desk keeps."""
