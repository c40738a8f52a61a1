"""After the chat: follow-ups, their words, and when they are sent."""
