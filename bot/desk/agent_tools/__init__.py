"""What an agent is handed: phrases, live values, suggestions, and why she turns one down."""
