"""How she speaks and what is behind it: agreement, mood, danger, fraud, nonsense; when a person takes over."""
